"""`calendar.tentative`: a proposed or accepted time may be taken: the sender's entry for it is not confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.taken import taken
from app.checks.check import Check
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def tentative(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Only entries that may still fall through are in the way of a proposed time."""
    return taken(
        draft,
        findings,
        facts,
        check="calendar.tentative",
        severity=Severity.MEDIUM,
        says="may be taken, not confirmed",
        tentative=True,
    )


CHECK = Check(
    id="calendar.tentative",
    severities=(Severity.MEDIUM,),
    when="a proposed or accepted time has an entry in the sender's calendar that is not confirmed",
    run=tentative,
    needs=("calendar",),
)
