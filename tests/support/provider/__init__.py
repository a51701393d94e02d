"""A double of a mail provider: a mailbox server as a process of its own, and its client behind the port.

It speaks real HTTP on loopback, keeps its state in SQLite, and goes wrong in every way that it is told to.
"""
