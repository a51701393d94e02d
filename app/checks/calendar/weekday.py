"""`calendar.weekday`: a weekday and a date that stand beside each other are not the same day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.checks.calendar.weekdays import Pair, disagreeing
from app.checks.check import Check
from app.checks.results import evidence
from app.checks.wording import weekday_like
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def weekday(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The reader cannot tell which of the two is right. Where a date can mean several days, one that fits will do."""
    for pair in disagreeing(findings, facts):
        yield _result(pair, pair.days[0], findings, facts)


def _result(pair: Pair, day: date, findings: Findings, facts: Facts) -> CheckResult:
    start, end = pair.weekday
    right = f"{day:%A} {day.day} {day:%B} {day.year}"
    return CheckResult(
        check="calendar.weekday",
        severity=Severity.HIGH,
        message=f"'{findings.text[pair.start : pair.end]}' does not agree: it is {right}",
        spans=((pair.start, pair.end),),
        evidence=(evidence(facts, "draft", "text", right),),
        suggestion=Suggestion(
            start=start,
            end=end,
            replacement=weekday_like(findings.text[start:end], day),
            why=f"{day.day} {day:%B} {day.year} is a {day:%A}",
        ),
    )


CHECK = Check(
    id="calendar.weekday",
    severities=(Severity.HIGH,),
    when="a weekday and the date beside it are not the same day",
    run=weekday,
)
