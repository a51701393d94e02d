"""What a week holds for a person, in hours: capacity, meetings, and the promises that fall due in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.checks.results import NO_WORK
from app.checks.worktime import Span, is_working_day, taken_hours, today, working_span
from app.core.commitments import LedgerEntry
from app.core.facts import BusySlot, Facts
from app.core.findings import Commitment, Kind, Strength
from extractors.lazily import compiled

_DONE = compiled(r"\b(?:done|finished|completed?|ready|prepared|written|in your inbox|with you)\b", re.IGNORECASE)
_MEETS = compiled(
    r"\b(?:meet\w*|calls?|talk|speak|chat|demo|session|workshop|training|visit\w*|on[- ]?site|in person|kick-?off"
    r"|webinar|invit\w+|see you|join\w*|\d ?[ap]m|zoom|teams)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """What the rest of a week holds for a person, in hours, as far as the calendar was read."""

    monday: date
    capacity: float
    meetings: float
    promises: float
    free: tuple[tuple[date, float], ...]
    """For each working day on which the person is there, the working hours without meetings."""

    @property
    def left(self) -> float:
        """Hours that nothing has claimed yet; negative where too much is claimed already."""
        return self.capacity - self.meetings - self.promises

    def day_with(self, hours: float) -> date | None:
        """The first day by whose end that many hours were free; None where the week has not as many left."""
        total = self.promises
        if self.left < hours:
            return None
        for day, free in self.free:
            hours -= max(free - total, 0)
            total = max(total - free, 0)
            if hours <= 0:
                return day
        return None


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def kind_of(commitment: Commitment) -> Kind:
    """The kind of work; `the survey will be done by Friday` is no meeting, whatever it was taken for."""
    if commitment.kind is Kind.MEETING and _DONE.search(commitment.text) and not _MEETS.search(commitment.text):
        return Kind.OTHER
    return commitment.kind


def hours_for(kind: Kind, facts: Facts) -> float:
    """What keeping a promise of this kind costs: as the ledger's history has it, else as the company reckons."""
    return facts.effort.get(kind, facts.thresholds.effort.get(kind, 0.0))


def _hours_of(entry: LedgerEntry, facts: Facts) -> float:
    """What an open promise is reckoned at: by itself where somebody has said so, else by its kind."""
    return hours_for(entry.kind, facts) if entry.hours is None else entry.hours


def look_at_week(
    monday: date, facts: Facts, *, without: Iterable[LedgerEntry] = (), at_most: bool = False
) -> Week | None:
    """The week that begins on `monday`, from today on; None where capacity or calendar are not known.

    A day on which the sender is away has neither capacity nor meetings. Promises `without` which the week is looked
    at do not count. `at_most`: what it holds where there are no more meetings than are known, be the calendar read
    or not.
    """
    sender, until = facts.sender, facts.busy_until
    capacity = sender.capacity_hours_per_week
    if capacity is None or not sender.working_hours.days or (until is None and not at_most):
        return None
    days, first = [monday + timedelta(days=n) for n in range(7)], today(facts)
    ahead = [day for day in days if day >= first and is_working_day(day, sender)]
    spans = {
        day: span
        for day in ahead
        if (span := working_span(day, sender)) is not None and (at_most or (until is not None and span.end <= until))
    }
    if not spans:
        return None
    read = {day for day, span in spans.items() if until is not None and span.end <= until}
    away = [slot for slot in facts.busy if slot.away]
    there = {day: span for day, span in spans.items() if day not in read or not _is_away(span, away)}
    taken = {day: taken_hours(facts.busy, span) if day in read else 0.0 for day, span in there.items()}
    return Week(
        monday=monday,
        capacity=capacity * len(there) / len(sender.working_hours.days),
        meetings=sum(taken.values()),
        promises=sum(_hours_of(entry, facts) for entry in _owed(days, facts, without)),
        free=tuple((day, span.length / timedelta(hours=1) - taken[day]) for day, span in there.items()),
    )


def is_read(monday: date, facts: Facts) -> bool:
    """Whether the calendar was read to the end of the week's working time."""
    days = (monday + timedelta(days=n) for n in range(7))
    ends = [span.end for day in days if (span := working_span(day, facts.sender)) is not None]
    return facts.busy_until is not None and bool(ends) and ends[-1] <= facts.busy_until


def _is_away(span: Span, away: Sequence[BusySlot]) -> bool:
    return taken_hours(away, span) >= span.length / timedelta(hours=1)


def _owed(days: list[date], facts: Facts, without: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """What the sender has promised for these days. An offer that nobody has taken up takes no time yet."""
    left_out = {entry.id for entry in without}
    return [
        entry
        for entry in facts.ledger
        if entry.person == facts.sender.id
        and entry.due_day in days
        and entry.kind not in NO_WORK
        and entry.strength is not Strength.CONDITIONAL
        and entry.id not in left_out
    ]
