"""`workload.week`: a promise is due in a week that has no room for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from app.checks.check import Check
from app.checks.deal.sentences import Sentence, sentences
from app.checks.ledger.dues import due_of
from app.checks.ledger.matching import already_promised
from app.checks.ledger.statements import sentence_of
from app.checks.results import NO_WORK, day_name, evidence, is_senders_own, span
from app.checks.wording import day_reworded
from app.checks.workload.weeks import Week, hours_for, is_read, kind_of, look_at_week, monday_of
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, Due, Findings, Strength
from extractors.lazily import compiled

_UNTIL = compiled(
    r"\W*(?:(?:so|but|and|just|please|if you(?: can| could)?) )*(?:give|allow|grant|let|leave|bear with) (?:me|us)"
    r"(?: have)? (?:until|till|to|the (?:week|day)|(?:a|one|two|three|four|five|\d+) (?:\w+ )?(?:days?|weeks?))\b",
    re.IGNORECASE,
)


def week(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Promises take their hours in the order of their days; each that finds too few left is told.

    An offer that nobody has taken up takes no time, nor does a promise that is in the ledger already.
    """
    known = already_promised(draft, findings, facts)
    repeated = {match.statement.commitment for match in known if match.repeats}
    moved = tuple(match.entry for match in known if not match.repeats)
    room = _Room(facts, moved)
    read = sentences(findings)
    placed = ((sentence_of(c, read), c) for c in findings.commitments if c not in repeated)
    dated = ((due_of(c, s), c) for s, c in placed if c.strength is not Strength.CONDITIONAL or _only_asks_for_time(s))
    for day, _, due, commitment in sorted(
        (due.due_day, commitment.start, due, commitment)
        for due, commitment in dated
        if due is not None and due.due_day is not None and _takes_time(commitment, due.due_day, facts)
    ):
        hours = hours_for(kind_of(commitment), facts)
        found = room.week_of(day)
        if found is None or room.take(found, hours):
            continue
        yield _result(found, commitment, due, room, facts)


class _Room:
    """The hours that are left in each week, as the promises of the draft take them."""

    def __init__(self, facts: Facts, moved: tuple[LedgerEntry, ...]) -> None:
        self._facts = facts
        self._moved = moved
        self._taken: dict[date, float] = {}

    def week(self, monday: date) -> Week | None:
        return look_at_week(monday, self._facts, without=self._moved)

    def week_of(self, day: date) -> Week | None:
        """The week of a day; where the calendar was not read so far, as if no meeting were in it."""
        monday = monday_of(day)
        unread = not is_read(monday, self._facts)
        return look_at_week(monday, self._facts, without=self._moved, at_most=unread)

    def left(self, week: Week) -> float:
        return week.left - self._taken.get(week.monday, 0.0)

    def take(self, week: Week, hours: float) -> bool:
        """Take hours from a week, where it has them."""
        if self.left(week) < hours:
            return False
        self._taken[week.monday] = self._taken.get(week.monday, 0.0) + hours
        return True

    def first_day_with(self, hours: float, after: Week) -> tuple[date, float] | None:
        """The first day of a later week by which the hours are there, and what its week had left."""
        monday = after.monday + timedelta(days=7)
        while (week := self.week(monday)) is not None:
            day, left = week.day_with(hours + self._taken.get(monday, 0.0)), self.left(week)
            if day is not None and self.take(week, hours):
                return day, left
            monday += timedelta(days=7)
        return None


def _takes_time(commitment: Commitment, day: date, facts: Facts) -> bool:
    kind = kind_of(commitment)
    if day < today(facts) or kind in NO_WORK or not is_senders_own(commitment):
        return False
    return hours_for(kind, facts) > 0


def _only_asks_for_time(sentence: Sentence | None) -> bool:
    """`Give me until Friday and I'll have it done`: that is no offer which somebody has to take up first."""
    return sentence is not None and _UNTIL.match(sentence.text) is not None


def _result(found: Week, commitment: Commitment, due: Due, room: _Room, facts: Facts) -> CheckResult:
    sender, kind = facts.sender, kind_of(commitment)
    hours = hours_for(kind, facts)
    return CheckResult(
        check="workload.week",
        severity=Severity.MEDIUM,
        message=(
            f"The week of {day_name(found.monday, facts)} leaves {sender.name} {max(room.left(found), 0):.1f} h, and "
            f"this takes {hours:.1f} h: {found.meetings:.1f} h of meetings and {found.promises:.1f} h of promises "
            f"against {found.capacity:.1f} h"
        ),
        spans=(span(commitment),),
        evidence=(
            evidence(facts, "people", f"people[{sender.id}].capacity_hours_per_week", sender.capacity_hours_per_week),
            evidence(facts, "calendar", "meeting hours", f"{found.meetings:.1f}"),
            evidence(facts, "ledger", "hours promised", f"{found.promises:.1f}"),
            evidence(facts, "ledger", f"hours for {kind.value}", f"{hours:.1f}"),
        ),
        suggestion=_later(found, due, hours, room, facts),
    )


def _later(full: Week, due: Due, hours: float, room: _Room, facts: Facts) -> Suggestion | None:
    """The first day with capacity in a later week, as far as the calendar was read."""
    found = room.first_day_with(hours, full)
    if due.due_day is None or found is None:
        return None
    day, left = found
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, due.due_day, day, today=today(facts)),
        why=f"the week of {day_name(monday_of(day), facts)} has {left:.1f} h left",
    )


CHECK = Check(
    id="workload.week",
    severities=(Severity.MEDIUM,),
    when="a promise is due in a week that leaves its sender fewer hours than keeping it takes",
    run=week,
    needs=("calendar", "ledger"),
)
