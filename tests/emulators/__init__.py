"""Servers of others, and doubles of our own, that stand in for providers on loopback."""
