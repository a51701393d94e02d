"""A promise on a large deal."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.deal.standing_in import tells_who_writes
from app.checks.results import evidence, span
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def amount(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for all promises of a mail on a deal of `thresholds.large_deal` or more, in its own currency."""
    deal = facts.deal
    if deal is None or deal.amount < facts.thresholds.large_deal:
        return
    if promises := [promise for promise in findings.commitments if not tells_who_writes(promise)]:
        yield CheckResult(
            check=CHECK.id,
            severity=Severity.MEDIUM,
            message=f"This makes a promise on {deal.name}, worth {deal.amount:,.0f} {deal.currency}",
            spans=tuple(span(promise) for promise in promises),
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].amount", f"{deal.amount:.2f} {deal.currency}"),),
        )


CHECK = Check(
    id="deal.amount",
    severities=(Severity.MEDIUM,),
    when="a promise on a deal of 100,000 or more, in its own currency",
    run=amount,
)
