"""`ledger.duplicate`: a promise made twice."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.ledger.matching import matches
from app.checks.ledger.said import entry_evidence, promised
from app.checks.results import day_name
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def duplicate(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The same thing for the same day again, or both times for none."""
    for match in matches(draft, findings, facts):
        if match.sure and match.repeats and match.statement.undertakes:
            made = day_name(match.entry.made_at.date(), facts)
            yield CheckResult(
                check="ledger.duplicate",
                severity=Severity.LOW,
                message=f"{promised(match.entry, facts)} on {made} already",
                spans=((match.statement.start, match.statement.end),),
                evidence=entry_evidence(match.entry, facts),
            )


CHECK = Check(
    id="ledger.duplicate",
    severities=(Severity.LOW,),
    when="the same thing is promised already, for the same day",
    run=duplicate,
    needs=("ledger",),
)
