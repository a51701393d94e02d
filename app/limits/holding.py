"""Whether a draft may begin to leave: is there a stop, and is there a place under every limit?

Asked twice. When a draft is judged, the answer is a hint, for others may be first. In the transaction that begins a
send it is exact: a stop that is in force holds everything, on every worker, from the moment it is committed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.core.assessment import Assessment, RuleMatch
from app.core.drafts import Draft
from app.core.errors import Conflict
from app.core.limits import Limits, Per, Stop, StopScope
from app.limits.floors import STOPPED, limit_floor, stop_floor, stop_in_words
from app.store.rows import DraftRow, Permit
from app.store.store import Reader, Transaction
from app.store.uses import Place, Use

SEND_EMAIL = "send_email"
"""What letting a mail leave is called where actions are named."""
_LONGEST_SUBJECT = 320
_LOOK_BACK = 100


def holds(stop: Stop, *, agent: str, actions: Sequence[str]) -> bool:
    """Whether the stop is about what this agent does. Capital letters make no difference."""
    match stop.scope:
        case StopScope.ALL:
            return True
        case StopScope.AGENT:
            return stop.subject.casefold() == agent.casefold()
        case StopScope.ACTION:
            return stop.subject.casefold() in {action.casefold() for action in actions}


def stop_on(stops: Sequence[Stop], draft: Draft) -> Stop | None:
    """The first of these stops that holds the draft."""
    return next((s for s in stops if holds(s, agent=draft.agent, actions=(SEND_EMAIL, draft.action))), None)


def require_not_stopped(reader: Reader, draft_id: str, draft: Draft) -> None:
    """Raise Conflict while a stop holds the draft."""
    stop = stop_on(reader.stops.active(), draft)
    if stop is not None:
        raise Conflict(f"draft {draft_id} cannot be approved now: {stop_in_words(stop)}; resume {stop.what} first")


def floors_on(
    reader: Reader,
    draft: Draft,
    verdict: Assessment,
    limits: Limits,
    *,
    row: DraftRow | None,
    own_domains: Sequence[str],
    at: datetime,
) -> tuple[RuleMatch, ...]:
    """What would hold the draft if it were to leave now; `row` is its own where it is kept already."""
    stop = stop_on(reader.stops.active(), draft)
    stopped = (stop_floor(stop),) if stop else ()
    if not verdict.route.sends_unattended or (row is not None and is_attended(row.permit)):
        return stopped
    places = places_of(draft, verdict, own_domains)
    full = full_limits(reader, limits, places, at=at, draft_id=row.id if row else "")
    return (*stopped, *map(limit_floor, full))


def take_places(
    tx: Transaction, row: DraftRow, draft: Draft, verdict: Assessment, limits: Limits, *, own_domains: Sequence[str]
) -> RuleMatch | None:
    """The draft begins to leave in this transaction: take its place under every limit, before any row is written.

    Returns what holds it back instead, and takes nothing then. What people approved counts, and only stops hold it.
    """
    stop = stop_in_force(tx, draft)
    if stop is not None:
        return stop_floor(stop)
    places = places_of(draft, verdict, own_domains)
    tx.uses.lock(places)
    if not is_attended(row.permit):
        full = next(full_limits(tx, limits, places, at=tx.now, draft_id=row.id), None)
        if full is not None:
            return limit_floor(full)
    tx.uses.take(row.id, places, at=tx.now)
    return None


def lock_places(tx: Transaction, places: Sequence[Place]) -> None:
    """What is counted under these places, and the stops in force, stand to the end of the transaction."""
    tx.stops.share()
    tx.uses.lock(places)


def stop_in_force(tx: Transaction, draft: Draft) -> Stop | None:
    """The stop that holds the draft; the answer stands to the end of the transaction. Before any row is written."""
    tx.stops.share()
    return stop_on(tx.stops.active(), draft)


def remember_hold(tx: Transaction, row: DraftRow, draft: Draft, verdict: Assessment) -> None:
    """Keep which stop put the draft into review, so that it is judged again when that stop is lifted."""
    if row.revision > 1:
        tx.stops.release(row.id)
    if verdict.ruling.rule == STOPPED:
        # One that was lifted since the verdict counts too: then the draft is judged again at once.
        stop = stop_on([*tx.stops.active(), *tx.stops.newest(limit=_LOOK_BACK)], draft)
        if stop is not None:
            tx.stops.hold(row.id, stop, at=tx.now)


def is_attended(permit: Permit | None) -> bool:
    """Whether people let the draft through, and not a rule alone."""
    return permit is not None and permit.granted_by.startswith("approval:")


def places_of(draft: Draft, verdict: Assessment, own_domains: Sequence[str]) -> tuple[Place, ...]:
    """All that the mail is counted under, whatever limits are in force."""
    own = {domain.casefold() for domain in own_domains}
    domains = {recipient.rpartition("@")[2].casefold() for recipient in draft.recipients} - own
    subjects = (
        (Per.SENDER, draft.on_behalf_of),
        (Per.ACCOUNT, verdict.account.id if verdict.account else ""),
        *((Per.RECIPIENT_DOMAIN, domain) for domain in sorted(domains)),
        (Per.AGENT, draft.agent),
        (Per.TIER, verdict.risk.tier.value),
    )
    return tuple(Place(per=per, subject=subject[:_LONGEST_SUBJECT]) for per, subject in subjects if subject)


def full_limits(
    reader: Reader, limits: Limits, places: Sequence[Place], *, at: datetime, draft_id: str
) -> Iterator[Use]:
    """The limits without a place under one of these for the draft, or action, with this id."""
    for limit in limits.each():
        for place in places:
            if place.per is limit.per and limit.tier in (None, place.subject):
                use = reader.uses.use(limit, place.subject, at=at, but=draft_id)
                if use.free_at is not None:
                    yield use
