"""Busy times from one `.ics` file a person: `<folder>/<person id>.ics`."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event, vCalAddress

from app.core.errors import FactUnavailable, InvalidWorld
from app.core.facts import BusySlot, Person
from integrations.addresses import address_key
from integrations.files import FactFile

_SOURCE = "calendar"
_LOCAL_SLACK = timedelta(days=1)
"""All-day and floating events are looked up with a day to spare: their place depends on the person's zone."""
_DAY = timedelta(days=1)
_MOST_REMEMBERED = 256
"""Look-ups that one calendar remembers; enough for a person's drafts of a day."""
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

        Transparent, cancelled and declined events are free. All-day and floating events stand in the person's zone.
        Raises FactUnavailable where the person has no calendar or it cannot be read.
        """
        agenda = self._file(person.id).fact()
        try:
            slots = agenda.taken(person, start, end)
        except _FAILURES as error:
            reason = f"{person.id}.ics holds an event that cannot be read: {_line(error)}"
            raise FactUnavailable(_SOURCE, reason) from error
        return [slot for slot in slots if slot.start < end and start < slot.end]

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
        self._taken: dict[tuple[str, str, date, date], Sequence[BusySlot]] = {}
        try:
            calendars = Calendar.from_ical(data, multiple=True)
            self._queries = [recurring_ical_events.of(_checked(calendar, file)) for calendar in calendars]
        except _FAILURES as error:
            raise InvalidWorld(f"is not an iCalendar file: {_line(error)}", field=f"calendars/{file}") from None
        if not calendars:
            raise InvalidWorld("has no VCALENDAR in it", field=f"calendars/{file}")

    def taken(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots of all days that the stretch touches, in order of start, in the person's zone.

        Whole days are looked up, and remembered: draft after draft asks for the same ones.
        """
        zone = ZoneInfo(person.timezone)
        first, last = ((moment.astimezone(zone)).date() for moment in (start, end))
        key = (person.email, person.timezone, first, last)
        with self._lock:
            if key not in self._taken:
                if len(self._taken) >= _MOST_REMEMBERED:
                    self._taken.clear()
                self._taken[key] = self._expand(person, zone, first, last)
            return self._taken[key]

    def _expand(self, person: Person, zone: ZoneInfo, first: date, last: date) -> Sequence[BusySlot]:
        begin = datetime.combine(first, time(), zone) - _LOCAL_SLACK
        finish = datetime.combine(last, time(), zone) + _LOCAL_SLACK + _DAY
        events = chain.from_iterable(query.between(begin, finish) for query in self._queries)
        slots = [_slot(event, zone) for event in events if _takes_time(event, person)]
        taken = [slot for slot in slots if slot.start < slot.end]
        return tuple(sorted(taken, key=lambda slot: (slot.start, slot.end, slot.summary)))


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


def _takes_time(event: Event, person: Person) -> bool:
    if str(event.get("TRANSP", "OPAQUE")).upper() == "TRANSPARENT":
        return False
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return False
    if str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE":
        return False
    own = address_key(person.email)
    return not any(
        address_key(str(attendee).lower().removeprefix("mailto:")) == own
        and str(attendee.params.get("PARTSTAT", "")).upper() == "DECLINED"
        for attendee in _attendees(event)
    )


def _attendees(event: Event) -> list[vCalAddress]:
    found = event.get("ATTENDEE", [])
    return [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, vCalAddress)]


def _slot(event: Event, zone: ZoneInfo) -> BusySlot:
    return BusySlot(
        start=_moment(event.start, zone),
        end=_moment(event.end, zone),
        summary=str(event.get("SUMMARY", "")),
        all_day=not isinstance(event.start, datetime),
    )


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0][:120] or type(error).__name__
