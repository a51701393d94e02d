"""Putting a back-up in the place of the database, so that nothing in it is sent a second time.

What was sent after the back-up was made is known to the provider and to nobody here. Every draft in the copy is
marked for that (`app.store.restored`): whatever becomes of it, its provider is asked before it is sent.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app.audit.chain import Event
from app.audit.service import head_text
from app.core.clock import Clock
from app.core.errors import Conflict, InvalidInput
from app.operations.backup import Copy, database_file, require_whole, verify_copy
from app.store.database import migrate, open_engine
from app.store.restored import Restored, mark_restored, read_restored
from app.store.settings import CLOCK_SHIFT
from app.store.store import NoWakeUps, Store

_BESIDE = ("-wal", "-shm")
"""What belongs to a SQLite database while it is open, beside its file: its log and its index."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PutBack:
    """What was restored."""

    copy: Copy
    aside: Path | None
    """Where the database is now that was there before; None where there was none."""


def restore(url: str, source: Path, *, clock: Clock, replace_old: bool) -> PutBack:
    """Make the back-up the database at this URL. No process may be at work on it.

    Raises InvalidInput where the file is no back-up or the URL is no SQLite file, Conflict where a database is there
    and may not be replaced or is in use, TablesUnfit and AuditBroken as `verify_copy` does.
    """
    target = database_file(url)
    if not source.is_file():
        raise InvalidInput("is no file", field=str(source))
    old = [path for path in _files_of(target) if path.exists()]
    if old and not replace_old:
        raise Conflict(
            f"{target} is there already; stop every process and say --replace: the old one is kept beside it"
        )
    _require_unused(target)
    with _prepared(source, target) as prepared:
        require_whole(prepared)
        _bring_up(prepared)
        copy = verify_copy(prepared)
        facts = {"of": head_text(copy.head), "replaced": _head_of(target)}
        with _opened(prepared) as engine:
            _mark(engine, clock, facts)
        aside = _set_aside(target, clock.now()) if old else None
        prepared.rename(target)
    _to_disk(target.parent)
    return PutBack(copy=replace(copy, file=target), aside=aside)


def mark(url: str, *, clock: Clock) -> Restored:
    """Mark a database that was restored by other means, such as `pg_restore`, before any worker is started on it."""
    engine = open_engine(url)
    try:
        migrate(engine)
        _mark(engine, clock, {})
        with engine.connect() as connection:
            return read_restored(connection)
    finally:
        engine.dispose()


def _mark(engine: sa.Engine, clock: Clock, facts: Mapping[str, str | None]) -> None:
    """Note it in the database and in its trail, which goes on from there; `clock` is the machine's."""
    store = Store(engine, NoWakeUps())
    with store.read() as reader:
        shift = timedelta(seconds=float(reader.settings.get(CLOCK_SHIFT) or 0))
    with engine.begin() as connection:
        mark_restored(connection)
    with store.write(now=clock.now() + shift) as tx:
        tx.record(Event(kind="database.restored", actor="gate", facts=facts))


def _bring_up(prepared: Path) -> None:
    """A back-up of an older version gets today's tables, and is one file again."""
    engine = open_engine(f"sqlite:///{prepared}")
    try:
        migrate(engine)
    finally:
        engine.dispose()
    with contextlib.closing(sqlite3.connect(prepared)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _to_disk(prepared)


@contextlib.contextmanager
def _prepared(source: Path, target: Path) -> Iterator[Path]:
    """A copy of the back-up beside the target, on the disk; gone at the end unless it was renamed."""
    prepared = target.with_name(f".{target.name}.restoring")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for path in _files_of(prepared):
            path.unlink(missing_ok=True)  # of a restore that was broken off
        shutil.copyfile(source, prepared)
        prepared.chmod(0o600)
        yield prepared
    except OSError as error:
        raise InvalidInput(f"cannot be restored: {error.strerror or error}", field=str(target)) from None
    finally:
        with contextlib.suppress(OSError):
            for path in _files_of(prepared):
                path.unlink(missing_ok=True)


def _set_aside(target: Path, now: datetime) -> Path:
    """Keep the old database under a name that says when. Its own name stays until the new one takes it over."""
    _require_unused(target)
    aside = target.with_name(f"{target.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    for suffix in _BESIDE:
        path = target.with_name(target.name + suffix)
        if path.exists():
            path.rename(aside.with_name(aside.name + suffix))
    if target.exists():
        os.link(target, aside)
    return aside


def _require_unused(target: Path) -> None:
    """Raise Conflict where a process has the database open. A damaged one cannot tell, and is taken as unused."""
    if not target.exists():
        return
    try:
        with contextlib.closing(sqlite3.connect(target, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # only who is alone may leave WAL mode
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            return
        raise Conflict(f"{target} is in use; stop `serve` and every worker first, then try again") from None
    except sqlite3.DatabaseError:
        return


def _head_of(target: Path) -> str | None:
    """Where the old trail ended, if it can still be read: for those who noted its head down."""
    if not target.exists():
        return None
    with _opened(target) as engine:
        try:
            with Store(engine, NoWakeUps()).read() as reader:
                return head_text(reader.audit.head())
        except SQLAlchemyError:
            return None


@contextlib.contextmanager
def _opened(file: Path) -> Iterator[sa.Engine]:
    engine = sa.create_engine(f"sqlite:///{file}", hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()


def _files_of(database: Path) -> list[Path]:
    return [database, *(database.with_name(database.name + suffix) for suffix in _BESIDE)]


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
