"""A step of a sequence that somebody paused."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def paused(draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Somebody paused the sequence for this deal, and the agent goes on."""
    deal, sequence = facts.deal, draft.sequence
    if deal is not None and sequence is not None and sequence.id in deal.paused_sequences:
        yield CheckResult(
            check="sequence.paused",
            severity=Severity.HIGH,
            message=f"The sequence {sequence.id} was paused for {deal.name}; this is its step {sequence.step}",
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].paused_sequences", sequence.id),),
        )


CHECK = Check(
    id="sequence.paused",
    severities=(Severity.HIGH,),
    when="the mail's sequence was paused for the deal",
    run=paused,
    needs=("crm",),
)
