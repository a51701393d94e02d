"""The hash chain. Each event's hash covers every field of it and the hash of the event before.

Verification needs nothing but the events themselves and, to notice a cut tail, the head: the number and hash of
the last event, which is best kept somewhere else as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.digest import canonical_bytes, sha256_of
from app.core.errors import AuditBroken

GENESIS = "sha256:" + "0" * 64
"""What the first event names as its predecessor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happened. `facts` hold only JSON values."""

    kind: str
    """What happened, such as `draft.submitted` or `draft.sent`."""
    actor: str
    """Who did it: `agent:<name>`, `person:<id>`, or `gate`."""
    draft_id: str | None = None
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainedEvent:
    """An event in its place in the chain. `at` is ISO 8601 in UTC, exactly as it was hashed."""

    seq: int
    at: str
    kind: str
    actor: str
    draft_id: str | None
    facts: Mapping[str, Any]
    previous: str
    hash: str

    def record(self) -> dict[str, Any]:
        """The event as one JSON-ready record, hash included."""
        return {**_hashed_fields(self), "hash": self.hash}


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The end of a chain: how many events there are, and the last one's hash."""

    seq: int = 0
    hash: str = GENESIS


def _hashed_fields(event: ChainedEvent) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at,
        "kind": event.kind,
        "actor": event.actor,
        "draft_id": event.draft_id,
        "facts": dict(event.facts),
        "previous": event.previous,
    }


def chain(events: Iterable[Event], *, after: Head, at: str) -> list[ChainedEvent]:
    """The events linked on behind `after`, all at the same moment (ISO 8601, UTC)."""
    linked: list[ChainedEvent] = []
    seq, previous = after.seq, after.hash
    for event in events:
        seq += 1
        unhashed = ChainedEvent(
            seq=seq,
            at=at,
            kind=event.kind,
            actor=event.actor,
            draft_id=event.draft_id,
            facts=event.facts,
            previous=previous,
            hash="",
        )
        previous = sha256_of(canonical_bytes(_hashed_fields(unhashed)))
        linked.append(ChainedEvent(**{**_hashed_fields(unhashed), "hash": previous}))
    return linked


def verify(events: Iterable[ChainedEvent], *, head: Head | None = None) -> Head:
    """Walk the chain from its first event and return its head.

    Raises AuditBroken, naming the first event that does not fit: a field that was changed, an event that was
    taken out, put in or moved. With `head`, also where the tail was cut or the chain was written anew.
    """
    last = Head()
    for event in events:
        if event.seq != last.seq + 1:
            raise AuditBroken(f"event {last.seq + 1} is missing or out of place: found {event.seq}", seq=last.seq + 1)
        if event.previous != last.hash:
            raise AuditBroken(f"event {event.seq} does not follow the one before it", seq=event.seq)
        if sha256_of(canonical_bytes(_hashed_fields(event))) != event.hash:
            raise AuditBroken(f"event {event.seq} was changed after it was written", seq=event.seq)
        last = Head(seq=event.seq, hash=event.hash)
    if head is not None and head != last:
        raise AuditBroken(
            f"the chain ends at event {last.seq}, but its head says {head.seq} ({head.hash}): "
            "events were cut off or rewritten",
            seq=last.seq + 1,
        )
    return last
