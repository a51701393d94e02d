"""Working days: the sender's week and holidays."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache

import holidays

from extractors.errors import ExtractionError

MONDAY_TO_FRIDAY = frozenset(range(5))
_LONGEST_BREAK = 31
# Whose holidays are meant by a country that leaves them to its parts.
_CHIEF_PART = {"GB": "ENG"}


@dataclass(frozen=True, kw_only=True)
class WorkingHours:
    """The sender's working day, in the sender's zone, and the weekdays worked (Monday is 0)."""

    start: time = time(9)
    end: time = time(17)
    days: frozenset[int] = MONDAY_TO_FRIDAY


@dataclass(frozen=True, kw_only=True)
class BusinessCalendar:
    """Which days are worked."""

    hours: WorkingHours
    days_off: Container[date]

    def works(self, day: date) -> bool:
        return day.weekday() in self.hours.days and day not in self.days_off

    def last_working_day(self, first: date, last: date) -> date:
        """The last working day of a period, or its last day where none is worked."""
        return next((day for day in _backwards(first, last) if self.works(day)), last)

    def add_working_days(self, day: date, count: int) -> date:
        """The day `count` working days after (or, if negative, before) `day`; counted days are working days."""
        step = timedelta(days=1 if count >= 0 else -1)
        left = abs(count)
        idle = 0
        while left and idle < _LONGEST_BREAK:
            day += step
            idle = 0 if self.works(day) else idle + 1
            left -= idle == 0
        return day


def _backwards(first: date, last: date) -> Iterable[date]:
    for back in range(min((last - first).days, _LONGEST_BREAK) + 1):
        yield last - timedelta(days=back)


def business_calendar(hours: WorkingHours, country: str | None) -> BusinessCalendar:
    """The calendar of a country given as an ISO 3166 code ("US", "GB", "GB-SCT"), with public holidays; None knows
    none. "GB" alone means England and Wales.

    Raises ExtractionError for a country whose holidays are not known.
    """
    return BusinessCalendar(hours=hours, days_off=_days_off(country) if country else frozenset())


@lru_cache(maxsize=64)
def _days_off(country: str) -> Container[date]:
    code, _, subdivision = country.partition("-")
    try:
        return holidays.country_holidays(code, subdiv=subdivision or _CHIEF_PART.get(code))
    except NotImplementedError as error:
        raise ExtractionError(
            f"No holidays are known for the country {country!r}; give an ISO 3166 code such as US, GB or DE, or none."
        ) from error
