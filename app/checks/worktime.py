"""A person's working time as checks look at it: the sender's today, and what of a stretch is taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from app.core.facts import BusySlot, Facts
from app.core.worktime import Span, holiday, is_working_day, next_working_day, working_span, zone_of

__all__ = [
    "Span",
    "holiday",
    "is_working_day",
    "next_working_day",
    "overlapping",
    "taken_hours",
    "today",
    "working_span",
    "zone_of",
]


def today(facts: Facts) -> date:
    """The calendar day that the sender has now."""
    return facts.now.astimezone(zone_of(facts.sender)).date()


def overlapping(busy: Iterable[BusySlot], start: datetime, end: datetime) -> tuple[BusySlot, ...]:
    """The taken slots that share a moment with the stretch."""
    return tuple(slot for slot in busy if slot.start < end and start < slot.end)


def taken_hours(busy: Iterable[BusySlot], within: Span) -> float:
    """How many hours of a stretch are taken; what lies on top of each other counts once."""
    clipped = sorted(
        (max(slot.start, within.start), min(slot.end, within.end))
        for slot in overlapping(busy, within.start, within.end)
    )
    total, reached = timedelta(0), within.start
    for start, end in clipped:
        total += max(end - max(start, reached), timedelta(0))
        reached = max(reached, end)
    return total / timedelta(hours=1)
