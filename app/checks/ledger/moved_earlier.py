"""`ledger.moved_earlier`: the draft tells the customer that a promise will be kept sooner."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.ledger.moved import moved, moved_result
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def moved_earlier(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Good news for the customer, and less time for whoever has to keep it."""
    for match in moved(draft, findings, facts):
        if not match.later:
            yield moved_result(
                match, facts, check="ledger.moved_earlier", severity=Severity.MEDIUM, how="an earlier day"
            )


CHECK = Check(
    id="ledger.moved_earlier",
    severities=(Severity.MEDIUM,),
    when="the mail says that something promised comes on an earlier day than was promised",
    run=moved_earlier,
    needs=("ledger",),
)
