"""Doubles of CRMs of our own, on loopback. They are not the CRMs: each says what it is held to."""
