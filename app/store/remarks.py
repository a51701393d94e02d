"""Questions, answers and comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from app.core.remarks import Remark, RemarkKind
from app.store.tables import remarks


class RemarkRepository:
    """Reads and writes remarks on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, remark: Remark) -> None:
        """Keep a remark. Raises sqlalchemy's IntegrityError where the question has been answered already."""
        values: Mapping[str, Any] = {name: getattr(remark, name) for name in remark.__slots__}
        self._connection.execute(sa.insert(remarks), {**values, "kind": remark.kind.value})

    def of_draft(self, draft_id: str) -> tuple[Remark, ...]:
        """All of a draft's, oldest first."""
        found = self._connection.execute(
            sa.select(remarks).where(remarks.c.draft_id == draft_id).order_by(remarks.c.at, remarks.c.id)
        )
        return tuple(Remark(**{**row._mapping, "kind": RemarkKind(row.kind)}) for row in found)
