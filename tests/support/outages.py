"""A PostgreSQL server that drops its clients, as when it is started anew."""

from __future__ import annotations

import psycopg

_DROP = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def drop_everybody(url: str) -> None:
    """End every connection to the server of this URL; they are gone when this returns."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_DROP)
