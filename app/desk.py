"""The reviewer's desk: what waits for whom, in the order in which it needs somebody, and why it is first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

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
