"""Opening and migrating a database, the same way for SQLite and PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from dbos import DBOS
from sqlalchemy import event

_SQLITE_PRAGMAS = (
    "busy_timeout=30000",
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",  # WAL's default of NORMAL may lose the last commits when the power goes
)


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


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # A transaction that writes takes the write lock at once: two that read first could otherwise deadlock.
    connection.isolation_level = "IMMEDIATE"
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


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
