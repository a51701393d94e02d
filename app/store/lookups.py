"""The questions that every verdict puts to the ledger, each of which an index answers and stops early.

Built once: building a statement costs more than running it. None reads more than a fixed number of rows, however long
the ledger has grown.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.core.commitments import CommitmentState
from app.store.tables import commitments

MOST_OF_ONE = 30
"""Of one deal, one address or one scarce thing, the newest promises are held against a draft, up to that many."""
MOST_AHEAD = 60
"""Of one person, the promises that fall due next count towards the weeks ahead, up to that many."""
MOST_KEPT = 200
"""What a kind of promise costs is told by the newest that were kept, up to that many."""
LOOKING_BACK = timedelta(days=7)
"""What fell due this week and is still open is still to be done."""

Lookup = sa.Select[Any]
LedgerRow = tuple[str, str, str, float | None, str]
"""`made_at` as it is kept, for text sorts as well as a moment does; then id, state, hours and entry."""

_ROWS = sa.select(
    sa.type_coerce(commitments.c.made_at, sa.String).label("made_at"),
    commitments.c.id,
    commitments.c.state,
    commitments.c.hours,
    commitments.c.entry,
)
_NEWEST = commitments.c.made_at.desc()


def _in_state(state: CommitmentState) -> sa.ColumnElement[bool]:
    return commitments.c.state == state.value


def _of_one(column: sa.Column[str], name: str, state: CommitmentState) -> sa.Select[tuple[str, str, str, float, str]]:
    return _ROWS.where(column == sa.bindparam(name), _in_state(state)).order_by(_NEWEST).limit(MOST_OF_ONE)


OPEN_OF_DEAL = _of_one(commitments.c.deal_id, "deal_id", CommitmentState.OPEN)
OPEN_TO_ADDRESS = _of_one(commitments.c.recipient, "address", CommitmentState.OPEN)
OPEN_ABOUT_THING = _of_one(commitments.c.thing, "thing", CommitmentState.OPEN)
BROKEN_OF_DEAL = _of_one(commitments.c.deal_id, "deal_id", CommitmentState.BROKEN)
BROKEN_TO_ADDRESS = _of_one(commitments.c.recipient, "address", CommitmentState.BROKEN).where(
    commitments.c.person == sa.bindparam("person")
)
_OPEN_OF_PERSON = _ROWS.where(
    commitments.c.person == sa.bindparam("person"), _in_state(CommitmentState.OPEN), commitments.c.due_at.is_not(None)
).limit(MOST_AHEAD)
OPEN_AHEAD = _OPEN_OF_PERSON.where(commitments.c.due_at >= sa.bindparam("since")).order_by(commitments.c.due_at)
OPEN_DUE_LAST = _OPEN_OF_PERSON.order_by(commitments.c.due_at.desc())
"""For whoever does not say what time it is: what fell due long ago would come first otherwise."""
HOURS_SPENT = (
    sa.select(commitments.c.kind, commitments.c.hours)
    .where(_in_state(CommitmentState.KEPT), commitments.c.hours.is_not(None))
    .order_by(_NEWEST)
    .limit(MOST_KEPT)
)


@lru_cache(maxsize=64)
def in_one(*questions: Lookup) -> sa.CompoundSelect[Any]:
    """The questions as one statement that answers them one after the other, each within its own limit."""
    return sa.union_all(*(sa.select(question.subquery()) for question in questions))
