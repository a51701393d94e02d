"""The floors that a stop and a full limit put under a verdict: a person looks, whatever the policy lets through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.approvals.resolvers import people_for
from app.core.approvals import Requirement
from app.core.assessment import Assessment, RuleMatch
from app.core.limits import Per, Stop
from app.core.ports import People
from app.core.routes import Route
from app.store.uses import Use

LIMIT = "builtin.limit"
STOPPED = "builtin.stopped"
STOP_PATIENCE = timedelta(days=7)
"""How long a request that a stop caused stays open at least: nobody can approve it before the stop is over."""
_UNITS = ((timedelta(days=1), "day"), (timedelta(hours=1), "hour"), (timedelta(minutes=1), "minute"))


def stop_floor(stop: Stop) -> RuleMatch:
    """The floor under what the stop holds; says who stopped it, when and why."""
    return RuleMatch(rule=STOPPED, route=Route.REVIEW, why=stop_in_words(stop))


def stop_in_words(stop: Stop) -> str:
    """`everything was stopped by ada at 2026-11-18 15:00 UTC: wrong price list`."""
    return f"{stop.what} was stopped by {stop.by} at {_minute(stop.at)}: {stop.reason}"


def limit_floor(use: Use) -> RuleMatch:
    """The floor under what finds a limit full; says which, for whom, how full, and when a place is free again."""
    limit = use.limit
    of = f"{use.subject} tier" if limit.per is Per.TIER else f"{limit.per.replace('_', ' ')} {use.subject}"
    free = f"; the next place is free at {_minute(use.free_at, up=True)}" if use.free_at else ""
    why = f"{limit.key}: {use.used} of {limit.most} in the last {window_in_words(limit.window)} for {of}{free}"
    return RuleMatch(rule=LIMIT, route=Route.REVIEW, why=why)


def window_in_words(window: timedelta) -> str:
    """`hour`, `7 days`: in the largest unit that leaves nothing over."""
    for unit, name in _UNITS:
        count, rest = divmod(window, unit)
        if count and not rest:
            return name if count == 1 else f"{count} {name}s"
    return f"{window.total_seconds():g} seconds"


def with_floors(
    verdict: Assessment, floors: Sequence[RuleMatch], *, people: People, editors: frozenset[str]
) -> Assessment:
    """The verdict above these floors. Where a rule of the policy is as strict already, that rule decides.

    Raises FactUnavailable where the directory cannot say who is asked.
    """
    matches = (*verdict.ruling.matches, *floors)
    noted = replace(verdict, ruling=replace(verdict.ruling, matches=matches))
    if not floors or verdict.route.strictness >= Route.REVIEW.strictness:
        return noted
    return _decided(noted, floors[0], Requirement(), people=people, editors=editors)


def held_back(
    fresh: Assessment, approved: Assessment | None, floor: RuleMatch, *, people: People, editors: frozenset[str]
) -> Assessment:
    """The verdict for a draft that was about to leave and meets this floor.

    `approved` is the verdict that people let through, if any did: they are asked again, as they were. Neither an
    agent's word nor silence is enough where a floor holds. Raises FactUnavailable where the directory cannot say who
    is asked.
    """
    noted = replace(fresh, ruling=replace(fresh.ruling, matches=(*fresh.ruling.matches, floor)))
    demand = (approved.ruling.approvals if approved else None) or Requirement()
    verdict = _decided(noted, floor, demand, people=people, editors=editors)
    return replace(verdict, approvers=approved.approvers) if approved and approved.approvers else verdict


def _decided(
    verdict: Assessment, floor: RuleMatch, demand: Requirement, *, people: People, editors: frozenset[str]
) -> Assessment:
    if floor.rule == STOPPED:
        demand = replace(demand, expires_after=max(demand.expires_after, STOP_PATIENCE))
    ruling = replace(verdict.ruling, route=floor.route, rule=floor.rule, why=floor.why, approvals=demand)
    asked = people_for(demand, sender=verdict.sender, deal=None, people=people, editors=editors)
    return replace(verdict, ruling=ruling, approvers=asked)


def _minute(moment: datetime, *, up: bool = False) -> str:
    """To the minute, in UTC; `up` for the first full minute that is not before the moment."""
    late = up and (moment.second or moment.microsecond)
    return (moment + timedelta(minutes=1) if late else moment).strftime("%Y-%m-%d %H:%M UTC")
