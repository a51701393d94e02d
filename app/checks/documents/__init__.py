"""Checks of the files that a mail promises, speaks of or carries."""
