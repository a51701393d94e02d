"""The patterns of date pieces. Data only."""
