"""A guarantee that nobody entitled to has approved."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.approved.claims import guarantee_claims
from app.checks.approved.coverage import SOURCE
from app.checks.approved.uncovered import uncovered
from app.checks.check import Check
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def guarantee(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each guarantee that no approved statement covers."""
    yield from uncovered(CHECK.id, guarantee_claims(findings), facts)


CHECK = Check(
    id="approved.guarantee",
    severities=(Severity.HIGH,),
    when="something is guaranteed that is not approved for this customer, or more of it than is approved",
    run=guarantee,
    needs=(SOURCE,),
)
