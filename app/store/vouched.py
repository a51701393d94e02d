"""Rows that the trail vouches for: whatever is written to them, the event of the same transaction holds their sum.

The repositories note what they write, so no caller can forget it. A row and its sum are compared by `audit verify`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.core.digest import canonical_bytes, sha256_of
from app.store.columns import Json, Moment
from app.store.prepared import rows_together
from app.store.tables import (
    absences,
    action_approvals,
    action_decisions,
    action_remarks,
    approvals,
    decisions,
    incidents,
    outcomes,
    policy_proposals,
    promotions,
    remarks,
    samples,
    stops,
)

_NO_DRAFT = sa.literal(None, sa.String)
_DRAFT_OF: Mapping[sa.Table, sa.ColumnElement[Any]] = {
    approvals: approvals.c.draft_id,
    decisions: approvals.c.draft_id,
    remarks: remarks.c.draft_id,
    outcomes: outcomes.c.draft_id,
    incidents: incidents.c.draft_id,
    samples: samples.c.draft_id,
    action_approvals: action_approvals.c.action_id,
    action_decisions: action_approvals.c.action_id,
    action_remarks: action_remarks.c.action_id,
    stops: _NO_DRAFT,
    absences: _NO_DRAFT,
    promotions: _NO_DRAFT,
    policy_proposals: _NO_DRAFT,
}
_REQUESTS = {decisions: approvals, action_decisions: action_approvals}
_TABLES = {table.name: table for table in _DRAFT_OF}
OF_DRAFTS = tuple(table.name for table, column in _DRAFT_OF.items() if column is not _NO_DRAFT)
"""Names of the tables whose rows belong to a draft."""
OF_THE_HOUSE = tuple(name for name in _TABLES if name not in OF_DRAFTS)
"""Names of the others."""

Sums = dict[str, dict[str, str]]
"""Sums of rows, by table and by the row's key."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SummedRow:
    """A row as it stands, in one sum over all of its columns."""

    table: str
    key: str
    """Its primary key, the parts joined by `/`."""
    draft_id: str | None
    sha256: str


class Written:
    """The rows of such tables that one transaction has written."""

    def __init__(self) -> None:
        self._keys: dict[sa.Table, set[tuple[object, ...]]] = defaultdict(set)

    def note(self, table: sa.Table, *key: object) -> None:
        """The row with this primary key was put in or changed."""
        self._keys[table].add(key)

    def sums(self, connection: sa.Connection) -> Mapping[str | None, Sums]:
        """The sums of those rows as they stand now, by the draft to which they belong."""
        found: dict[str | None, Sums] = {}
        for row in _summed_together(connection, self._keys):
            found.setdefault(row.draft_id, {}).setdefault(row.table, {})[row.key] = row.sha256
        return found


class VouchedRepository:
    """Reads the rows that the trail vouches for, on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_drafts(self, draft_ids: Sequence[str]) -> Iterator[SummedRow]:
        """All that belong to these drafts."""
        for name in OF_DRAFTS:
            table = _TABLES[name]
            yield from _summed(self._connection, table, _DRAFT_OF[table].in_(draft_ids))

    def of_the_house(self) -> Iterator[SummedRow]:
        """All that belong to no draft."""
        for name in OF_THE_HOUSE:
            yield from _summed(self._connection, _TABLES[name], sa.true())

    def every(self) -> Iterator[SummedRow]:
        """All of them, table by table."""
        for table in _TABLES.values():
            yield from _summed(self._connection, table, sa.true())


def _summed(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> Iterator[SummedRow]:
    for row in connection.execute(_QUERIES[table].where(which)):
        yield _summed_row(table, row)


def _summed_together(
    connection: sa.Connection, keys: Mapping[sa.Table, Iterable[tuple[object, ...]]]
) -> Iterator[SummedRow]:
    """The same for rows by their primary keys; every transaction asks this of what it has written."""
    asked = [(table, key) for table, of_table in keys.items() for key in sorted(of_table)]
    questions = ((_BY_KEY[table], {f"key_{place}": part for place, part in enumerate(key)}) for table, key in asked)
    for (table, _), rows in zip(asked, rows_together(connection, *questions), strict=True):
        flags = _FLAGS[table]
        for row in rows:
            as_read = list(row)
            for place in flags:  # SQLite's driver has numbers for them
                as_read[place] = None if row[place] is None else bool(row[place])
            yield _summed_row(table, as_read)


def _summed_row(table: sa.Table, row: Sequence[Any]) -> SummedRow:
    of_draft, *values = row
    columns = dict(zip(table.columns.keys(), values, strict=True))
    return SummedRow(
        table=table.name,
        key="/".join(str(columns[column.name]) for column in table.primary_key.columns),
        draft_id=of_draft,
        sha256=sha256_of(canonical_bytes(columns)),
    )


def _query(table: sa.Table) -> sa.Select[Any]:
    source = table.join(_REQUESTS[table]) if table in _REQUESTS else table
    return sa.select(_DRAFT_OF[table].label("of_draft"), *map(_as_kept, table.columns)).select_from(source)


def _as_kept(column: sa.Column[Any]) -> sa.ColumnElement[Any]:
    """The column as the text it is kept as: what cannot be read any more has a sum all the same."""
    return sa.type_coerce(column, sa.String) if isinstance(column.type, Moment | Json) else column


_QUERIES = {table: _query(table) for table in _DRAFT_OF}
_BY_KEY = {
    table: query.where(
        *(column == sa.bindparam(f"key_{place}") for place, column in enumerate(table.primary_key.columns))
    )
    for table, query in _QUERIES.items()
}
_FLAGS = {
    table: [place for place, column in enumerate(table.columns, 1) if isinstance(column.type, sa.Boolean)]
    for table in _DRAFT_OF
}
"""Where the flags stand in such a row, behind the draft's id."""
