"""The ledger's entries: what was promised to whom, until when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.core.findings import Kind, Strength


class CommitmentState(StrEnum):
    """The life of a promise."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"


COMMITMENT_MOVES: Mapping[CommitmentState, frozenset[CommitmentState]] = {
    CommitmentState.OPEN: frozenset(
        {
            CommitmentState.KEPT,
            CommitmentState.BROKEN,
            CommitmentState.RENEGOTIATED,
            CommitmentState.WITHDRAWN,
            CommitmentState.DISPUTED,
        }
    ),
    CommitmentState.DISPUTED: frozenset(
        {
            CommitmentState.KEPT,
            CommitmentState.BROKEN,
            CommitmentState.RENEGOTIATED,
            CommitmentState.WITHDRAWN,
        }
    ),
    CommitmentState.BROKEN: frozenset({CommitmentState.KEPT, CommitmentState.DISPUTED}),
    CommitmentState.KEPT: frozenset({CommitmentState.DISPUTED}),
    CommitmentState.RENEGOTIATED: frozenset(),
    CommitmentState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class LedgerEntry:
    """One promise made to a customer."""

    id: str
    person: str
    """Id of the colleague who owes it."""
    recipient: str
    """Address of the person it was promised to."""
    text: str
    action: str | None
    object: str | None
    kind: Kind
    strength: Strength
    due_day: date | None
    due_at: datetime | None = None
    """The end of the due day in the zone that applied; None where no day was named."""
    state: CommitmentState
    made_at: datetime
    deal_id: str | None = None
    account: str | None = None
    draft_id: str | None = None
    """The draft that made the promise; None for promises from before Countersign."""
