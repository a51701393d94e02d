"""`calendar.absence`: work is due on a day, or in a week, on which its sender is not there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.checks.calendar.diary import Diary
from app.checks.calendar.due import due_work, later_day
from app.checks.calendar.taken import described, entries_evidence
from app.checks.check import Check
from app.checks.worktime import is_working_day, working_span, zone_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import BusySlot, Facts
from app.core.findings import Due, Findings

_DAY_GRAINS = frozenset({"minute", "hour", "day"})


def absence(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The sender is away for all of the working time that is left for the promise in the words of its deadline."""
    if facts.busy_until is None:
        return
    diary = Diary(facts.sender, [slot for slot in facts.busy if slot.away])
    for commitment, due, day in due_work(findings, facts):
        days = _days(due, day, facts)
        leave = [slots for each in days if (slots := _away_all_of(each, diary))]
        if not days or len(leave) < len(days):
            continue
        slots = tuple(dict.fromkeys(slot for found in leave for slot in found))
        yield CheckResult(
            check="calendar.absence",
            severity=Severity.MEDIUM,
            message=f"{facts.sender.name} is away when '{due.text}' is due: {described(slots[0], diary, facts)}",
            spans=((commitment.start, commitment.end),),
            evidence=entries_evidence(slots, diary, facts),
            suggestion=later_day(due, day, _back(day, diary, facts), facts, why="is the first working day back"),
        )


def _days(due: Due, day: date, facts: Facts) -> list[date]:
    """The working days that the words of the deadline name: one, or those of a week."""
    if due.grain in _DAY_GRAINS:
        return [day] if is_working_day(day, facts.sender) else []
    if due.grain != "week" or due.from_ is None:
        return []
    first = due.from_.astimezone(zone_of(facts.sender)).date()
    named = (first + timedelta(days=n) for n in range((day - first).days + 1))
    return [each for each in named if is_working_day(each, facts.sender)]


def _away_all_of(day: date, diary: Diary) -> tuple[BusySlot, ...]:
    """The absences that cover the day's working hours, or nothing where some time is left."""
    hours = working_span(day, diary.person)
    if hours is None:
        return ()
    found = diary.entries(hours.start, hours.end)
    reached = hours.start
    for slot in sorted(found, key=lambda slot: slot.start):
        if slot.start > reached:
            return ()
        reached = max(reached, slot.end)
    return found if reached >= hours.end else ()


def _back(day: date, diary: Diary, facts: Facts) -> date | None:
    """The first working day after `day` with time on it, as far as the calendar was read."""
    zone = zone_of(diary.person)
    ahead = (day + timedelta(days=n) for n in range(1, 60))
    for each in ahead:
        if facts.busy_until is None or datetime.combine(each, time(), zone) >= facts.busy_until:
            return None
        if is_working_day(each, diary.person) and not _away_all_of(each, diary):
            return each
    return None


CHECK = Check(
    id="calendar.absence",
    severities=(Severity.MEDIUM,),
    when="work is due on a day, or in a week, on which its sender is on leave, travelling or otherwise away",
    run=absence,
    needs=("calendar",),
)
