"""A document that may not be shared yet is promised, said to be attached, or attached."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.documents.uses import uses
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def not_approved(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document that may not be shared yet."""
    for use in uses(draft, findings, facts):
        if not use.document.approved:
            message = f"{use.document.title} is not approved for sharing"
            yield use.result("document.not_approved", Severity.HIGH, message, field="approved")


CHECK = Check(
    id="document.not_approved",
    severities=(Severity.HIGH,),
    when="a document is promised, mentioned as attached or attached that is not approved for sharing",
    run=not_approved,
    needs=("library",),
)
