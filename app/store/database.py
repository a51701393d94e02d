"""Opening and migrating a database, the same way for SQLite and PostgreSQL."""

from __future__ import annotations

import math
import sqlite3
import time
from pathlib import Path

import psycopg
import sqlalchemy as sa
from dbos import DBOS
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from app.store.round_trips import travel_together
from app.store.versions import (
    MIGRATIONS,
    OLDEST_CODE,
    newest_version,
    require_served,
    versions_of,
    write_oldest_code,
)

_SQLITE_PRAGMAS = (
    "busy_timeout=30000",
    "foreign_keys=ON",
    "synchronous=FULL",  # a lower setting may lose the last commits when the power goes
)
_TRIES_FOR_WAL = 200
_SECONDS_BETWEEN_TRIES = 0.05
_TRIES_TO_MIGRATE = 5
_PATIENCE_WITH_A_TABLE = "5s"
_USED_AT = "used at"
_FRESH_SECONDS = 1.0
"""For how long a connection that was just used is taken to be alive without asking it."""


def open_engine(url: str) -> sa.Engine:
    """An engine for `sqlite:///…` or `postgresql://…`; the folder of a SQLite file is made.

    Its errors never tell what values were written: those are people's mail.
    Raises sqlalchemy's ArgumentError for a URL that is none.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "postgresql":
        engine = sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            pool_size=20,
            pool_use_lifo=True,  # the one that was used last is the likeliest to be alive, and has most prepared
            hide_parameters=True,
        )
        travel_together(engine)
        _Freshness().watch(engine)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, pool_size=20, pool_timeout=60, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    return engine


class _Freshness:
    """Knows which connections need not be asked whether they are alive: those that were used a moment ago.

    Once one is lost, every other that was used before is asked: a server that goes away takes all of them along.
    """

    def __init__(self) -> None:
        self._last_lost = -math.inf

    def watch(self, engine: sa.Engine) -> None:
        """Look after the connections of this engine's pool."""
        event.listen(engine, "checkin", self._used)
        event.listen(engine, "invalidate", self._lost)
        event.listen(engine, "checkout", self._require_alive)

    def _used(self, _connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_USED_AT] = time.monotonic()

    def _lost(self, _connection: object, _record: object, _error: object) -> None:
        self._last_lost = time.monotonic()

    def _require_alive(self, connection: psycopg.Connection, record: ConnectionPoolEntry, _proxy: object) -> None:
        used_at = record.info.get(_USED_AT)
        if used_at is None or used_at > max(self._last_lost, time.monotonic() - _FRESH_SECONDS):
            return
        # Below psycopg, which would begin a transaction for it and forget its prepared statements with its end.
        connection.pgconn.exec_(b"")
        if connection.pgconn.status != psycopg.pq.ConnStatus.OK:
            raise DisconnectionError("the connection was lost while nobody used it")


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


def migrate(engine: sa.Engine, *, migrations: Path = MIGRATIONS, oldest_code: str = OLDEST_CODE) -> str:
    """Bring the tables to the newest version that this code knows, and return the version they have then.

    Safe to repeat, to do from many processes at once, and to do while workers run. Tables that are newer stay as they
    are. Raises TablesUnfit where those need newer code, OperationalError where others held the tables for too long.
    """
    newest = newest_version(migrations)
    with engine.connect() as connection:
        found = versions_of(connection)
    if found.are_newer_than(newest):
        require_served(found, code=newest)
    elif found.tables != newest:
        _upgrade_patiently(engine, migrations, newest, oldest_code)
    DBOS.migrate(engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False))
    return max(newest, found.tables or "")


def _upgrade_patiently(engine: sa.Engine, migrations: Path, newest: str, oldest_code: str) -> None:
    tries = 1 if engine.dialect.name == "sqlite" else _TRIES_TO_MIGRATE  # SQLite waits for its turn by itself
    for tries_left in reversed(range(tries)):
        try:
            _upgrade(engine, migrations, newest, oldest_code)
        except OperationalError:
            if not tries_left:
                raise
        else:
            return


def _upgrade(engine: sa.Engine, migrations: Path, newest: str, oldest_code: str) -> None:
    from alembic import command  # noqa: PLC0415 - only a start that finds older tables needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7264011)"))
            # Whoever waits for a table that is in use makes everybody behind them wait, too: rather try again.
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_PATIENCE_WITH_A_TABLE}'"))
        found = versions_of(connection)  # another process may have been first, and may know more than this one
        if found.are_newer_than(newest):
            require_served(found, code=newest)
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        write_oldest_code(connection, oldest_code)
