"""Locks that a transaction holds to its end, so that what it reads still stands when it commits.

SQLite has one writer: whoever holds its write lock is alone. PostgreSQL has advisory locks, each under its number;
they are taken before any row is written, always in the same order, so that no two transactions wait in a circle.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import sqlalchemy as sa

from app.store.prepared import run

_SWITCH = 7264012
_PLACES = 7264013
_PUBLISHING = 7264014
_AUTONOMY = 7264015
# Changes nothing, and yet is a write: SQLite's driver begins the transaction with the write lock before it.
_TAKE_WRITE_LOCK = "UPDATE stops SET id = id WHERE 1 = 0"
_SHARE = sa.text("SELECT pg_advisory_xact_lock_shared(:room, 0)")
_TAKE = sa.text("SELECT pg_advisory_xact_lock(:room, 0)")
_TAKE_EACH = sa.text("SELECT pg_advisory_xact_lock(:room, key) FROM unnest(CAST(:keys AS integer[])) AS key")


def share_switch(connection: sa.Connection) -> None:
    """No stop is set or lifted while this transaction lasts; any number of transactions may share this."""
    if connection.dialect.name == "sqlite":
        run(connection, _TAKE_WRITE_LOCK)
    else:
        connection.execute(_SHARE, {"room": _SWITCH})


def take_switch(connection: sa.Connection) -> None:
    """Wait for every send that is just being begun; from here to the end of this transaction none can begin."""
    if connection.dialect.name == "sqlite":
        run(connection, _TAKE_WRITE_LOCK)
    else:
        connection.execute(_TAKE, {"room": _SWITCH})


def take_places(connection: sa.Connection, names: Iterable[str]) -> None:
    """Nobody else counts or takes a place under any of these names while this transaction lasts."""
    if connection.dialect.name == "sqlite":
        run(connection, _TAKE_WRITE_LOCK)
    else:
        connection.execute(_TAKE_EACH, {"room": _PLACES, "keys": sorted({_number(name) for name in names})})


def take_publishing(connection: sa.Connection) -> None:
    """Nobody else puts a policy in force while this transaction lasts."""
    if connection.dialect.name == "sqlite":
        run(connection, _TAKE_WRITE_LOCK)
    else:
        connection.execute(_TAKE, {"room": _PUBLISHING})


def take_autonomy(connection: sa.Connection) -> None:
    """Nobody else signs or ends a promotion, or records an incident, while this transaction lasts."""
    if connection.dialect.name == "sqlite":
        run(connection, _TAKE_WRITE_LOCK)
    else:
        connection.execute(_TAKE, {"room": _AUTONOMY})


def _number(name: str) -> int:
    return int.from_bytes(sha256(name.encode()).digest()[:4], signed=True)
