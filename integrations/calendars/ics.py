"""Busy times from one `.ics` file a person: `<folder>/<person id>.ics`."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from app.core.errors import FactUnavailable, InvalidWorld
from app.core.facts import BusySlot, Person
from integrations.calendars.events import slot_of, takes_time
from integrations.files import FactFile

_SOURCE = "calendar"
_LOCAL_SLACK = timedelta(days=1)
"""All-day and floating events are looked up with a day to spare: their place depends on the person's zone."""
_DAY = timedelta(days=1)
_REACH = timedelta(weeks=10)
"""How much of a calendar is expanded at once: more than any draft asks for, so that the next ones find it done."""
_MOST_REMEMBERED = 8
"""Stretches that one calendar remembers. They are replaced as the days go by."""
_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "TRANSP", "STATUS"})
_FAILURES = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What the calendar libraries raise over files that are not what they expect."""


class IcsCalendars:
    """Calendars as files. A file is parsed once for each change of its bytes."""

    def __init__(self, folder: Path, *, as_of: datetime | None = None) -> None:
        """`as_of` is the moment the files are vouched for; None: each file's own time."""
        self._folder = folder
        self._as_of = as_of
        self._lock = threading.Lock()
        self._files: dict[str, FactFile[_Agenda]] = {}

    def load(self) -> None:
        """Read every calendar now. Raises InvalidWorld, which names the file."""
        for path in sorted(self._folder.glob("*.ics")):
            self._file(path.stem).read()

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Transparent, cancelled and declined events are free; what is tentative or an absence says so. All-day and
        floating events stand in the person's zone.
        Raises FactUnavailable where the person has no calendar or it cannot be read.
        """
        agenda = self._file(person.id).fact()
        try:
            return agenda.taken(person, start, end)
        except _FAILURES as error:
            reason = f"{person.id}.ics holds an event that cannot be read: {_line(error)}"
            raise FactUnavailable(_SOURCE, reason) from error

    def as_of(self, person: Person) -> datetime:
        """The moment for which the person's calendar is vouched. Raises FactUnavailable where there is none."""
        return self._file(person.id).as_of()

    def _file(self, person_id: str) -> FactFile[_Agenda]:
        name = f"{person_id}.ics"
        if Path(name).name != name:
            raise FactUnavailable(_SOURCE, f"{person_id!a} is no file name; give the person an id without slashes")
        with self._lock:
            if person_id not in self._files:
                self._files[person_id] = FactFile(
                    self._folder / name,
                    source=_SOURCE,
                    parse=lambda data: _Agenda(data, file=name),
                    as_of=self._as_of,
                )
            return self._files[person_id]


class _Agenda:
    """The events of one file, repetitions expanded on demand."""

    def __init__(self, data: bytes, *, file: str) -> None:
        self._lock = threading.Lock()
        self._stretches: list[_Stretch] = []
        try:
            calendars = Calendar.from_ical(data, multiple=True)
            self._queries = [recurring_ical_events.of(_checked(calendar, file)) for calendar in calendars]
        except _FAILURES as error:
            raise InvalidWorld(f"is not an iCalendar file: {_line(error)}", field=f"calendars/{file}") from None
        if not calendars:
            raise InvalidWorld("has no VCALENDAR in it", field=f"calendars/{file}")

    def taken(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Expanding repetitions is slow, so a long stretch is expanded at once and remembered: draft after draft asks
        for days in it, and each for other ones.
        """
        zone = ZoneInfo(person.timezone)
        first, last = (moment.astimezone(zone).date() for moment in (start, end))
        with self._lock:
            whose = (person.email, person.timezone)
            known = next(
                (s for s in self._stretches if s.whose == whose and s.first <= first and last <= s.last), None
            )
            if known is None:
                until = max(last, first + _REACH)
                known = _Stretch(whose=whose, first=first, last=until, slots=self._expand(person, zone, first, until))
                self._stretches = [known, *self._stretches][:_MOST_REMEMBERED]
        stop = bisect_left(known.slots, end, key=lambda slot: slot.start)
        return [slot for slot in known.slots[:stop] if start < slot.end]

    def _expand(self, person: Person, zone: ZoneInfo, first: date, last: date) -> Sequence[BusySlot]:
        begin = datetime.combine(first, time(), zone) - _LOCAL_SLACK
        finish = datetime.combine(last, time(), zone) + _LOCAL_SLACK + _DAY
        events = chain.from_iterable(query.between(begin, finish) for query in self._queries)
        slots = [slot_of(event, person, zone) for event in events if takes_time(event, person)]
        taken = [slot for slot in slots if slot.start < slot.end]
        return tuple(sorted(taken, key=lambda slot: (slot.start, slot.end, slot.summary)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stretch:
    """Days of a calendar whose repetitions have been expanded, as one person sees them."""

    whose: tuple[str, str]
    first: date
    last: date
    slots: Sequence[BusySlot]


def _checked(calendar: Component, file: str) -> Component:
    """The calendar, unless the parser had to drop a time from one of its events: that event would look free."""
    for event in calendar.walk("VEVENT"):
        dropped = sorted({name for name, _ in event.errors if name in _TIMES})
        if "DTSTART" not in event:
            dropped.append("DTSTART")
        if dropped:
            summary = str(event.get("SUMMARY", "without a title"))
            raise InvalidWorld(f"event {summary[:40]!a} has no valid {dropped[0]}", field=f"calendars/{file}")
    return calendar


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0][:120] or type(error).__name__
