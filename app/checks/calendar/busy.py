"""`calendar.busy`: a proposed or accepted time is taken in the sender's calendar."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.alternatives import another_time
from app.checks.calendar.needed import meetings
from app.checks.calendar.taken import conflicts, described, entries_evidence
from app.checks.check import Check
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def busy(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A proposed time is taken. The entry of this very meeting in the calendar is no conflict."""
    for proposal, team in meetings(draft, findings, facts):
        sender = team.sender
        if sender is None or proposal.sweeping:
            continue
        if found := conflicts(proposal, sender, facts, tentative=False):
            yield CheckResult(
                check="calendar.busy",
                severity=Severity.HIGH,
                message=f"'{proposal.mention.text}' is taken: {described(found[0], sender, facts)}",
                spans=(proposal.span,),
                evidence=entries_evidence(found, sender, facts),
                suggestion=another_time(proposal, team, draft, facts),
            )


CHECK = Check(
    id="calendar.busy",
    severities=(Severity.HIGH,),
    when="a proposed or accepted time is taken in the sender's calendar",
    run=busy,
    needs=("calendar",),
)
