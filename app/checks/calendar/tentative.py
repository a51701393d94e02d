"""`calendar.tentative`: a proposed or accepted time may be taken: the sender's entry for it is not confirmed."""

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


def tentative(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Only entries that may still fall through are in the way of a proposed time."""
    for proposal, team in meetings(draft, findings, facts):
        sender = team.sender
        if sender is None or proposal.sweeping:
            continue
        if found := conflicts(proposal, sender, facts, tentative=True):
            entry = described(found[0], sender, facts)
            yield CheckResult(
                check="calendar.tentative",
                severity=Severity.MEDIUM,
                message=f"'{proposal.mention.text}' may be taken, not confirmed: {entry}",
                spans=(proposal.span,),
                evidence=entries_evidence(found, sender, facts),
                suggestion=another_time(proposal, team, draft, facts),
            )


CHECK = Check(
    id="calendar.tentative",
    severities=(Severity.MEDIUM,),
    when="a proposed or accepted time has an entry in the sender's calendar that is not confirmed",
    run=tentative,
    needs=("calendar",),
)
