"""What the product will do, and when, said without product's word for it."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.approved.claims import roadmap_claims
from app.checks.approved.coverage import SOURCE
from app.checks.approved.uncovered import uncovered
from app.checks.check import Check
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def roadmap(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each thing announced that no approved statement covers."""
    yield from uncovered(CHECK.id, roadmap_claims(findings, today=today(facts)), facts)


CHECK = Check(
    id="approved.roadmap",
    severities=(Severity.HIGH,),
    when="something is announced for the product that product has not approved for this customer and day",
    run=roadmap,
    needs=(SOURCE,),
)
