"""Rows that nobody reads in the transaction that writes them: put in together when it ends, one statement for all."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from app.store.prepared import Change, write_each
from app.store.round_trips import Values


class Deferred:
    """What one transaction has still to write. A repository that reads its rows back flushes first."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._waiting: dict[Change, list[Values]] = {}

    def put(self, statement: Change, rows: Iterable[Values]) -> None:
        """Run the statement for each of these rows later; statements keep the order in which they first came."""
        self._waiting.setdefault(statement, []).extend(rows)

    def flush(self) -> None:
        """Write what waits. Raises what the database raises, sqlalchemy's IntegrityError for one."""
        waiting, self._waiting = self._waiting, {}
        for statement, rows in waiting.items():
            write_each(self._connection, statement, rows)
