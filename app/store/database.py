"""Opening and migrating a database, the same way for SQLite and PostgreSQL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from dbos import DBOS
from sqlalchemy import event

_SQLITE_PRAGMAS = (
    "busy_timeout=30000",
    "foreign_keys=ON",
    "synchronous=FULL",  # a lower setting may lose the last commits when the power goes
)
_TRIES_FOR_WAL = 200
_SECONDS_BETWEEN_TRIES = 0.05


def open_engine(url: str) -> sa.Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; the folder of a SQLite file is made.

    Raises sqlalchemy's ArgumentError for a URL that is none.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_size=20, pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, pool_size=20, pool_timeout=60)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # A transaction takes the write lock with its first write and waits for it there. What it read before that may
    # have changed, which every compare-and-set notices.
    connection.isolation_level = "IMMEDIATE"
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    _enter_wal(connection)


def _enter_wal(connection: sqlite3.Connection) -> None:
    # A new file is switched to WAL once. SQLite refuses at once, busy timeout or not, while others are at the file.
    for tries_left in reversed(range(_TRIES_FOR_WAL)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            time.sleep(_SECONDS_BETWEEN_TRIES)
        else:
            return


def migrate(engine: sa.Engine) -> None:
    """Bring the product's tables and the wake-up engine's tables to the newest version. Safe to repeat."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7264011)"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    DBOS.migrate(engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False))
