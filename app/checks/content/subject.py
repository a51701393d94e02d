"""A promise in the subject line, where no other check looks."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.passages import quoted, shown
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings, Kind


def subject(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A meeting that the body names is looked at there."""
    met = {c.due_day for c in findings.commitments if c.kind is Kind.MEETING and c.due_day}
    for promise in findings.subject:
        if promise.kind is Kind.MEETING and promise.due_day in met:
            continue
        yield CheckResult(
            check="content.subject",
            severity=Severity.MEDIUM,
            message=f"The subject itself promises: “{shown(promise.text)}”",
            evidence=(quoted("subject", draft.subject, facts),),
        )


CHECK = Check(
    id="content.subject",
    severities=(Severity.MEDIUM,),
    when="the subject line makes a promise by itself",
    run=subject,
)
