"""Check of promises against the time that is left to keep them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.checks.ledger import already_promised
from app.checks.results import NO_WORK, day_name, evidence, is_senders_own, span
from app.checks.wording import day_reworded
from app.checks.worktime import is_working_day, next_working_day, taken_hours, today, working_span, zone_of
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, Findings, Strength

HOURS_FOR_A_PROMISE = 2.0
"""What keeping one promise is taken to cost."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Week:
    """What the rest of a week holds for a person, in hours."""

    monday: date
    capacity: float
    meetings: float
    promises: float

    @property
    def left(self) -> float:
        """Hours that nothing has claimed yet; negative where too much is claimed already."""
        return self.capacity - self.meetings - self.promises


def week(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A promise due in a week that is full. An offer that nobody has taken up, or an old promise, adds nothing."""
    known = already_promised(draft, findings, facts)
    by_week: dict[date, list[Commitment]] = {}
    for commitment in findings.commitments:
        due = commitment.due_day
        if due is not None and _takes_time(commitment, due, facts) and commitment not in known:
            by_week.setdefault(_monday(due), []).append(commitment)
    for monday, promised in sorted(by_week.items()):
        found = look_at_week(monday, facts)
        if found is not None and found.left < HOURS_FOR_A_PROMISE:
            yield _result(found, promised, facts)


def look_at_week(monday: date, facts: Facts) -> Week | None:
    """The week that begins on `monday`, from today on; None where capacity or calendar are not known."""
    capacity, sender, zone = facts.sender.capacity_hours_per_week, facts.sender, zone_of(facts.sender)
    end = datetime.combine(monday + timedelta(days=7), time(), zone)
    if capacity is None or not sender.working_hours.days or facts.busy_until is None:
        return None
    days = [monday + timedelta(days=n) for n in range(7)]
    ahead = [day for day in days if day >= today(facts) and is_working_day(day, sender)]
    spans = [hours for day in ahead if (hours := working_span(day, sender)) is not None]
    if not spans or min(end, spans[-1].end) > facts.busy_until:
        return None
    owed = [e for e in facts.ledger if e.person == sender.id and e.kind not in NO_WORK and e.due_day in days]
    return Week(
        monday=monday,
        capacity=capacity * len(ahead) / len(sender.working_hours.days),
        meetings=sum(taken_hours(facts.busy, stretch) for stretch in spans),
        promises=len(owed) * HOURS_FOR_A_PROMISE,
    )


def _takes_time(commitment: Commitment, due: date, facts: Facts) -> bool:
    if due < today(facts) or commitment.kind in NO_WORK or commitment.strength is Strength.CONDITIONAL:
        return False
    return is_senders_own(commitment)


def _result(found: Week, promised: list[Commitment], facts: Facts) -> CheckResult:
    sender = facts.sender
    return CheckResult(
        check="workload.week",
        severity=Severity.MEDIUM,
        message=(
            f"The week of {day_name(found.monday, facts)} leaves {sender.name} {max(found.left, 0):.1f} h: "
            f"{found.meetings:.1f} h of meetings and {found.promises:.0f} h of promises "
            f"against {found.capacity:.1f} h"
        ),
        spans=tuple(span(commitment) for commitment in promised),
        evidence=(
            evidence(
                facts,
                "people",
                f"people[{sender.id}].capacity_hours_per_week",
                sender.capacity_hours_per_week,
            ),
            evidence(facts, "calendar", "meeting hours", f"{found.meetings:.1f}"),
            evidence(facts, "ledger", "hours promised", f"{found.promises:.1f}"),
        ),
        suggestion=_later(found, promised[0], facts),
    )


def _later(full: Week, commitment: Commitment, facts: Facts) -> Suggestion | None:
    """The first working day of the next week that still has room, as far as the calendar was read."""
    due = commitment.due
    monday = full.monday + timedelta(days=7)
    if due is None or due.due_day is None:
        return None
    while (week := look_at_week(monday, facts)) is not None and week.left < HOURS_FOR_A_PROMISE:
        monday += timedelta(days=7)
    day = next_working_day(monday - timedelta(days=1), facts.sender)
    if week is None or day is None:
        return None
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, due.due_day, day, today=today(facts)),
        why=f"the week of {day_name(monday, facts)} has {week.left:.1f} h left",
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
