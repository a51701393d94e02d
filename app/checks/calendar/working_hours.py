"""`calendar.working_hours`: a proposed time or a due day when somebody who is needed does not work."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.alternatives import another_time
from app.checks.calendar.due import due_work, later_day
from app.checks.calendar.needed import meetings
from app.checks.calendar.offhours import day_off, hours_evidence, off_hours
from app.checks.check import Check
from app.checks.worktime import is_working_day, next_working_day
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

_DAY_GRAINS = frozenset({"minute", "hour", "day"})


def working_hours(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Of everybody who is needed, the first who does not work then gives the reason, and all are its evidence."""
    yield from _meetings(draft, findings, facts)
    yield from _due_days(findings, facts)


def _meetings(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    for proposal, team in meetings(draft, findings, facts):
        people = [diary.person for diary in team]
        off = [(person, why) for person in people if (why := off_hours(proposal, person, facts)) is not None]
        if off:
            yield CheckResult(
                check="calendar.working_hours",
                severity=Severity.MEDIUM,
                message=f"'{proposal.mention.text}' {off[0][1]}",
                spans=(proposal.span,),
                evidence=tuple(hours_evidence(person, facts) for person, _ in off),
                suggestion=another_time(proposal, team, draft, facts),
            )


def _due_days(findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    sender = facts.sender
    for commitment, due, day in due_work(findings, facts):
        if due.grain not in _DAY_GRAINS or is_working_day(day, sender):
            continue
        yield CheckResult(
            check="calendar.working_hours",
            severity=Severity.MEDIUM,
            message=f"'{due.text}' {day_off(day, sender, facts)}",
            spans=((commitment.start, commitment.end),),
            evidence=(hours_evidence(sender, facts),),
            suggestion=later_day(due, day, next_working_day(day, sender), facts, why="is the next working day"),
        )


CHECK = Check(
    id="calendar.working_hours",
    severities=(Severity.MEDIUM,),
    when="a proposed time or a due day lies outside the hours or days of somebody who is needed, or on a holiday",
    run=working_hours,
)
