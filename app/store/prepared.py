"""Statements that every draft needs, worded once for each kind of database and handed straight to the driver.

SQLAlchemy takes longer to carry such a statement to the driver and its answer back than the database takes to
answer. It still words the statement, says how values are converted and what the driver's complaints mean. Listeners
to SQLAlchemy's events do not hear of what is run here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from app.store.round_trips import Answer, Heard, Row, Step, Values, go, put_off

Question = sa.Select[Any] | sa.CompoundSelect[Any]
Change = sa.Insert | sa.Update | sa.Delete

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
    (found,) = read_together(connection, (question, values))
    return found


def read_together(connection: sa.Connection, *questions: tuple[Question, Values]) -> list[list[dict[str, Any]]]:
    """The same for several questions, which are asked before the first answer is waited for."""
    answers = go(connection, *(_asking(connection, question, values) for question, values in questions))
    return [_as_read(connection, question, answer) for (question, _), answer in zip(questions, answers, strict=True)]


def rows_of(connection: sa.Connection, question: Question, values: Values) -> Sequence[Row]:
    """The rows as the driver has them; `values`, too, are given as the columns keep them.

    Raises what SQLAlchemy raises.
    """
    (found,) = rows_together(connection, (question, values))
    return found


def rows_together(connection: sa.Connection, *questions: tuple[Question, Values]) -> list[Sequence[Row]]:
    """The same for several questions, which are asked before the first answer is waited for."""
    steps = []
    for question, values in questions:
        wording = _worded(question, connection.dialect, frozenset())
        steps.append(Step(wording.text, {**wording.preset, **values}, answers=True))
    return [answer.rows for answer in go(connection, *steps)]


def returned(connection: sa.Connection, change: Change, values: Values) -> Row:
    """Change one row, and return what the statement gives back of it, as the driver has it.

    Raises what SQLAlchemy raises, NoResultFound where there is no such row.
    """
    wording = _worded(change, connection.dialect, frozenset(values))
    _begin(connection)
    (answer,) = go(connection, Step(wording.text, _filled(wording, values), answers=True))
    if not answer.rows:
        raise sa.exc.NoResultFound(f"no row was changed by {wording.text}")
    return answer.rows[0]


def write(connection: sa.Connection, change: Change, values: Values, *, heard: Heard | None = None) -> None:
    """Have the change made before anything else is read in this transaction, and before it ends.

    `heard` is told how many rows it touched, and may raise. What it raises, and what SQLAlchemy raises for the
    change, may come as late as from the next statement, or from the end of the transaction.
    """
    wording = _worded(change, connection.dialect, frozenset(values))
    _begin(connection)
    put_off(connection, Step(wording.text, _filled(wording, values), heard=heard))


def write_each(connection: sa.Connection, change: Change, rows: Iterable[Values]) -> None:
    """The same for each of these rows, which all have the same names."""
    every = list(rows)
    if not every:
        return
    wording = _worded(change, connection.dialect, frozenset(every[0]))
    filled = [_filled(wording, values) for values in every]
    _begin(connection)
    # Many at once are a conversation of their own with PostgreSQL.
    put_off(connection, Step(wording.text, filled[0] if len(filled) == 1 else filled))


def run(connection: sa.Connection, text: str) -> None:
    """Run a statement as it is written. Raises what SQLAlchemy raises."""
    _begin(connection)
    go(connection, Step(text))


def _asking(connection: sa.Connection, question: Question, values: Values) -> Step:
    wording = _worded(question, connection.dialect, frozenset())
    return Step(wording.text, _filled(wording, values), answers=True)


def _as_read(connection: sa.Connection, question: Question, answer: Answer) -> list[dict[str, Any]]:
    if not answer.rows:
        return []
    reading = _reading(question, connection.dialect, answer.kinds)
    if not reading.from_driver:
        return [dict(zip(reading.names, row, strict=True)) for row in answer.rows]
    found = []
    for row in answer.rows:
        columns = list(row)
        for place, convert in reading.from_driver:
            columns[place] = convert(columns[place])
        found.append(dict(zip(reading.names, columns, strict=True)))
    return found


def _filled(wording: _Wording, values: Values) -> dict[str, object]:
    filled = {**wording.preset, **values}
    for name, convert in wording.to_driver.items():
        if name in values:
            filled[name] = convert(values[name])
    return filled


def _begin(connection: sa.Connection) -> None:
    """SQLAlchemy has to know of the transaction that a change is part of."""
    if not connection.in_transaction():
        connection.begin()


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
