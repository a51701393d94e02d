"""A document that is out of date, or will be on the day for which it is promised."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.documents.shelf import is_expired
from app.checks.documents.uses import uses
from app.checks.results import day_name
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def expired(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A document that is out of date, or will be on the day for which it is promised."""
    now = today(facts)
    for use in uses(draft, findings, facts):
        end = use.document.expires
        if end is not None and is_expired(use.document, max(use.mention.day or now, now)):
            verb = "expired" if end < now else "will expire"
            message = f"{use.document.title} {verb} on {day_name(end, facts)}"
            yield use.result("document.expired", Severity.HIGH, message, field="expires")


CHECK = Check(
    id="document.expired",
    severities=(Severity.HIGH,),
    when="a document is promised, mentioned as attached or attached that will have expired",
    run=expired,
    needs=("library",),
)
