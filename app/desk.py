"""The reviewer's desk: what waits for whom, in the order in which it needs somebody, and why it is first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import InvalidInput, NotFound
from app.core.facts import Deal, Person
from app.core.lifecycle import State
from app.core.ports import Crm
from app.core.routes import Tier
from app.permissions import may_decide, may_stop
from app.standing import Standing, read_standing
from app.store.store import Reader

WAITING = (State.IN_REVIEW, State.BLOCKED, State.NEEDS_PERSON)
_WEIGHT = {Tier.LOW: 1.0, Tier.MEDIUM: 3.0, Tier.HIGH: 10.0, Tier.CRITICAL: 30.0}
_NO_DEAL_VALUE = 10_000.0
"""What a draft without a deal weighs, in the deals' own units."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueItem:
    """One draft that waits, and why it stands where it stands in the queue."""

    standing: Standing
    deal: Deal | None
    first_because: str
    mine: bool
    """Whether the reader is asked to decide about it."""


def queue(reader: Reader, crm: Crm, *, person: Person | None, now: datetime) -> Sequence[QueueItem]:
    """What waits, for one person or (None) for anybody.

    First what they are asked about and what expires within the hour, then by risk × deal value, then by age. A person
    sees what they may decide, edit or reject.
    """
    items = []
    for row in reader.drafts.in_states(WAITING):
        standing = read_standing(reader, row.id)
        if person is not None and not may_stop(person, standing):
            continue
        deal = crm.deal(row.deal_id) if row.deal_id else None
        mine = person is None or may_decide(person, standing)
        items.append(QueueItem(standing=standing, deal=deal, first_because=_because(standing, deal, now), mine=mine))
    return sorted(items, key=lambda item: _urgency(item, now))


def _urgency(item: QueueItem, now: datetime) -> tuple[object, ...]:
    row = item.standing.row
    return (
        not item.mine,
        row.state is State.BLOCKED,
        not _expires_soon(item.standing, now),
        -_stake(item.standing, item.deal),
        row.created_at,
        row.id,
    )


def _stake(standing: Standing, deal: Deal | None) -> float:
    return _WEIGHT[standing.assessment.risk.tier] * (deal.amount if deal else _NO_DEAL_VALUE)


def _expires_soon(standing: Standing, now: datetime) -> bool:
    due = standing.row.due_at
    return due is not None and (due - now).total_seconds() < 3600


def _because(standing: Standing, deal: Deal | None, now: datetime) -> str:
    tier = f"{standing.assessment.risk.tier.value} risk"
    if _expires_soon(standing, now):
        return f"expires within the hour, {tier}"
    if deal is not None:
        return f"{tier}, {deal.name} worth {deal.amount:,.0f} {deal.currency}"
    return f"{tier}, no deal"


def find(reader: Reader, reference: str) -> Standing:
    """The draft with this id, this client id, or an id that begins like this.

    Raises NotFound, or InvalidInput where several ids begin so.
    """
    try:
        return read_standing(reader, reference)
    except NotFound:
        pass
    row = reader.drafts.by_key(client_id=reference, idempotency_key=None)
    if row is not None:
        return read_standing(reader, row.id)
    ids = [position[0] for position in reader.drafts.positions() if reference and position[0].startswith(reference)]
    if len(ids) > 1:
        raise InvalidInput(
            f"{len(ids)} drafts begin so, {ids[0]} and {ids[1]} among them; give more of the id", field=reference
        )
    if not ids:
        raise NotFound("draft", reference)
    return read_standing(reader, ids[0])


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """How the gate is doing."""

    counts: Mapping[State, int]
    """Drafts in each state; a state without drafts is there with 0."""
    waiting_since: datetime | None
    """When the oldest draft that waits for a person came in."""
    overdue: int
    """Drafts whose timer rang more than half a minute ago, counted up to 1000: more than 0 means no worker runs."""


def overview(reader: Reader, *, now: datetime) -> Overview:
    """How the gate is doing now."""
    counts = reader.drafts.counts()
    oldest = reader.drafts.in_states((State.IN_REVIEW, State.NEEDS_PERSON), limit=1)
    return Overview(
        counts={state: counts.get(state, 0) for state in State},
        waiting_since=oldest[0].created_at if oldest else None,
        overdue=len(reader.drafts.overdue(now=now, grace=timedelta(seconds=30), limit=1000)),
    )
