"""Checks on the deal a mail is about: may it be written at all, and is it large enough for a second look?"""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.results import evidence, span
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

LARGE_DEAL = 100_000.0
"""From this amount on, in whatever currency the deal is, a promise is worth a second look."""
INVOICE_REMINDER = "invoice_reminder"
FINE_AFTER_WINNING = frozenset({INVOICE_REMINDER, "meeting_confirmation", "reply"})
"""What is still written to a customer about a deal that is won."""
RENEGOTIATION = "renegotiation"


def hold(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The deal is on hold."""
    deal = facts.deal
    if deal is not None and deal.on_hold:
        yield CheckResult(
            check="deal.hold",
            severity=Severity.HIGH,
            message=f"{deal.name} is on hold",
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].on_hold", "true"),),
        )


def closed(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The deal is over and this mail goes on as if it were not."""
    deal = facts.deal
    if deal is None:
        return
    won = deal.stage == "closed_won" and draft.action not in FINE_AFTER_WINNING
    if won or deal.stage == "closed_lost":
        outcome = "won" if won else "lost"
        yield CheckResult(
            check="deal.closed",
            severity=Severity.HIGH,
            message=f"{deal.name} is closed ({outcome}); this {draft.action.replace('_', '-')} comes too late",
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].stage", deal.stage),),
        )


def renegotiation(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A reminder to pay while it is being talked about what has to be paid."""
    deal = facts.deal
    if deal is None or draft.action != INVOICE_REMINDER:
        return
    if deal.legal_terms == RENEGOTIATION:
        fact = evidence(facts, "crm", f"deals[{deal.id}].legal_terms", deal.legal_terms)
    elif RENEGOTIATION in deal.flags:
        fact = evidence(facts, "crm", f"deals[{deal.id}].flags", ", ".join(deal.flags))
    else:
        return
    yield CheckResult(
        check="deal.renegotiation",
        severity=Severity.HIGH,
        message=f"{deal.name} is being renegotiated; a payment reminder now cuts across the talks",
        evidence=(fact,),
    )


def amount(
    _draft: Draft, findings: Findings, facts: Facts, *, threshold: float = LARGE_DEAL
) -> Iterator[CheckResult]:
    """A promise on a large deal."""
    deal = facts.deal
    if deal is not None and deal.amount >= threshold and findings.commitments:
        yield CheckResult(
            check="deal.amount",
            severity=Severity.MEDIUM,
            message=f"This makes a promise on {deal.name}, worth {deal.amount:,.0f} {deal.currency}",
            spans=tuple(span(commitment) for commitment in findings.commitments),
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].amount", f"{deal.amount:.2f} {deal.currency}"),),
        )
