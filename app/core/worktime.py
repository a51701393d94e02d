"""A person's working time: days, holidays and hours, in the person's own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from app.core.facts import Person

_LOOK_AHEAD = 400
"""Days after which a person who has not worked enough by then is taken for one who does not work."""


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


def after_working_time(person: Person, start: datetime, amount: timedelta) -> datetime | None:
    """The moment, in UTC, at which the person has had so much working time since `start`.

    None for somebody who does not work that much within 400 days.
    """
    first, left = start.astimezone(zone_of(person)).date(), amount
    for day in (first + timedelta(days=n) for n in range(_LOOK_AHEAD)):
        hours = working_span(day, person)
        if hours is None:
            continue
        begin, end = max(hours.start.astimezone(UTC), start.astimezone(UTC)), hours.end.astimezone(UTC)
        if begin >= end:
            continue
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return None


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays(country, years=year)
