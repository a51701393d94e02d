"""Checks on mail that nobody asked for, or that has been answered already: one file a check."""
