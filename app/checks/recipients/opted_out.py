"""A contact who asked for no more mail."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence, name_of
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def opted_out(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The CRM marks the contact so."""
    for recipient in facts.recipients:
        contact = recipient.contact
        if contact is not None and contact.opted_out:
            yield CheckResult(
                check="recipient.opted_out",
                severity=Severity.BLOCK,
                message=f"{name_of(recipient)} has opted out of our mail",
                evidence=(evidence(facts, "crm", f"contacts[{contact.id}].opted_out", "true"),),
            )


CHECK = Check(
    id="recipient.opted_out",
    severities=(Severity.BLOCK,),
    when="a recipient has asked not to be written to",
    run=opted_out,
    needs=("crm",),
)
