"""Who is away now: whoever said so, and whoever's calendar has them absent all day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.core.absences import Absence
from app.core.errors import FactUnavailable
from app.core.facts import BusySlot, Person
from app.core.ports import Calendars
from app.core.worktime import Span, working_span, zone_of

ASKED_AGAIN_AFTER = timedelta(minutes=5)
"""Who is away changes by the day; a decision must not wait for a calendar that answers slowly each time."""


class Diaries:
    """Who is absent by their calendar, each calendar asked every few minutes at most. For any number of threads."""

    def __init__(self, calendars: Calendars) -> None:
        self._calendars = calendars
        self._known: dict[str, tuple[datetime, Person, bool]] = {}

    def absent_all_day(self, person: Person, *, now: datetime) -> bool:
        """Whether leave or travel covers the working hours of the person's today, as far as is known."""
        asked_at, asked_about, absent = self._known.get(person.id, (None, None, False))
        is_fresh = asked_at is not None and timedelta(0) <= now - asked_at < ASKED_AGAIN_AFTER
        if not is_fresh or asked_about != person:
            absent = absent_all_day(person, self._calendars, now=now)
            self._known[person.id] = (now, person, absent)
        return absent


class AwayNow:
    """What is known at one moment."""

    def __init__(self, absences: Sequence[Absence], diaries: Diaries, *, now: datetime) -> None:
        self._said: dict[str, Absence] = {}
        for absence in absences:
            self._said.setdefault(absence.person, absence)
        self._diaries = diaries
        self._now = now

    def is_away(self, person: Person) -> bool:
        """Whether the person said so, or their calendar has them away for all of today's working hours."""
        return person.id in self._said or self._diaries.absent_all_day(person, now=self._now)

    def delegate(self, person_id: str) -> str | None:
        """Who stands in by what the person, or who set it for them, said; None where nobody was named."""
        absence = self._said.get(person_id)
        return absence.delegate if absence else None


def absent_all_day(person: Person, calendars: Calendars, *, now: datetime) -> bool:
    """Whether leave or travel covers the working hours of the person's today. A day off, or no calendar: no."""
    hours = working_span(now.astimezone(zone_of(person)).date(), person)
    if hours is None:
        return False
    try:
        busy = calendars.busy(person, hours.start, hours.end)
    except FactUnavailable:
        return False
    return _covered(hours, [slot for slot in busy if slot.away])


def _covered(span: Span, slots: Sequence[BusySlot]) -> bool:
    reached = span.start
    for slot in sorted(slots, key=lambda slot: slot.start):
        if slot.start - reached > timedelta(0):
            return False
        reached = max(reached, slot.end)
    return reached >= span.end
