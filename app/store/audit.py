"""The trail at rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.audit.chain import ChainedEvent, Event, Head, chain
from app.store.prepared import returned, write, write_each
from app.store.tables import actions, audit, audit_head, drafts

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


@dataclass(frozen=True, kw_only=True, slots=True)
class EventPlace:
    """Where an event stands in the trail, and what it is about."""

    seq: int
    kind: str
    draft_id: str | None
    promotion: str | None
    """The id of the promotion that it names, if any."""


class AuditRepository:
    """Appends to the chain and reads it, on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def append(self, events: Sequence[Event], *, at: str) -> None:
        """Link the events on. Holds the head's row lock until the transaction ends."""
        if not events:
            return
        # Counting up first takes the lock, on both databases, before the head is read.
        seq, last = returned(self._connection, _COUNT_UP, {"more": len(events)})
        linked = chain(events, after=Head(seq=seq - len(events), hash=last), at=at)
        write_each(self._connection, _INSERT, ({name: getattr(e, name) for name in e.__slots__} for e in linked))
        write(self._connection, _SET_HASH, {"hash": linked[-1].hash})

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

    def places(self, *, after: int, limit: int, kinds: Collection[str]) -> Sequence[EventPlace]:
        """The next events of these kinds behind this one."""
        query = sa.select(audit.c.seq, audit.c.kind, audit.c.draft_id, audit.c.facts)
        query = query.where(audit.c.seq > after, audit.c.kind.in_(kinds)).order_by(audit.c.seq).limit(limit)
        return [
            EventPlace(seq=row.seq, kind=row.kind, draft_id=row.draft_id, promotion=row.facts.get("promotion"))
            for row in self._connection.execute(query)
        ]

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
        """The id of a draft, or another action, that has events and no row; None where there is none."""
        draft_id: str | None = self._connection.execute(
            sa.select(sa.func.min(audit.c.draft_id))
            .outerjoin(drafts, drafts.c.id == audit.c.draft_id)
            .outerjoin(actions, actions.c.id == audit.c.draft_id)
            .where(audit.c.draft_id.is_not(None), drafts.c.id.is_(None), actions.c.id.is_(None))
        ).scalar()
        return draft_id
