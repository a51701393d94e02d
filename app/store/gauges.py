"""How things stand, for metrics: every question is answered from an index and stops early, however much is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.approvals import ApprovalState
from app.core.lifecycle import MOVES, TIMED, State
from app.store.tables import action_approvals, approvals, audit_head, drafts

MOST_COUNTED = 100_000
"""Drafts in a state are counted up to here."""
LIVING = tuple(state for state in State if MOVES[state] and state is not State.EXPIRED)
"""States that a draft leaves in the course of things. The others only grow: how fast, the counters of moves tell."""


def _up_to(state: State, most: int) -> sa.Select[int]:
    some = sa.select(sa.literal(1)).where(drafts.c.state == state.value).limit(most).subquery()
    return sa.select(sa.func.count()).select_from(some)


_LIVING_DRAFTS = {state: _up_to(state, MOST_COUNTED) for state in LIVING}
_NEXT_TIMER = {
    state: sa.select(drafts.c.due_at)
    .where(drafts.c.state == state.value, drafts.c.due_at.is_not(None))
    .order_by(drafts.c.due_at)
    .limit(1)
    for state in TIMED
}
_LONGEST_WAITING = [
    sa.select(requests.c.opened_at)
    .where(requests.c.state == ApprovalState.PENDING.value)
    .order_by(requests.c.opened_at)
    .limit(1)
    for requests in (approvals, action_approvals)
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Depths:
    """How things stand at one moment."""

    drafts: Mapping[State, int]
    """How many there are in each living state, up to `MOST_COUNTED`."""
    overdue_seconds: Mapping[State, float]
    """How long ago the earliest timer of each timed state rang; 0 where none has."""
    waiting_seconds: float
    """How long ago the oldest request that still waits for people was opened; 0 where none does."""
    trail_length: int
    """The number of the newest event."""


def read_depths(connection: sa.Connection, *, now: datetime) -> Depths:
    """How things stand now. Raises sqlalchemy's errors where the database does not answer."""
    timers = {state: connection.execute(query).scalar() for state, query in _NEXT_TIMER.items()}
    return Depths(
        drafts={state: connection.execute(query).scalar_one() for state, query in _LIVING_DRAFTS.items()},
        overdue_seconds={state: _since(moment, now) for state, moment in timers.items()},
        waiting_seconds=max(_since(connection.execute(query).scalar(), now) for query in _LONGEST_WAITING),
        trail_length=connection.execute(sa.select(sa.func.max(audit_head.c.seq))).scalar() or 0,
    )


def _since(moment: datetime | None, now: datetime) -> float:
    return max(0.0, (now - moment).total_seconds()) if moment is not None else 0.0
