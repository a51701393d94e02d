"""`calendar.busy`: a proposed or accepted time is taken in the sender's calendar."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.taken import taken
from app.checks.check import Check
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def busy(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A proposed time is taken. The entry of this very meeting in the calendar is no conflict."""
    return taken(
        draft, findings, facts, check="calendar.busy", severity=Severity.HIGH, says="is taken", tentative=False
    )


CHECK = Check(
    id="calendar.busy",
    severities=(Severity.HIGH,),
    when="a proposed or accepted time is taken in the sender's calendar",
    run=busy,
    needs=("calendar",),
)
