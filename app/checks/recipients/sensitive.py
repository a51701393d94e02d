"""A contact with whom every word is weighed."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def sensitive(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The CRM marks the contact so."""
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is not None and contact.sensitive:
            yield CheckResult(
                check="recipient.sensitive",
                severity=Severity.HIGH,
                message=f"{name_of(recipient)} is marked as a sensitive contact",
                evidence=(evidence(facts, "crm", f"contacts[{contact.id}].sensitive", "true"),),
            )


CHECK = Check(
    id="recipient.sensitive",
    severities=(Severity.HIGH,),
    when="a recipient is marked as sensitive",
    run=sensitive,
    needs=("crm",),
)
