"""Mail that waits until its mailbox lets the gate in leaves as soon as somebody has signed in there again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.clock import Clock
from app.core.errors import StaleVersion
from app.core.facts import Person
from app.core.lifecycle import State
from app.store.rows import DraftRow
from app.store.store import Reader, Store
from app.trail import happened

_CLOSED = "send.closed"
"""The event with which a mail begins to wait for its mailbox."""
_MOST = 5000
"""Mails that are woken at once; the rest look by themselves within the hour."""
_AT_ONCE = 200


def wake_waiting(store: Store, clock: Clock, owner: Person, *, actor: str) -> int:
    """Have the owner's mail that waits for their mailbox be looked at now. Returns how many there are.

    Each is moved in a transaction of its own: one that is lost with a crash looks by itself within the hour, as does
    one of which nobody knows whether it has left. Doing it twice does it once.
    """
    with store.read() as reader:
        waiting = list(_waiting(reader, owner))
    return sum(_woken(store, clock, row, owner, actor=actor) for row in waiting)


def _waiting(reader: Reader, owner: Person) -> Iterator[DraftRow]:
    """The drafts that still stand as they were put when the mailbox did not let the gate in."""
    ids = reader.drafts.waiting(State.SCHEDULED, person=owner.id, limit=_MOST)
    for at in range(0, len(ids), _AT_ONCE):
        for draft_id, events in reader.audit.of_drafts(ids[at : at + _AT_ONCE]).items():
            moved = next((event for event in reversed(events) if "version" in event.facts), None)
            if moved is None or moved.kind != _CLOSED:
                continue
            row = reader.drafts.get(draft_id)
            if row.on_behalf_of == owner.id and row.version == moved.facts["version"]:
                yield row


def _woken(store: Store, clock: Clock, row: DraftRow, owner: Person, *, actor: str) -> bool:
    try:
        with store.write(now=clock.now()) as tx:
            due = replace(row, version=row.version + 1, due_at=tx.now, slot_at=None, updated_at=tx.now)
            tx.move(row, due, happened("draft.woken", actor, reason=f"{owner.email} was connected again"))
    except StaleVersion:
        return False  # somebody was first: it has left, was taken back, or looked by itself
    return True
