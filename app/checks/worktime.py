"""A person's working time: days, holidays, hours, and what of them is still free. Everything in the person's zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from app.core.facts import BusySlot, Facts, Person


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A stretch of time, half open, with offsets."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """Elapsed time, whatever the clocks do in between."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether the two stretches share a moment."""
        return self.start < end and start < self.end


def zone_of(person: Person) -> ZoneInfo:
    """The person's time zone."""
    return ZoneInfo(person.timezone)


def today(facts: Facts) -> date:
    """The calendar day that the sender has now."""
    return facts.now.astimezone(zone_of(facts.sender)).date()


def holiday(day: date, person: Person) -> str | None:
    """The name of the public holiday that the person has on the day, or None."""
    return _holidays(person.holidays, day.year).get(day) if person.holidays else None


def is_working_day(day: date, person: Person) -> bool:
    """Whether the person works on the day."""
    return day.weekday() in person.working_hours.days and holiday(day, person) is None


def next_working_day(day: date, person: Person) -> date | None:
    """The first working day after `day`; None for somebody who does not work within a fortnight of it."""
    ahead = (day + timedelta(days=n) for n in range(1, 15))
    return next((d for d in ahead if is_working_day(d, person)), None)


def working_span(day: date, person: Person) -> Span | None:
    """The person's hours on the day, None on a day off."""
    if not is_working_day(day, person):
        return None
    zone, hours = zone_of(person), person.working_hours
    return Span(start=datetime.combine(day, hours.start, zone), end=datetime.combine(day, hours.end, zone))


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


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year)
