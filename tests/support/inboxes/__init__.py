"""Doubles of our own for what comes into mailboxes, on top of those that sending has."""
