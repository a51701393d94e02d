"""Questions that every verdict puts to the database, worded once and handed straight to the driver.

SQLAlchemy takes longer to carry such a question to the driver and its answer back than the database takes to answer.
It still words the question, and has the last word when the driver complains.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

Question = sa.Select[Any] | sa.CompoundSelect[Any]

_SQLITE = sqlite.dialect(paramstyle="named")
"""With its values by name, as PostgreSQL's have them anyway."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """The question as one kind of database understands it, and the values that stand in it already."""

    text: str
    preset: Mapping[str, object]


def rows_of(connection: sa.Connection, question: Question, values: Mapping[str, object]) -> Sequence[tuple[Any, ...]]:
    """The rows as the driver has them; `values`, too, are given as the columns keep them. The question only reads.

    Raises what SQLAlchemy raises.
    """
    wording = _worded(question, connection.dialect)
    filled = {**wording.preset, **values}
    cursor = connection.connection.cursor()
    try:
        cursor.execute(wording.text, filled)
        return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error:
        # SQLAlchemy knows what to make of a complaint: a connection that is lost, say, is never used again.
        return [tuple(row) for row in connection.exec_driver_sql(wording.text, filled)]
    finally:
        cursor.close()


@lru_cache(maxsize=256)
def _worded(question: Question, dialect: sa.Dialect) -> _Wording:
    compiled = question.compile(dialect=_SQLITE if dialect.name == "sqlite" else dialect)
    return _Wording(text=compiled.string, preset=compiled.params)
