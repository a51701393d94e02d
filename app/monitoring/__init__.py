"""Watching what was sent: signals in, alerts out."""
