"""Promises held against the time that is left to keep them."""
