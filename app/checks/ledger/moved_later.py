"""`ledger.moved_later`: the draft tells the customer that a promise will be kept later."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.ledger.moved import moved, moved_result
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def moved_later(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Whether to let a customer down is for a person to say, however openly it is told."""
    for match in moved(draft, findings, facts):
        if match.later:
            yield moved_result(match, facts, check="ledger.moved_later", severity=Severity.HIGH, how="a later day")


CHECK = Check(
    id="ledger.moved_later",
    severities=(Severity.HIGH,),
    when="the mail says that something promised comes on a later day than was promised",
    run=moved_later,
    needs=("ledger",),
)
