"""How the gate is let into accounts at providers, and how it stays in."""
