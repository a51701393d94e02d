"""Real databases for tests: SQLite files and one PostgreSQL server from pip, emptied between tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from app.audit.chain import GENESIS
from app.store.database import migrate, open_engine
from app.store.tables import audit_head, metadata

KINDS = ("sqlite", "postgres")
NAME = "countersign.db"
"""What the settings call the file in a home."""


@cache
def _migrated() -> bytes:
    """The file of an empty database. Making the tables anew for each test would take longer than most tests do."""
    with TemporaryDirectory(prefix="countersign-") as folder:
        file = Path(folder) / NAME
        engine = open_engine(f"sqlite:///{file}")
        migrate(engine)
        with engine.connect() as connection:
            connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))
        engine.dispose()
        return file.read_bytes()


def lay_tables(home: Path) -> Path:
    """Put a migrated, empty SQLite database into a new home, where the settings look for it. Returns the home."""
    home.mkdir(parents=True, exist_ok=True)
    (home / NAME).write_bytes(_migrated())
    return home


@contextmanager
def sqlite_engine(folder: Path) -> Iterator[sa.Engine]:
    """A migrated SQLite database in the folder."""
    engine = open_engine(f"sqlite:///{lay_tables(folder) / NAME}")
    try:
        yield engine
    finally:
        engine.dispose()


def empty(engine: sa.Engine) -> None:
    """Delete every row of the product and of its wake-ups, and start the chain anew."""
    wake_ups = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
    deletions = [f"DELETE FROM {name}" for name in (*reversed(metadata.sorted_tables), wake_ups)]  # noqa: S608 - ours
    with engine.begin() as connection:
        # PostgreSQL takes them all at once, which spares fifty journeys; SQLite's driver takes one.
        for statement in [";".join(deletions)] if engine.dialect.name == "postgresql" else deletions:
            connection.exec_driver_sql(statement)
        connection.execute(sa.insert(audit_head).values(chain="main", seq=0, hash=GENESIS))
