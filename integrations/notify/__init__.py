"""Transports that carry notices to people, one a file, behind the port `Notifier`."""
