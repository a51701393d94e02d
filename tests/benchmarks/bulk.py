"""Many drafts at once: those that came in through the gate are copied row by row inside the database.

A copy has a draft, its revisions with content and verdict, its requests, and its sends with their recipients, under
ids of its own and without a client id: everything that submitting, deciding and delivering read. It has no events in
the trail, so `audit verify` would name it; nothing that is measured here reads older events. The mail itself and the
facts for conditions are left out, which only replays and the trail's readers ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.services import Services
from app.store.tables import approvals, drafts, revisions, sends, sent_recipients

_OF_DRAFT = {drafts: drafts.c.id, revisions: revisions.c.draft_id, approvals: approvals.c.draft_id}
_KEYS = {"id", "draft_id", "send_id"}
"""Columns that name a row of the copied draft; each copy's end with its number."""
_EMPTY: Mapping[str, object] = {"client_id": None, "idempotency_key": None, "raw": b"", "facts": None}


def multiply(services: Services, draft_ids: Sequence[str], total: int, *, mark: str = "c") -> None:
    """Copy these drafts, as they stand, until there are so many of them and their copies in all.

    The ids of copies made under one mark end with it and a number; copy one draft once under each.
    """
    each, more = divmod(total - len(draft_ids), len(draft_ids))
    for place, draft_id in enumerate(draft_ids):
        _copy(services.engine, draft_id, each + (place < more), mark)
    _settle(services.engine)


def _copy(engine: sa.Engine, draft_id: str, times: int, mark: str) -> None:
    if not times:
        return
    its_sends = sa.select(sends.c.send_id).where(sends.c.draft_id == draft_id)
    which = {
        **{table: column == draft_id for table, column in _OF_DRAFT.items()},
        sends: sends.c.draft_id == draft_id,
        sent_recipients: sent_recipients.c.send_id.in_(its_sends),
    }
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET LOCAL synchronous_commit = off"))
        for table, condition in which.items():
            connection.execute(_copies(table, condition, times, mark))


def _copies(table: sa.Table, which: sa.ColumnElement[bool], times: int, mark: str) -> sa.Insert:
    first = sa.select(sa.literal(1).label("number")).cte("numbers", recursive=True)
    numbers = first.union_all(sa.select(first.c.number + 1).where(first.c.number < times))
    suffix = sa.literal(f"_{mark}") + sa.cast(numbers.c.number, sa.String)
    names = [column.name for column in table.columns if column.name not in _EMPTY or not column.nullable]
    values = [_value(table.c[name], suffix) for name in names]
    source = sa.select(*values).select_from(table.join(numbers, sa.true())).where(which)
    return sa.insert(table).from_select(names, source)


def _value(column: sa.Column[Any], suffix: sa.ColumnElement[str]) -> sa.ColumnElement[Any]:
    if column.name in _KEYS:
        return sa.type_coerce(column, sa.String) + suffix
    return sa.literal(_EMPTY[column.name], column.type) if column.name in _EMPTY else column


def _settle(engine: sa.Engine) -> None:
    """Both databases are as after a quiet night."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM ANALYZE")
            connection.exec_driver_sql("CHECKPOINT")
