"""How statements travel to the database: those that nobody waits for go together with the next that somebody does.

PostgreSQL's driver sends any number of statements before it reads the first answer; what a statement costs there is
mostly the way to the server and back. SQLite is in the same process: there each statement is run where it stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

# What the driver has to say of statements that went with a refused one is told by the error.
logging.getLogger("psycopg").setLevel(logging.ERROR)

Values = Mapping[str, object]
Row = tuple[Any, ...]
Heard = Callable[[int], None]
"""Hears how many rows a change touched, and may raise."""


@dataclass(frozen=True, slots=True)
class Step:
    """A statement as the driver understands it, with its values: once, or once for each of many."""

    text: str
    values: Values | Sequence[Values] = ()
    answers: bool = False
    """Whether it brings rows."""
    heard: Heard | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: rows as the driver has them, what it says of their columns, and how many it touched."""

    rows: Sequence[Row]
    kinds: tuple[object, ...]
    touched: int


_waiting: WeakKeyDictionary[sa.Connection, list[Step]] = WeakKeyDictionary()


def put_off(connection: sa.Connection, step: Step) -> None:
    """Run the change with the next statement of this transaction; at once where that saves no way.

    Until then nobody hears that it failed: whatever it raises, the next statement or the end raises. What `heard`
    raises comes first, whatever the database has to say of those that went with it.
    """
    if connection.dialect.name == "sqlite":
        go(connection, step)
    else:
        _waiting.setdefault(connection, []).append(step)


def go(connection: sa.Connection, *steps: Step) -> list[Answer]:
    """Run these behind all that waits; returns what they answer. Raises what SQLAlchemy would raise."""
    before = _waiting.pop(connection, [])
    together = [*before, *steps]
    with _complaints(connection, together) as driver:
        answers = _asked(driver, together)
    for step, answer in zip(together, answers, strict=True):
        if step.heard is not None:
            step.heard(answer.touched)
    return answers[len(before) :]


def catch_up(connection: sa.Connection) -> None:
    """Run what waits. Raises what SQLAlchemy would raise."""
    if connection in _waiting:
        go(connection)


def travel_together(engine: sa.Engine) -> None:
    """Have what waits go ahead of SQLAlchemy's own statements on this engine, and of the commit; or be forgotten."""
    event.listen(engine, "before_cursor_execute", lambda connection, *_: catch_up(connection))
    event.listen(engine, "commit", _commit_whole_or_nothing)
    event.listen(engine, "handle_error", _distrust_a_reader)
    event.listen(engine, "rollback", lambda connection: _waiting.pop(connection, None))


def _go_and_commit(connection: sa.Connection) -> None:
    """Have the commit go with what waits, too, unless somebody may still object; SQLAlchemy's own finds it done."""
    waiting = _waiting.get(connection, [])
    if any(step.heard for step in waiting):
        catch_up(connection)
    elif waiting:
        del _waiting[connection]
        with _complaints(connection, waiting) as driver:
            _asked(driver, waiting, commit=True)


def _commit_whole_or_nothing(connection: sa.Connection) -> None:
    try:
        _go_and_commit(connection)
    except BaseException:
        # SQLAlchemy takes the transaction for over and would leave it to whoever gets the connection next.
        if not connection.invalidated:
            connection.connection.rollback()
        raise


def _asked(driver: Any, steps: Sequence[Step], *, commit: bool = False) -> list[Answer]:
    cursors = [driver.cursor() for _ in steps]
    try:
        if (len(steps) == 1 and not commit) or not hasattr(driver, "pipeline"):
            return [_told(_sent(cursor, step), step) for cursor, step in zip(cursors, steps, strict=True)]
        with driver.pipeline():
            for cursor, step in zip(cursors, steps, strict=True):
                _sent(cursor, step)
            if commit:
                driver.commit()
        return [_told(cursor, step) for cursor, step in zip(cursors, steps, strict=True)]
    except Exception:
        # A row that had moved on is why the next could not be put in: whoever hears of it says so in better words.
        for cursor, step in zip(cursors, steps, strict=True):
            if step.heard is not None and cursor.rowcount >= 0:
                step.heard(cursor.rowcount)
        raise
    finally:
        for cursor in cursors:
            cursor.close()


def _sent(cursor: Any, step: Step) -> Any:
    if isinstance(step.values, Mapping):
        cursor.execute(step.text, step.values)
    elif step.values:
        cursor.executemany(step.text, step.values)
    else:
        cursor.execute(step.text)
    return cursor


def _told(cursor: Any, step: Step) -> Answer:
    if not step.answers:
        return Answer(rows=(), kinds=(), touched=cursor.rowcount)
    rows = cursor.fetchall()
    return Answer(rows=rows, kinds=tuple(column[1] for column in cursor.description), touched=cursor.rowcount)


@contextmanager
def _complaints(connection: sa.Connection, steps: Sequence[Step]) -> Iterator[Any]:
    """The driver's connection; what it complains of comes out as SQLAlchemy would word it."""
    dialect = connection.dialect
    driver = connection.connection.driver_connection
    try:
        yield driver
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, driver, None)
        if lost or _only_reads(connection):
            connection.invalidate(error)
        raise DBAPIError.instance(
            "; ".join(step.text for step in steps),
            {},  # never the values: they are people's mail
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=lost,
            dialect=dialect,
        ) from error


def _only_reads(connection: sa.Connection) -> bool:
    return connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT"


def _distrust_a_reader(context: sa.ExceptionContext) -> None:
    """After an error the driver forgets what it has prepared only when a transaction ends, and a reader has none."""
    if context.connection is not None and not context.is_disconnect and _only_reads(context.connection):
        context.is_disconnect, context.invalidate_pool_on_disconnect = True, False
