"""The deal is on hold."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def hold(_draft: Draft, _findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result where somebody has stopped the deal for now."""
    deal = facts.deal
    if deal is not None and deal.on_hold:
        yield CheckResult(
            check=CHECK.id,
            severity=Severity.HIGH,
            message=f"{deal.name} is on hold",
            evidence=(evidence(facts, "crm", f"deals[{deal.id}].on_hold", "true"),),
        )


CHECK = Check(id="deal.hold", severities=(Severity.HIGH,), when="the deal is on hold", run=hold)
"""Needs no source by name: a hold that is known counts, whatever else the CRM could not say."""
