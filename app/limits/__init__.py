"""How much may leave in a stretch of time, and the switch that stops everything. How it works: docs/limits.md."""
