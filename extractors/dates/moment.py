"""The moment of sending, and how the sender counts days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from extractors.dates.calendar import BusinessCalendar

_MIDNIGHT = 24


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What dates are resolved against. `sent_at` is aware and in `zone`; None leaves dates found but unresolved.

    `fiscal_year_start` is the month (1 to 12) in which the sender's fiscal year begins; quarters, halves and fiscal
    years count from it, and a fiscal year is named after the calendar year it ends in.
    """

    sent_at: datetime | None
    zone: tzinfo
    calendar: BusinessCalendar
    day_first: bool
    fiscal_year_start: int = 1

    def at(self, day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
        """A wall-clock time in a zone; hour 24 is midnight at the end of the day."""
        extra = timedelta(days=1) if hour >= _MIDNIGHT else timedelta()
        return datetime.combine(day + extra, time(hour % _MIDNIGHT, minute), tzinfo=zone)

    def elapsed(self, start: datetime, span: timedelta) -> datetime:
        """`start` plus so much time that really passes, across changes of the clock."""
        return (start.astimezone(UTC) + span).astimezone(start.tzinfo)
