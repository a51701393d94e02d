"""The deal is over, and the mail goes on as if it were not."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

FINE_AFTER_WINNING = frozenset({"invoice_reminder", "meeting_confirmation", "reply"})
"""What is still written to a customer about a deal that is won."""


def closed(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result where the deal is lost, or won and this is no mail that follows a won deal."""
    deal = facts.deal
    if deal is None:
        return
    won = deal.stage == "closed_won" and draft.action not in FINE_AFTER_WINNING
    if won or deal.stage == "closed_lost":
        outcome = "won" if won else "lost"
        yield CheckResult(
            check=CHECK.id,
            severity=Severity.HIGH,
            message=f"{deal.name} is closed ({outcome}); this {draft.action.replace('_', '-')} comes too late",
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].stage", deal.stage),),
        )


CHECK = Check(
    id="deal.closed",
    severities=(Severity.HIGH,),
    when="the deal is lost; or it is won and the mail is no invoice reminder, meeting or reply",
    run=closed,
)
