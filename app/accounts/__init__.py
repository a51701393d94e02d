"""Accounts at providers: who let the gate in, for what, and what becomes of it."""
