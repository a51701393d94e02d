"""Real databases for tests: SQLite files and one PostgreSQL server from pip, emptied between tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from app.audit.chain import GENESIS
from app.store.database import migrate, open_engine
from app.store.tables import audit_head, metadata

KINDS = ("sqlite", "postgres")


@contextmanager
def sqlite_engine(folder: Path) -> Iterator[sa.Engine]:
    """A migrated SQLite database in the folder."""
    engine = open_engine(f"sqlite:///{folder / 'countersign.db'}")
    migrate(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def empty(engine: sa.Engine) -> None:
    """Delete every row of the product and of its wake-ups, and start the chain anew."""
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.delete(table))
        workflows = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
        connection.execute(sa.text(f"DELETE FROM {workflows}"))  # noqa: S608 - one of two constants
        connection.execute(sa.insert(audit_head).values(chain="main", seq=0, hash=GENESIS))
