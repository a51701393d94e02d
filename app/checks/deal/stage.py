"""Too early for this: prices before anybody knows whether there is a deal, legal terms before there is an offer."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.deal.legal_terms import legal_terms
from app.checks.deal.prices import prices
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts
from app.core.findings import Findings

NOT_QUALIFIED = frozenset({"prospecting", "prospect", "lead", "new", "qualification", "qualifying"})
"""Stages in which no price is named: a customer who is being qualified is not qualified yet."""
BEFORE_AN_OFFER = NOT_QUALIFIED | {"discovery"}
"""Stages in which no legal term is promised."""


def stage(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for what is said about prices too early, and one for legal terms."""
    deal = facts.deal
    if deal is None:
        return
    if deal.stage in NOT_QUALIFIED and (spans := tuple(dict.fromkeys(prices(findings, deal)))):
        yield _result("prices", "before the customer is qualified", spans, facts, deal)
    if deal.stage in BEFORE_AN_OFFER and (spans := tuple((t.start, t.end) for t in legal_terms(findings))):
        yield _result("legal terms", "before there is an offer", spans, facts, deal)


def _result(what: str, when: str, spans: tuple[tuple[int, int], ...], facts: Facts, deal: Deal) -> CheckResult:
    return CheckResult(
        check=CHECK.id,
        severity=Severity.HIGH,
        message=f"{deal.name} is in {deal.stage}; this speaks of {what} {when}",
        spans=spans,
        evidence=(evidence(facts, "crm", f"deals[{deal.id}].stage", deal.stage),),
    )


CHECK = Check(
    id="deal.stage",
    severities=(Severity.HIGH,),
    when="prices or discounts before the customer is qualified, or legal terms before there is an offer",
    run=stage,
    needs=("crm",),
)
