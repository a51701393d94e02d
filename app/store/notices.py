"""What people were told, and what is still to be carried to them, by which transport."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.notices import Notice, NoticeKind
from app.store.prepared import write_each
from app.store.tables import notice_deliveries as deliveries
from app.store.tables import notices

_INSERT = sa.insert(notices)


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A notice that a transport has not carried yet."""

    notice: Notice
    attempts: int
    """How often it has been tried."""


class NoticeRepository:
    """Reads and writes notices on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, fresh: Iterable[Notice]) -> None:
        """Put these on the board. Raises sqlalchemy's IntegrityError where one is there already."""
        rows = (
            {**{name: getattr(notice, name) for name in notice.__slots__}, "kind": notice.kind.value}
            for notice in fresh
        )
        write_each(self._connection, _INSERT, rows)

    def known(self, ids: Collection[str]) -> frozenset[str]:
        """Those of these ids under which there is a notice."""
        return frozenset(self._connection.execute(sa.select(notices.c.id).where(notices.c.id.in_(ids))).scalars())

    def for_recipient(self, recipient: str, *, limit: int) -> Sequence[Notice]:
        """The newest for one person or agent, newest first."""
        mine = sa.select(notices).where(notices.c.recipient == recipient)
        found = self._connection.execute(mine.order_by(notices.c.at.desc(), notices.c.id.desc()).limit(limit))
        return [_notice(row) for row in found]

    def waiting(self, transport: str, *, since: datetime, now: datetime, limit: int) -> Sequence[Waiting]:
        """What this transport should carry now, oldest first; nothing that was written before `since`."""
        mine = sa.and_(deliveries.c.notice_id == notices.c.id, deliveries.c.transport == transport)
        untried, due = deliveries.c.notice_id.is_(None), deliveries.c.next_at <= now
        query = sa.select(notices, deliveries.c.attempts).outerjoin(deliveries, mine)
        query = query.where(notices.c.delivered_at.is_(None), notices.c.at >= since, sa.or_(untried, due))
        found = self._connection.execute(query.order_by(notices.c.at, notices.c.id).limit(limit))
        return [Waiting(notice=_notice(row), attempts=row.attempts or 0) for row in found]

    def claim(self, waiting: Waiting, transport: str, *, until: datetime) -> bool:
        """Nobody else carries it by this transport until then. False where somebody else was first.

        Raises sqlalchemy's IntegrityError where somebody is just about to be.
        """
        values = {"attempts": waiting.attempts + 1, "next_at": until, "reason": ""}
        if not waiting.attempts:
            fresh = {"notice_id": waiting.notice.id, "transport": transport, **values}
            self._connection.execute(sa.insert(deliveries).values(fresh))
            return True
        mine = self._of(waiting.notice, transport).where(deliveries.c.attempts == waiting.attempts)
        return self._connection.execute(mine.values(values)).rowcount == 1

    def put_off(self, notice: Notice, transport: str, *, until: datetime, reason: str) -> None:
        """It was not carried; it is tried again then."""
        self._connection.execute(self._of(notice, transport).values(next_at=until, reason=reason))

    def close(self, notice: Notice, transport: str, *, of: Collection[str], reason: str, at: datetime) -> None:
        """This transport is done with it: it carried it, or (with a reason) never will.

        Once all transports `of` the house are, the notice is not looked at any more.
        """
        self._connection.execute(self._of(notice, transport).values(next_at=None, reason=reason))
        done = sa.select(sa.func.count()).where(
            deliveries.c.notice_id == notice.id, deliveries.c.transport.in_(of), deliveries.c.next_at.is_(None)
        )
        if self._connection.execute(done).scalar_one() == len(of):
            mine = sa.update(notices).where(notices.c.id == notice.id)
            self._connection.execute(mine.values(delivered_at=at))

    def late(self, *, since: datetime, before: datetime) -> int:
        """How many that were written from `since` on and before `before` are not carried yet."""
        mine = (notices.c.delivered_at.is_(None), notices.c.at >= since, notices.c.at < before)
        return self._connection.execute(sa.select(sa.func.count()).select_from(notices).where(*mine)).scalar_one()

    def _of(self, notice: Notice, transport: str) -> sa.Update:
        key = (deliveries.c.notice_id == notice.id, deliveries.c.transport == transport)
        return sa.update(deliveries).where(*key)


def _notice(row: sa.Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        recipient=row.recipient,
        kind=NoticeKind(row.kind),
        draft_id=row.draft_id,
        action_id=row.action_id,
        request_id=row.request_id,
        text=row.text,
        at=row.at,
    )
