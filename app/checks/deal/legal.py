"""Legal terms are promised or accepted that the legal department has not let go yet."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.approved.claims import Claim
from app.checks.approved.coverage import covering
from app.checks.check import Check
from app.checks.deal.legal_terms import LegalTerm, legal_terms
from app.checks.deal.renegotiation import RENEGOTIATION
from app.checks.results import evidence
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import Deal, Facts
from app.core.findings import Findings, Kind

_COUNSEL = "legal"
"""The role whose holders may speak about terms for themselves."""


def legal(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each term that is approved neither with the deal nor as a statement for this customer."""
    deal = facts.deal
    if deal is None or _COUNSEL in facts.sender.roles or (reason := _reason(deal, facts)) is None:
        return
    why, fact = reason
    for term in legal_terms(findings):
        if not covering(_claim(term), facts):
            yield CheckResult(
                check=CHECK.id,
                severity=Severity.HIGH,
                message=f"This settles a legal term ({term.name}), and {why}",
                spans=((term.start, term.end),),
                evidence=(fact,),
            )


def _reason(deal: Deal, facts: Facts) -> tuple[str, Evidence] | None:
    """Why no term of the deal may be settled in a mail, if so."""
    if deal.legal_terms == RENEGOTIATION:
        why = f"the terms of {deal.name} are being renegotiated"
        return why, evidence(facts, "crm", f"deals[{deal.id}].legal_terms", deal.legal_terms)
    if RENEGOTIATION in {flag.casefold() for flag in deal.flags}:
        why = f"{deal.name} is being renegotiated"
        return why, evidence(facts, "crm", f"deals[{deal.id}].flags", ", ".join(deal.flags))
    if not deal.legal_approved:
        why = f"legal has not approved the terms of {deal.name}"
        return why, evidence(facts, "crm", f"deals[{deal.id}].legal_approved", "false")
    return None


def _claim(term: LegalTerm) -> Claim:
    return Claim(kind=Kind.OTHER, text=term.text, start=term.start, end=term.end, day=None, due=None)


CHECK = Check(
    id="deal.legal",
    severities=(Severity.HIGH,),
    when="a legal term is promised or accepted while the deal's terms are renegotiated or not approved by legal",
    run=legal,
    needs=("crm", "approved"),
)
