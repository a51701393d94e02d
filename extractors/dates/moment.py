"""The moment of sending, and how the sender counts days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from extractors.dates.calendar import BusinessCalendar


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What dates are resolved against. `sent_at` is aware and in `zone`; None leaves dates found but unresolved."""

    sent_at: datetime | None
    zone: tzinfo
    calendar: BusinessCalendar
    day_first: bool

    def at(self, day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
        """A wall-clock time in a zone; hour 24 is midnight at the end of the day."""
        extra = timedelta(days=1) if hour >= 24 else timedelta()
        return datetime.combine(day + extra, time(hour % 24, minute), tzinfo=zone)

    def elapsed(self, start: datetime, span: timedelta) -> datetime:
        """`start` plus so much time that really passes, across changes of the clock."""
        return (start.astimezone(UTC) + span).astimezone(start.tzinfo)
