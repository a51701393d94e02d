"""Questions, answers and comments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from app.core.matters import Matter
from app.core.remarks import Remark, RemarkKind
from app.store.prepared import Question, read_together
from app.store.round_trips import Values
from app.store.tables import action_remarks, remarks
from app.store.vouched import Written


class RemarkRepository:
    """Reads and writes the remarks about drafts, or about other actions, on one connection."""

    def __init__(self, connection: sa.Connection, written: Written, matter: Matter = Matter.DRAFT) -> None:
        self._connection = connection
        self._written = written
        self._table, self._about = _TABLES[matter]

    def add(self, remark: Remark) -> None:
        """Keep a remark. Raises sqlalchemy's IntegrityError where the question has been answered already."""
        values: dict[str, Any] = {name: getattr(remark, name) for name in remark.__slots__}
        values |= {"kind": remark.kind.value, self._about: values.pop("draft_id")}
        self._connection.execute(sa.insert(self._table), values)
        self._written.note(self._table, remark.id)

    def of_draft(self, draft_id: str) -> tuple[Remark, ...]:
        """All of a draft's, or an action's, oldest first."""
        (found,) = read_together(self._connection, self.asking(draft_id))
        return self.remarks_from(found)

    def asking(self, draft_id: str) -> tuple[Question, Values]:
        """The question that `of_draft` asks; `remarks_from` understands the answer."""
        return _OF_ONE[self._table], {"about_id": draft_id}

    def remarks_from(self, found: Iterable[dict[str, Any]]) -> tuple[Remark, ...]:
        """What that answer says."""
        return tuple(_remark(row, self._about) for row in found)


def _remark(values: dict[str, Any], about: str) -> Remark:
    about_id = values.pop(about)
    return Remark(**{**values, "draft_id": about_id, "kind": RemarkKind(values["kind"])})


_TABLES = {Matter.DRAFT: (remarks, "draft_id"), Matter.ACTION: (action_remarks, "action_id")}
_OF_ONE = {
    table: sa.select(table).where(table.c[about] == sa.bindparam("about_id")).order_by(table.c.at, table.c.id)
    for table, about in _TABLES.values()
}
