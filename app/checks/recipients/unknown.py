"""An address that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence, is_own_domain
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def unknown(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """First contact with a stranger is what a cold outreach is for."""
    cold = draft.action == "cold_outreach"
    for recipient in facts.recipients:
        if not recipient.known and not is_own_domain(recipient.email, facts):
            yield CheckResult(
                check="recipient.unknown",
                severity=Severity.LOW if cold else Severity.MEDIUM,
                message=f"{recipient.email} is neither a contact in the CRM nor a colleague",
                evidence=(evidence(facts, "crm", f"contacts[{recipient.email}]", "none"),),
            )


CHECK = Check(
    id="recipient.unknown",
    severities=(Severity.MEDIUM, Severity.LOW),
    when="an address belongs to no contact and no colleague; low in a cold outreach",
    run=unknown,
    needs=("crm", "people"),
)
