"""The states of a draft and the moves between them, as data. Nothing moves but along these lines.

```
            ┌─► scheduled ──► sending ──► sent
  submit ───┼─► in_review ──► scheduled, rejected, expired, blocked
            └─► blocked ────► in_review, scheduled (by an edit), rejected

  scheduled ──► undone (by a person), in_review or blocked (by facts that changed)
  sending ────► scheduled (certainly not sent, tried later), failed (never will be), unknown (nobody knows),
                reconciling (its worker went silent)
  unknown ────► reconciling ──► sent, sending (it never left), unknown (asked again later), needs_person
  needs_person ► sent (a late receipt, or a person who has looked), scheduled (tried again), rejected
  failed ─────► scheduled (tried again), in_review or blocked (by an edit), rejected
  expired ────► in_review or blocked (reopened by a person, judged again)
```
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.core.errors import MoveNotAllowed
from app.core.routes import Route


class State(StrEnum):
    """Where a draft is on the road."""

    IN_REVIEW = "in_review"
    """Waits for a person; its due time is the next of its timers: a reminder, an escalation, at last the expiry."""
    BLOCKED = "blocked"
    """Must not leave as it is; an edit can mend it."""
    SCHEDULED = "scheduled"
    """May leave; its due time is the end of the undo window, or `send_after`."""
    SENDING = "sending"
    """A send was begun under a lease; its due time is the end of the lease."""
    UNKNOWN = "unknown"
    """Nobody knows whether it left; its due time is when the provider is asked next. Never resent blindly."""
    RECONCILING = "reconciling"
    """A worker asks the provider, under a lease; its due time is the end of the lease."""
    NEEDS_PERSON = "needs_person"
    """It may have left and the provider cannot tell; a person has to look. Its due time is the next reminder."""
    FAILED = "failed"
    """Certainly not sent, and the gate tries no more; a person may. Its due time is the next reminder."""
    SENT = "sent"
    REJECTED = "rejected"
    EXPIRED = "expired"
    UNDONE = "undone"


MOVES: Mapping[State, frozenset[State]] = {
    State.IN_REVIEW: frozenset({State.IN_REVIEW, State.SCHEDULED, State.BLOCKED, State.REJECTED, State.EXPIRED}),
    State.BLOCKED: frozenset({State.BLOCKED, State.IN_REVIEW, State.SCHEDULED, State.REJECTED}),
    # A person may have had a mail tried again whose receipt comes only now: `sent`, at once.
    State.SCHEDULED: frozenset(
        {State.SCHEDULED, State.SENDING, State.IN_REVIEW, State.BLOCKED, State.UNDONE, State.SENT}
    ),
    State.SENDING: frozenset(
        {State.SENT, State.SCHEDULED, State.FAILED, State.UNKNOWN, State.RECONCILING, State.NEEDS_PERSON}
    ),
    State.UNKNOWN: frozenset({State.RECONCILING, State.SENT}),
    State.RECONCILING: frozenset({State.RECONCILING, State.SENDING, State.SENT, State.UNKNOWN, State.NEEDS_PERSON}),
    State.NEEDS_PERSON: frozenset({State.NEEDS_PERSON, State.SENT, State.SCHEDULED, State.REJECTED}),
    State.FAILED: frozenset({State.FAILED, State.SCHEDULED, State.IN_REVIEW, State.BLOCKED, State.REJECTED}),
    State.SENT: frozenset(),
    State.REJECTED: frozenset(),
    State.EXPIRED: frozenset({State.IN_REVIEW, State.BLOCKED}),
    State.UNDONE: frozenset(),
}

EDITABLE = frozenset({State.IN_REVIEW, State.BLOCKED, State.FAILED})
"""States in which a person may change the text."""

AWAITING_RECEIPT = frozenset({State.SCHEDULED, State.SENDING, State.UNKNOWN, State.RECONCILING, State.NEEDS_PERSON})
"""States that a provider's receipt ends, however late it comes."""

ON_THE_WAY = (State.SENDING, State.UNKNOWN, State.RECONCILING)
"""States of a draft that has begun to leave, as long as the gate itself will find out how that ends."""

STUCK = (State.NEEDS_PERSON, State.FAILED)
"""States of a draft whose sending waits for a person."""

TIMED = (State.IN_REVIEW, State.SCHEDULED, *ON_THE_WAY, *STUCK)
"""States whose due time is a timer: when it has rung, the draft is woken."""

PROMPT = frozenset({State.SCHEDULED, State.UNKNOWN})
"""States whose timer gets a wake-up of its own, to ring on the second. The others wait for the sweep, seconds later:
an expiry is refused to late approvers in any case, and nearly every send ends long before its lease."""

ENTRY: Mapping[Route, State] = {
    Route.AUTO_SEND: State.SCHEDULED,
    Route.MONITOR: State.SCHEDULED,
    Route.REVIEW: State.IN_REVIEW,
    Route.BLOCK: State.BLOCKED,
}
"""Where each route puts a draft."""


def require_move(draft_id: str, source: State, target: State) -> None:
    """Raise `MoveNotAllowed` unless a draft may go from `source` to `target`."""
    if target not in MOVES[source]:
        raise MoveNotAllowed(draft_id=draft_id, source=source.value, target=target.value)
