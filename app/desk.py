"""The reviewer's desk: what waits for whom, in the order in which it needs somebody, and why it is first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import FactUnavailable, InvalidInput, NotFound, NotPermitted
from app.core.facts import Deal, Person
from app.core.lifecycle import ON_THE_WAY, STUCK, State
from app.core.ports import Crm, People
from app.core.routes import Tier
from app.matter import MatterStanding
from app.permissions import Operation, may, may_decide, may_see, may_stop, require, require_seer
from app.permissions.relations import to_draft
from app.permissions.reviewing import require_over
from app.standing import Standing, read_standing
from app.store.rows import DraftRow
from app.store.store import Reader

_WAITING = frozenset({State.IN_REVIEW, State.BLOCKED, *STUCK})
_MOST_IN_REVIEW = 1000
_MOST_LAPSED = 20
_MOST_STUCK = 200
"""How many drafts that are blocked, and how many that need a person, are shown: they may stay so for ever."""
_MOST_UNDELIVERED = 10_000
"""How many drafts of the whole house that are stuck, and how many on their way, are looked through for one reader."""
_WEIGHT = {Tier.LOW: 1.0, Tier.MEDIUM: 3.0, Tier.HIGH: 10.0, Tier.CRITICAL: 30.0}
_NO_DEAL_VALUE = 10_000.0
"""What a draft without a deal weighs, in the deals' own units."""
_MOST_ALIKE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class QueueItem:
    """One draft that waits, and why it stands where it stands in the queue."""

    standing: Standing
    deal: Deal | None
    """The deal it belongs to; None where there is none, and where the CRM cannot be read."""
    first_because: str
    mine: bool
    """Whether the reader is asked to decide about it."""


def queue(reader: Reader, crm: Crm, *, person: Person | None, now: datetime) -> Sequence[QueueItem]:
    """What waits, for one person or (None) for anybody.

    First what they are asked about and what expires within the hour, then by risk × deal value, then by age. A person
    sees what they may decide, edit or reject, and what they are consulted about or accountable for. There are at most
    1000 reviews, those whose timer rings first, and of the drafts that are blocked or stuck in sending the newest 200
    each.
    """
    deals = _Deals(crm)
    items = [
        _item(standing, deals, person=person, now=now)
        for standing in _waiting(reader, person)
        if person is None or may_stop(person, standing) or is_consulted(person, standing)
    ]
    return sorted(items, key=lambda item: _urgency(item, now))


def queue_of_everybody(reader: Reader, crm: Crm, *, person: Person, now: datetime) -> Sequence[QueueItem]:
    """What waits for anybody, as `queue` orders it. Raises NotPermitted unless the person may read every draft."""
    require(person, Operation.VIEW, doing="see everybody's approvals")
    return queue(reader, crm, person=None, now=now)


def lapsed(reader: Reader, *, person: Person, people: People) -> Sequence[Standing]:
    """Drafts whose time ran out and that this person may reopen, the latest first; at most 20."""
    concerned = None if may(person, Operation.REOPEN) else person.id
    ids = reader.drafts.waiting(State.EXPIRED, person=concerned, newest_first=True, limit=_MOST_LAPSED)
    found = (read_standing(reader, draft_id) for draft_id in ids)
    return [each for each in found if may(person, Operation.REOPEN, to_draft(person, each, people))]


def stuck(reader: Reader, *, person: Person, people: People) -> Sequence[DraftRow]:
    """Drafts whose sending waits for a person, as far as this one may settle them; the oldest first.

    Raises FactUnavailable where the directory cannot be read.
    """
    return _to_settle(reader.drafts.in_states(STUCK, limit=_MOST_UNDELIVERED), person, people)


def in_doubt(reader: Reader, *, person: Person, people: People, now: datetime) -> Sequence[DraftRow]:
    """Drafts of which the gate is finding out by itself whether they left, as far as this person could settle them.

    What is being sent is among them once its lease has run out: its worker has gone silent. What is asked about first
    comes first. Raises FactUnavailable where the directory cannot be read.
    """
    begun = reader.drafts.in_states(ON_THE_WAY, limit=_MOST_UNDELIVERED)
    doubted = [row for row in begun if row.state is not State.SENDING or _has_rung(row, now)]
    return sorted(_to_settle(doubted, person, people), key=lambda row: (row.due_at or now, row.id))


def _has_rung(row: DraftRow, now: datetime) -> bool:
    return row.due_at is not None and row.due_at <= now


def _to_settle(rows: Sequence[DraftRow], person: Person, people: People) -> Sequence[DraftRow]:
    """Those that the person may settle; the directory is asked once for each sender."""
    settles = {sender: _may_settle_for(sender, person, people) for sender in {row.on_behalf_of for row in rows}}
    return [row for row in rows if settles[row.on_behalf_of]]


def _may_settle_for(sender: str, person: Person, people: People) -> bool:
    try:
        require_over(person, sender, people, Operation.SETTLE, doing="settle their mail")
    except NotPermitted:
        return False
    return True


