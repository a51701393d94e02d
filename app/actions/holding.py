"""Whether an action may begin: is there a stop, and a place under every limit? Mail and actions share the places."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.core.actions import Action
from app.core.assessment import Assessment, RuleMatch
from app.core.errors import Conflict
from app.core.limits import Limits, Per, Stop
from app.limits.floors import limit_floor, stop_floor, stop_in_words
from app.limits.holding import full_limits, holds, is_attended
from app.store.action_rows import ActionRow
from app.store.store import Reader, Transaction
from app.store.uses import Place


def stop_on(stops: Sequence[Stop], action: Action) -> Stop | None:
    """The first of these stops that holds the action."""
    return next((stop for stop in stops if holds(stop, agent=action.agent, actions=(action.kind,))), None)


def require_not_stopped(reader: Reader, action_id: str, action: Action, *, doing: str) -> None:
    """Raise Conflict while a stop holds the action. `doing`: `approved`, `claimed`."""
    stop = stop_on(reader.stops.active(), action)
    if stop is not None:
        words = stop_in_words(stop)
        raise Conflict(f"action {action_id} cannot be {doing} now: {words}; resume {stop.what} first")


def floors_on(
    reader: Reader, action: Action, verdict: Assessment, limits: Limits, *, row: ActionRow | None, at: datetime
) -> tuple[RuleMatch, ...]:
    """What would hold the action if it were to begin now; `row` is its own where it is kept already."""
    stop = stop_on(reader.stops.active(), action)
    stopped = (stop_floor(stop),) if stop else ()
    if not verdict.route.sends_unattended or (row is not None and is_attended(row.permit)):
        return stopped
    full = full_limits(reader, limits, places_of(action, verdict), at=at, draft_id=row.id if row else "")
    return (*stopped, *map(limit_floor, full))


def take_places(tx: Transaction, row: ActionRow, verdict: Assessment, limits: Limits) -> RuleMatch | None:
    """The action begins in this transaction: take its place under every limit, before any row is written.

    Returns the limit that is full instead, and takes nothing then; what people approved counts and is not held.
    Raises Conflict while a stop holds it: it stays as it is, and may be claimed once the stop is lifted.
    """
    tx.stops.share()
    require_not_stopped(tx, row.id, row.action, doing="claimed")
    places = places_of(row.action, verdict)
    tx.uses.lock(places)
    if not is_attended(row.permit):
        full = next(full_limits(tx, limits, places, at=tx.now, draft_id=row.id), None)
        if full is not None:
            return limit_floor(full)
    tx.uses.take(row.id, places, at=tx.now)
    return None


def places_of(action: Action, verdict: Assessment) -> tuple[Place, ...]:
    """All that the action is counted under."""
    subjects = (
        (Per.SENDER, action.on_behalf_of),
        (Per.ACCOUNT, verdict.account.id if verdict.account else ""),
        (Per.AGENT, action.agent),
        (Per.TIER, verdict.risk.tier.value),
    )
    return tuple(Place(per=per, subject=subject) for per, subject in subjects if subject)
