"""Checks on who would receive the mail: one file a check."""
