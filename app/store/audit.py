"""The trail at rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from app.audit.chain import ChainedEvent, Event, Head, chain
from app.store.tables import audit, audit_head, drafts

_MAIN = "main"
_PAGE = 1000

_COUNT_UP = (
    sa.update(audit_head)
    .where(audit_head.c.chain == _MAIN)
    .values(seq=audit_head.c.seq + sa.bindparam("more", type_=sa.BigInteger))
    .returning(audit_head.c.seq, audit_head.c.hash)
)
_INSERT = sa.insert(audit)
_SET_HASH = sa.update(audit_head).where(audit_head.c.chain == _MAIN)


def _event(row: sa.Row[Any]) -> ChainedEvent:
    return ChainedEvent(**row._mapping)


class AuditRepository:
    """Appends to the chain and reads it, on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def append(self, events: Sequence[Event], *, at: str) -> None:
        """Link the events on. Holds the head's row lock until the transaction ends."""
        if not events:
            return
        # Counting up first takes the lock, on both databases, before the head is read.
        row = self._connection.execute(_COUNT_UP, {"more": len(events)}).one()
        linked = chain(events, after=Head(seq=row.seq - len(events), hash=row.hash), at=at)
        self._connection.execute(_INSERT, [{name: getattr(e, name) for name in e.__slots__} for e in linked])
        self._connection.execute(_SET_HASH, {"hash": linked[-1].hash})

    def head(self) -> Head:
        """The number and hash of the last event."""
        row = self._connection.execute(sa.select(audit_head).where(audit_head.c.chain == _MAIN)).one()
        return Head(seq=row.seq, hash=row.hash)

    def events(self, *, draft_id: str | None = None) -> Iterator[ChainedEvent]:
        """The events in their order, of one draft or of all, read in pages."""
        query = sa.select(audit).order_by(audit.c.seq).limit(_PAGE)
        if draft_id is not None:
            query = query.where(audit.c.draft_id == draft_id)
        last = 0
        while page := self._connection.execute(query.where(audit.c.seq > last)).all():
            yield from map(_event, page)
            last = page[-1].seq

    def newest(self, *, limit: int) -> Sequence[ChainedEvent]:
        """The newest events, newest first."""
        found = self._connection.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(limit))
        return [_event(row) for row in found]

    def of_drafts(self, draft_ids: Sequence[str]) -> Mapping[str, Sequence[ChainedEvent]]:
        """The events of each of these drafts, in their order; a draft without events has an empty list."""
        found = self._connection.execute(
            sa.select(audit).where(audit.c.draft_id.in_(draft_ids)).order_by(audit.c.seq)
        )
        events: dict[str, list[ChainedEvent]] = {draft_id: [] for draft_id in draft_ids}
        for row in found:
            events[row.draft_id].append(_event(row))
        return events

    def draft_without_row(self) -> str | None:
        """The id of a draft that has events and no row, or None."""
        draft_id: str | None = self._connection.execute(
            sa.select(sa.func.min(audit.c.draft_id))
            .outerjoin(drafts, drafts.c.id == audit.c.draft_id)
            .where(audit.c.draft_id.is_not(None), drafts.c.id.is_(None))
        ).scalar()
        return draft_id
