"""When something happens to a request by itself. Every moment follows from what is kept in its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from app.approvals.resolvers import NEVER_BY_SILENCE
from app.core.approvals import ApprovalRequest, ResolverKind
from app.core.facts import Person
from app.core.worktime import after_working_time


class Timer(StrEnum):
    """What a timer does, the most important first: the first of those that have rung is the one that acts."""

    EXPIRY = "expiry"
    CONSENT = "consent"
    """Nobody objected in time, where the rule takes that for consent."""
    ESCALATION = "escalation"
    REMINDER = "reminder"
    ABSENCE = "absence"
    """Somebody who is asked goes away or comes back."""


def timers(
    request: ApprovalRequest, *, asked: Sequence[Person | None], missing: int, change: datetime | None
) -> Mapping[Timer, datetime]:
    """When each timer of a waiting request rings, in UTC.

    `asked` are those who are there and have not spoken, None for an agent, whose time never stops; `missing` is how
    many approvals the stage still lacks; `change` is when one of them goes away or comes back.
    """
    found = {Timer.EXPIRY: request.expires_at}
    if change is not None:
        found[Timer.ABSENCE] = change
    if request.paused:
        return found
    demand, since = request.requirement, request.asked_since
    if (consent := _consent_after(request)) is not None:
        found[Timer.CONSENT] = since + consent
    if demand.escalate_after and not request.ladder_ended:
        _put(found, Timer.ESCALATION, served(asked, since, demand.escalate_after, missing))
    if demand.remind_after:
        _put(found, Timer.REMINDER, served(asked, since, demand.remind_after * (request.reminders + 1), missing))
    return found


def rung(found: Mapping[Timer, datetime], *, now: datetime) -> Timer | None:
    """The timer that acts now, if any has rung."""
    return next((timer for timer in Timer if timer in found and found[timer] <= now), None)


def served(asked: Sequence[Person | None], since: datetime, amount: timedelta, missing: int) -> datetime | None:
    """When as many of those asked as are still missing have had so much working time; None where nobody works."""
    each = (since + amount if person is None else after_working_time(person, since, amount) for person in asked)
    moments = sorted(moment for moment in each if moment is not None)
    return moments[min(max(missing, 1), len(moments)) - 1] if moments else None


def _consent_after(request: ApprovalRequest) -> timedelta | None:
    resolver = request.wanted.resolver
    if resolver.kind is not ResolverKind.AUTO_APPROVE or request.tier is None or request.tier in NEVER_BY_SILENCE:
        return None
    return None if request.requirement.step_up else resolver.after


def _put(found: dict[Timer, datetime], timer: Timer, moment: datetime | None) -> None:
    if moment is not None:
        found[timer] = moment
