"""A copy of a SQLite database while workers write to it, verified before it gets its name; nothing is overwritten.

The copy knows that it is one: whoever works on it one day asks the provider about every draft in it before sending
that draft, because it may have left after the copy was made (`app.store.restored`).
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from app.audit.chain import Head
from app.audit.service import verify_store
from app.core.errors import AuditBroken, InvalidInput
from app.core.lifecycle import State
from app.store.gauges import LIVING
from app.store.restored import mark_restored
from app.store.store import NoWakeUps, Store
from app.store.versions import newest_version, require_served, versions_of

ON_POSTGRES = (
    "is PostgreSQL, which is backed up with its own tools: `pg_dump --format=custom`, or the archiving of its log; "
    "after `pg_restore` run `countersign restore --mark`"
)
_FIELD = "COUNTERSIGN_DATABASE_URL"


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A verified copy."""

    file: Path
    size: int
    """In bytes."""
    tables: str
    """The version of its tables."""
    head: Head
    """The end of its trail."""
    drafts: int
    under_way: int
    """How many drafts in it may yet leave, or may have left since."""


def database_file(url: str) -> Path:
    """The file of a SQLite database. Raises InvalidInput for any other database."""
    parsed: URL = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise InvalidInput(ON_POSTGRES, field=_FIELD)
    if not parsed.database or parsed.database == ":memory:":
        raise InvalidInput("names no file", field=_FIELD)
    return Path(parsed.database)


def back_up(url: str, target: Path) -> Copy:
    """Copy the database at this URL into a new file, and verify the copy.

    Raises InvalidInput where the database is not there or is no SQLite file, or where the target cannot be written or
    is there already; AuditBroken where the copy is not whole or its trail does not verify.
    """
    source = database_file(url)
    if not source.exists():
        raise InvalidInput("is not there: nothing to back up yet", field=str(source))
    if target.exists():
        raise InvalidInput(
            "is there already, and a back-up is never overwritten; name another file", field=str(target)
        )
    with _unnamed(target) as copy:
        _copy(source, copy)
        with _open(copy) as engine, engine.begin() as connection:
            mark_restored(connection)
        verified = verify_copy(copy)
        _to_disk(copy)
        _name(copy, target)
    return Copy(
        file=target,
        size=target.stat().st_size,
        tables=verified.tables,
        head=verified.head,
        drafts=verified.drafts,
        under_way=verified.under_way,
    )


def verify_copy(file: Path) -> Copy:
    """Look a database file over that nobody works on. It is not changed.

    Raises what `require_whole` does, and AuditBroken where its trail does not verify.
    """
    tables = require_whole(file)
    with _open(file) as engine, Store(engine, NoWakeUps()).snapshot() as reader:
        verified = verify_store(reader)
        counts = reader.drafts.counts()
    return Copy(
        file=file,
        size=file.stat().st_size,
        tables=tables,
        head=verified.head,
        drafts=verified.drafts,
        under_way=sum(counts.get(state, 0) for state in (*LIVING, State.EXPIRED)),
    )


def require_whole(file: Path) -> str:
    """The version of a database file's tables, where it is one of ours and every page of it can be read.

    Raises InvalidInput where it is no database of ours, TablesUnfit where it needs newer code, AuditBroken where it
    is damaged.
    """
    try:
        with _open(file) as engine, engine.connect() as connection:
            found = versions_of(connection)
            damage = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise InvalidInput(f"cannot be read as a database: {reason}", field=str(file)) from None
    if damage != "ok":
        raise AuditBroken(f"{file} is damaged: {damage}; take another copy")
    if found.tables is None:
        raise InvalidInput("is no database of Countersign", field=str(file))
    require_served(found, code=newest_version())
    return found.tables


def _copy(source: Path, target: Path) -> None:
    """One snapshot: in WAL mode a reader that goes through at once holds up no writer."""
    with (
        contextlib.closing(sqlite3.connect(source, timeout=30)) as live,
        contextlib.closing(sqlite3.connect(target)) as copy,
    ):
        try:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
        except sqlite3.Error as error:
            raise InvalidInput(f"cannot be copied: {error}", field=str(source)) from None


@contextlib.contextmanager
def _open(file: Path) -> Iterator[sa.Engine]:
    engine = sa.create_engine(f"sqlite:///{file}", hide_parameters=True)
    try:
        yield engine
    finally:
        engine.dispose()


@contextlib.contextmanager
def _unnamed(target: Path) -> Iterator[Path]:
    """A file beside the target that is gone at the end, readable by nobody else."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield partial
    except OSError as error:
        raise InvalidInput(f"cannot be written: {error.strerror or error}", field=str(target)) from None
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def _name(copy: Path, target: Path) -> None:
    """Give the copy its name, unless somebody else has taken it meanwhile."""
    try:
        os.link(copy, target)
    except FileExistsError:
        raise InvalidInput("was made by somebody else meanwhile; name another file", field=str(target)) from None
    _to_disk(target.parent)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
