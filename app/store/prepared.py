"""Statements that every draft needs, worded once for each kind of database and handed straight to the driver.

SQLAlchemy takes longer to carry such a statement to the driver and its answer back than the database takes to
answer. It still words the statement, says how values are converted and what the driver's complaints mean. Listeners
to SQLAlchemy's events do not hear of what is run here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.interfaces import DBAPICursor

Question = sa.Select[Any] | sa.CompoundSelect[Any]
Change = sa.Insert | sa.Update | sa.Delete
Values = Mapping[str, object]

_SQLITE = sqlite.dialect(paramstyle="named")
"""With its values by name, as PostgreSQL's have them anyway."""

_Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Wording:
    """The statement as one kind of database understands it."""

    text: str
    preset: Values
    """The values that stand in it already, as the driver wants them."""
    to_driver: Mapping[str, _Convert]
    """How the others are turned into what the driver wants, by name, where they have to be."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the rows that a question brings are read."""

    names: Sequence[str]
    from_driver: Sequence[tuple[int, _Convert]]


def read(connection: sa.Connection, question: Question, values: Values) -> list[dict[str, Any]]:
    """The rows by the names of their columns, as SQLAlchemy would read them. Raises what SQLAlchemy raises."""
    wording = _worded(question, connection.dialect, frozenset())
    with _cursor(connection, wording) as cursor:
        cursor.execute(wording.text, _filled(wording, values))
        rows = cursor.fetchall()
        if not rows:
            return []
        kinds = tuple(described[1] for described in cursor.description)
    reading = _reading(question, connection.dialect, kinds)
    if not reading.from_driver:
        return [dict(zip(reading.names, row, strict=True)) for row in rows]
    found = []
    for row in rows:
        columns = list(row)
        for place, convert in reading.from_driver:
            columns[place] = convert(columns[place])
        found.append(dict(zip(reading.names, columns, strict=True)))
    return found


def rows_of(connection: sa.Connection, question: Question, values: Values) -> Sequence[tuple[Any, ...]]:
    """The rows as the driver has them; `values`, too, are given as the columns keep them.

    Raises what SQLAlchemy raises.
    """
    wording = _worded(question, connection.dialect, frozenset())
    with _cursor(connection, wording) as cursor:
        cursor.execute(wording.text, {**wording.preset, **values})
        return cursor.fetchall()


def returned(connection: sa.Connection, change: Change, values: Values) -> tuple[Any, ...]:
    """Change one row, and return what the statement gives back of it, as the driver has it.

    Raises what SQLAlchemy raises, NoResultFound where there is no such row.
    """
    wording = _worded(change, connection.dialect, frozenset(values))
    with _changing(connection, wording) as cursor:
        cursor.execute(wording.text, _filled(wording, values))
        rows = cursor.fetchall()
    if not rows:
        raise sa.exc.NoResultFound(f"no row was changed by {wording.text}")
    return tuple(rows[0])


def write(connection: sa.Connection, change: Change, values: Values) -> int:
    """Run the change. Returns how many rows it touched. Raises what SQLAlchemy raises."""
    wording = _worded(change, connection.dialect, frozenset(values))
    with _changing(connection, wording) as cursor:
        cursor.execute(wording.text, _filled(wording, values))
        return cursor.rowcount


def write_each(connection: sa.Connection, change: Change, rows: Iterable[Values]) -> None:
    """Run the change once for each of these, which all have the same names. Raises what SQLAlchemy raises."""
    every = list(rows)
    if not every:
        return
    wording = _worded(change, connection.dialect, frozenset(every[0]))
    filled = [_filled(wording, values) for values in every]
    with _changing(connection, wording) as cursor:
        if len(filled) == 1:  # many at once are a conversation of their own with PostgreSQL
            cursor.execute(wording.text, filled[0])
        else:
            cursor.executemany(wording.text, filled)


def run(connection: sa.Connection, text: str) -> None:
    """Run a statement as it is written. Raises what SQLAlchemy raises."""
    with _changing(connection, _Wording(text=text, preset={}, to_driver={})) as cursor:
        cursor.execute(text)


def _filled(wording: _Wording, values: Values) -> dict[str, object]:
    filled = {**wording.preset, **values}
    for name, convert in wording.to_driver.items():
        if name in values:
            filled[name] = convert(values[name])
    return filled


def _changing(connection: sa.Connection, wording: _Wording) -> AbstractContextManager[DBAPICursor]:
    """The same for a change: SQLAlchemy has to know of the transaction that it is part of."""
    if not connection.in_transaction():
        connection.begin()
    return _cursor(connection, wording)


@contextmanager
def _cursor(connection: sa.Connection, wording: _Wording) -> Iterator[DBAPICursor]:
    """A cursor of the driver's; its complaints come out as SQLAlchemy would word them."""
    dialect = connection.dialect
    driver = connection.connection
    cursor = driver.cursor()
    try:
        yield cursor
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, driver.driver_connection, cursor)
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            wording.text,
            {},  # never the values: they are people's mail
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=True,
            connection_invalidated=lost,
            dialect=dialect,
        ) from error
    finally:
        cursor.close()


@lru_cache(maxsize=512)
def _worded(statement: Question | Change, dialect: sa.Dialect, names: frozenset[str]) -> _Wording:
    wanted = _SQLITE if dialect.name == "sqlite" else dialect
    keys = None if isinstance(statement, sa.Select | sa.CompoundSelect) else sorted(names)
    compiled = statement.compile(dialect=wanted, column_keys=keys)
    if "__[POSTCOMPILE_" in compiled.string:
        raise ValueError("a list of values is not known before the statement is run: let SQLAlchemy run this one")
    processors = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()
    }
    to_driver = {name: convert for name, convert in processors.items() if convert}
    preset = {
        name: to_driver[name](bind.value) if name in to_driver else bind.value
        for name, bind in compiled.binds.items()
        if not bind.required
    }
    return _Wording(text=compiled.string, preset=preset, to_driver=to_driver)


@lru_cache(maxsize=512)
def _reading(question: Question, dialect: sa.Dialect, kinds: tuple[object, ...]) -> _Reading:
    columns = list(question.selected_columns)
    converters = (
        column.type.dialect_impl(dialect).result_processor(dialect, kind)
        for column, kind in zip(columns, kinds, strict=True)
    )
    return _Reading(
        names=[str(column.key) for column in columns],
        from_driver=[(place, convert) for place, convert in enumerate(converters) if convert],
    )
