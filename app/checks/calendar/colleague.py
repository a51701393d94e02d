"""`calendar.colleague`: a colleague who has to be there is taken or away at a proposed time."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.alternatives import another_time, free_within
from app.checks.calendar.diary import Diary, Team
from app.checks.calendar.needed import meetings
from app.checks.calendar.proposals import Proposal
from app.checks.calendar.taken import conflicts, described, entries_evidence
from app.checks.check import Check
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import BusySlot, Facts
from app.core.findings import Findings


def colleague(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A proposed time is taken for somebody whom the mail brings along, or sends instead of its sender."""
    for proposal, team in meetings(draft, findings, facts):
        if proposal.sweeping:
            continue
        for diary, found in _taken(proposal, team, facts):
            entry = described(found[0], diary, facts)
            yield CheckResult(
                check="calendar.colleague",
                severity=Severity.HIGH,
                message=f"{diary.person.name} cannot make '{proposal.mention.text}': {entry}",
                spans=(proposal.span,),
                evidence=entries_evidence(found, diary, facts),
                suggestion=another_time(proposal, team, draft, facts),
            )


def _taken(proposal: Proposal, team: Team, facts: Facts) -> Iterator[tuple[Diary, tuple[BusySlot, ...]]]:
    alone = [(d, found) for d in team.colleagues if (found := conflicts(proposal, d, facts, tentative=False))]
    yield from alone
    if alone or not proposal.loose or not team.colleagues or facts.busy_until is None:
        return
    if team.sender is not None and conflicts(proposal, team.sender, facts, tentative=False):
        return
    if not free_within(proposal.when, list(team), facts, tentative_too=False):
        yield from ((d, found) for d in team.colleagues if (found := d.conflicts(proposal.when)))


CHECK = Check(
    id="calendar.colleague",
    severities=(Severity.HIGH,),
    when="a colleague who has to be there is taken or away at a proposed time",
    run=colleague,
    needs=("people",),
)
