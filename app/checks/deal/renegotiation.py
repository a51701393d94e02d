"""A reminder to pay, while what has to be paid is being talked about."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

INVOICE_REMINDER = "invoice_reminder"
RENEGOTIATION = "renegotiation"
"""As the CRM's `legal_terms`, and as one of a deal's flags."""


def renegotiation(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for an invoice reminder while the deal's terms are open."""
    deal = facts.deal
    if deal is None or draft.action != INVOICE_REMINDER:
        return
    if deal.legal_terms == RENEGOTIATION:
        fact = evidence(facts, "crm", f"deals[{deal.id}].legal_terms", deal.legal_terms)
    elif RENEGOTIATION in {flag.casefold() for flag in deal.flags}:
        fact = evidence(facts, "crm", f"deals[{deal.id}].flags", ", ".join(deal.flags))
    else:
        return
    yield CheckResult(
        check=CHECK.id,
        severity=Severity.HIGH,
        message=f"{deal.name} is being renegotiated; a payment reminder now cuts across the talks",
        evidence=(fact,),
    )


CHECK = Check(
    id="deal.renegotiation",
    severities=(Severity.HIGH,),
    when="an invoice reminder while the deal's terms are renegotiated",
    run=renegotiation,
)
