"""The events of one calendar in the iCalendar format, repetitions expanded on demand."""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component

from app.core.facts import BusySlot, Person
from integrations.calendars.events import slot_of, takes_time

_LOCAL_SLACK = timedelta(days=1)
"""All-day and floating events are looked up with a day to spare: their place depends on the person's zone."""
_DAY = timedelta(days=1)
_REACH = timedelta(weeks=10)
"""How much of a calendar is expanded at once: more than any draft asks for, so that the next ones find it done."""
_MOST_REMEMBERED = 8
"""Stretches that one calendar remembers. They are replaced as the days go by."""
_BEGINNING = re.compile(rb"^BEGIN:VCALENDAR\b", re.MULTILINE | re.IGNORECASE)
_TIMES = frozenset({"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "TRANSP", "STATUS"})
_FAILURES = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What the calendar libraries raise over text that is not what they expect."""


class NoCalendar(Exception):
    """The text is no calendar, or one that cannot be relied on. The message may quote it."""


class Agenda:
    """The events of one calendar. Many threads may ask at once."""

    def __init__(self, data: bytes) -> None:
        """Raises NoCalendar where an event would be missing from what `taken` says."""
        self._lock = threading.Lock()
        self._stretches: list[_Stretch] = []
        try:
            calendars = Calendar.from_ical(data, multiple=True)
            self._queries = [recurring_ical_events.of(_checked(calendar)) for calendar in calendars]
        except _FAILURES as error:
            raise NoCalendar(f"is not an iCalendar file: {_line(error)}") from None
        if not calendars:
            raise NoCalendar("has no VCALENDAR in it")
        if len(calendars) < len(_BEGINNING.findall(data)):
            raise NoCalendar("breaks off in the middle of a VCALENDAR")

    def taken(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start, in the person's zone.

        Expanding repetitions is slow, so a long stretch is expanded at once and remembered: draft after draft asks
        for days in it, and each for other ones. Raises NoCalendar where an event in it cannot be read.
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
                slots = self._expand(person, zone, first, until)
                known = _Stretch(whose=whose, first=first, last=until, slots=slots)
                self._stretches = [known, *self._stretches][:_MOST_REMEMBERED]
        stop = bisect_left(known.slots, end, key=lambda slot: slot.start)
        return [slot for slot in known.slots[:stop] if start < slot.end]

    def _expand(self, person: Person, zone: ZoneInfo, first: date, last: date) -> Sequence[BusySlot]:
        begin = datetime.combine(first, time(), zone) - _LOCAL_SLACK
        finish = datetime.combine(last, time(), zone) + _LOCAL_SLACK + _DAY
        try:
            events = chain.from_iterable(query.between(begin, finish) for query in self._queries)
            slots = [slot_of(event, person, zone) for event in events if takes_time(event, person)]
        except _FAILURES as error:
            raise NoCalendar(f"holds an event that cannot be read: {_line(error)}") from error
        taken = [slot for slot in slots if slot.start < slot.end]
        return tuple(sorted(taken, key=lambda slot: (slot.start, slot.end, slot.summary)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stretch:
    """Days of a calendar whose repetitions have been expanded, as one person sees them."""

    whose: tuple[str, str]
    first: date
    last: date
    slots: Sequence[BusySlot]


def _checked(calendar: Component) -> Component:
    """The calendar, unless it says of a time that it is taken in a way that nobody here reads: it would look free."""
    if calendar.walk("VFREEBUSY"):
        raise NoCalendar("tells when its owner is busy and not by which events; have it published with its events")
    for event in calendar.walk("VEVENT"):
        dropped = sorted({name for name, _ in event.errors if name in _TIMES})
        if "DTSTART" not in event:
            dropped.append("DTSTART")
        if dropped:
            summary = str(event.get("SUMMARY", "without a title"))
            raise NoCalendar(f"event {summary[:40]!a} has no valid {dropped[0]}")
    return calendar


def _line(error: Exception) -> str:
    return str(error).partition("\n")[0][:120] or type(error).__name__