def awaits_answer(person: Person, standing: Standing) -> bool:
    """Whether somebody has asked a question about a draft in this person's name, and waits for the answer."""
    request = standing.pending
    return request is not None and request.paused and standing.row.on_behalf_of == person.id


def is_consulted(person: Person, standing: MatterStanding) -> bool:
    """Whether the request that waits gives this person a view, or names them as accountable."""
    request = standing.pending
    return request is not None and (person.id in request.consulted or person.id == request.accountable)


def _waiting(reader: Reader, person: Person | None) -> Sequence[Standing]:
    concerned = person.id if person is not None and not may(person, Operation.REJECT) else None
    ids = [
        *reader.drafts.waiting(State.IN_REVIEW, person=concerned, limit=_MOST_IN_REVIEW),
        *(
            draft_id
            for state in STUCK
            for draft_id in reader.drafts.waiting(state, person=concerned, newest_first=True, limit=_MOST_STUCK)
        ),
        *reader.drafts.waiting(State.BLOCKED, person=concerned, newest_first=True, limit=_MOST_STUCK),
    ]
    requests, editors = reader.approvals.of_drafts(ids), reader.drafts.editors_of(ids)
    return [
        Standing(
            row=row,
            draft=draft,
            assessment=assessment,
            approvals=tuple(requests.get(row.id, ())),
            editors=editors.get(row.id, frozenset()),
        )
        for row, draft, assessment in reader.drafts.whole_of(ids)
        if row.state in _WAITING  # others may have moved it since its id was read
    ]


class _Deals:
    """The CRM's deals, each asked for once. A CRM that cannot be read is not asked again: every try may take long."""

    def __init__(self, crm: Crm) -> None:
        self._crm = crm
        self._known: dict[str, Deal | None] = {}
        self._down = False

    def find(self, deal_id: str | None) -> tuple[Deal | None, bool]:
        """The deal, or None where there is none; and whether that could be read."""
        if deal_id is None:
            return None, True
        if deal_id not in self._known and not self._down:
            try:
                self._known[deal_id] = self._crm.deal(deal_id)
            except FactUnavailable:
                self._down = True
        return self._known.get(deal_id), deal_id in self._known


def _item(standing: Standing, deals: _Deals, *, person: Person | None, now: datetime) -> QueueItem:
    deal, readable = deals.find(standing.row.deal_id)
    return QueueItem(
        standing=standing,
        deal=deal,
        first_because=_because(standing, deal, readable=readable, now=now),
        mine=person is None or may_decide(person, standing),
    )


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
    due = standing.pending.expires_at if standing.pending else None
    return due is not None and (due - now).total_seconds() < 3600


def _because(standing: Standing, deal: Deal | None, *, readable: bool, now: datetime) -> str:
    because = f"{standing.assessment.risk.tier.value} risk"
    if _expires_soon(standing, now):
        because = f"expires within the hour, {because}"
    elif deal is not None:
        because += f", {deal.name} worth {deal.amount:,.0f} {deal.currency}"
    elif readable:
        because += ", no deal"
    return because if readable else f"{because}, deal {standing.row.deal_id} cannot be read now"


def shown(reader: Reader, draft_id: str, *, person: Person, people: People) -> Standing:
    """The draft with exactly this id, to somebody who may read it. Raises NotFound where they may not, or none is."""
    standing = read_standing(reader, draft_id)
    require_seer(person, standing, people)
    return standing


def find(reader: Reader, reference: str, *, person: Person | None, people: People) -> Standing:
    """The draft with this id, this client id, or an id that begins like this, for this person.

    None is the operator of this machine, who may read every draft. For anybody else a draft that they may not read is
    not there. Raises NotFound, or InvalidInput where several ids begin so.
    """
    try:
        standing = _exactly(reader, reference)
    except NotFound:
        return _beginning(reader, reference, person, people)
    if person is not None:
        require_seer(person, standing, people, sought=reference)
    return standing


def _exactly(reader: Reader, reference: str) -> Standing:
    row = reader.drafts.by_key(client_id=reference, idempotency_key=None)
    try:
        return read_standing(reader, reference)
    except NotFound:
        if row is None:
            raise
    return read_standing(reader, row.id)


def _beginning(reader: Reader, reference: str, person: Person | None, people: People) -> Standing:
    ids = list(reader.drafts.ids_beginning(reference, limit=_MOST_ALIKE)) if reference else []
    if person is not None and not may(person, Operation.VIEW):
        ids = [each for each in ids if may_see(person, read_standing(reader, each), people)]
    if len(ids) > 1:
        count = f"{len(ids)} drafts" if len(ids) < _MOST_ALIKE else f"{_MOST_ALIKE} drafts or more"
        raise InvalidInput(
            f"{count} begin so, {ids[0]} and {ids[1]} among them; give more of the id", field=reference
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
    oldest = reader.drafts.in_states((State.IN_REVIEW, *STUCK), limit=1)
    return Overview(
        counts={state: counts.get(state, 0) for state in State},
        waiting_since=oldest[0].created_at if oldest else None,
        overdue=len(reader.drafts.overdue(now=now, grace=timedelta(seconds=30), limit=1000)),
    )
