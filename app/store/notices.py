"""What people were told, and what is still to be carried to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.notices import Notice, NoticeKind
from app.store.tables import notices

_INSERT = sa.insert(notices)


class NoticeRepository:
    """Reads and writes notices on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, fresh: Iterable[Notice]) -> None:
        """Put these on the board."""
        rows = [
            {**{name: getattr(notice, name) for name in notice.__slots__}, "kind": notice.kind.value}
            for notice in fresh
        ]
        if rows:
            self._connection.execute(_INSERT, rows)

    def for_recipient(self, recipient: str, *, limit: int) -> Sequence[Notice]:
        """The newest for one person or agent, newest first."""
        mine = sa.select(notices).where(notices.c.recipient == recipient)
        return self._read(mine.order_by(notices.c.at.desc(), notices.c.id.desc()).limit(limit))

    def undelivered(self, *, limit: int) -> Sequence[Notice]:
        """Those that no transport has carried yet, oldest first."""
        waiting = sa.select(notices).where(notices.c.delivered_at.is_(None))
        return self._read(waiting.order_by(notices.c.at, notices.c.id).limit(limit))

    def mark_delivered(self, notice: Notice, *, at: datetime) -> None:
        """A transport has carried it."""
        self._connection.execute(sa.update(notices).where(notices.c.id == notice.id).values(delivered_at=at))

    def _read(self, query: sa.Select[Any]) -> list[Notice]:
        return [_notice(row) for row in self._connection.execute(query)]


def _notice(row: sa.Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        recipient=row.recipient,
        kind=NoticeKind(row.kind),
        draft_id=row.draft_id,
        request_id=row.request_id,
        text=row.text,
        at=row.at,
    )
