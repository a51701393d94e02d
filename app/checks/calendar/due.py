"""The days on which the sender's own work is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.checks.calendar.weekdays import disagreeing
from app.checks.once import once
from app.checks.results import NO_WORK, day_name, is_senders_own
from app.checks.wording import day_reworded
from app.checks.worktime import today
from app.core.checks import Suggestion
from app.core.facts import Facts
from app.core.findings import Commitment, Due, Findings


@once
def due_work(findings: Findings, facts: Facts) -> Iterator[tuple[Commitment, Due, date]]:
    """Each commitment that takes the sender's working time, with its due day: today or later, and certain."""
    doubtful = disagreeing(findings, facts)
    for commitment in findings.commitments:
        due = commitment.due
        if due is None or due.due_day is None or due.due_day < today(facts):
            continue
        if any(pair.start < due.end and due.start < pair.end for pair in doubtful):
            continue
        if commitment.kind not in NO_WORK and is_senders_own(commitment):
            yield commitment, due, due.due_day


def later_day(due: Due, old: date, new: date | None, facts: Facts, *, why: str) -> Suggestion | None:
    """The words of a due day, for a later one instead."""
    if new is None:
        return None
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, old, new, today=today(facts)),
        why=f"{day_name(new, facts)} {why}",
    )
