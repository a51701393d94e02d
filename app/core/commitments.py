"""The ledger's entries: what was promised to whom, until when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from typing import TypeVar

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
    thing: str | None = None
    """The key of the scarce thing that it is about (app.core.things), None where it is about none."""
    hours: float | None = None
    """What keeping it cost, where that was said."""


def is_rival(entry: LedgerEntry, *, account: str | None, deal_id: str | None) -> bool:
    """Whether a promise was made to another customer than this one; where no account tells, another deal does."""
    if account is not None and entry.account is not None:
        return entry.account != account
    return deal_id is not None and entry.deal_id is not None and entry.deal_id != deal_id


LEAST_KEPT = 5
"""From that many kept promises of a kind on, what they cost says more than a guess."""


K = TypeVar("K", bound=str)
"""A kind, or the word for one: words are found faster, and a ledger has many."""


def typical_effort(spent: Iterable[tuple[K, float]]) -> Mapping[K, float]:
    """The median of the hours spent on each kind, for the kinds of which enough are known."""
    by_kind: dict[K, list[float]] = {}
    for kind, hours in spent:
        by_kind.setdefault(kind, []).append(hours)
    return {kind: median(hours) for kind, hours in by_kind.items() if len(hours) >= LEAST_KEPT}
