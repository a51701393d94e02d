"""`calendar.travel`: there is no time to get from one place to another between two meetings."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.alternatives import another_time
from app.checks.calendar.needed import meetings
from app.checks.calendar.place import place_of, too_near
from app.checks.calendar.proposals import Proposal
from app.checks.calendar.taken import described, entries_evidence
from app.checks.check import Check
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def travel(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Only meetings in two physical places count: a call can be taken on the way."""
    for proposal, team in meetings(draft, findings, facts):
        place = None if _has_slack(proposal) else place_of(proposal.words, facts)
        if place is None:
            continue
        for diary in team:
            near = tuple(too_near(place, proposal.when, diary, facts.thresholds.travel))
            if diary.has_this_meeting(proposal.when) or not near:
                continue
            name, minutes = diary.person.name, round(facts.thresholds.travel.total_seconds() / 60)
            where = f"{near[0].location} ({described(near[0], diary, facts)})"
            yield CheckResult(
                check="calendar.travel",
                severity=Severity.MEDIUM,
                message=f"'{proposal.mention.text}' leaves {name} less than {minutes} minutes for {where}",
                spans=(proposal.span,),
                evidence=entries_evidence(near, diary, facts),
                suggestion=another_time(proposal, team, draft, facts),
            )


def _has_slack(proposal: Proposal) -> bool:
    return proposal.loose or proposal.sweeping


CHECK = Check(
    id="calendar.travel",
    severities=(Severity.MEDIUM,),
    when="a meeting on site is proposed right before or after an entry at another place",
    run=travel,
    needs=("calendar",),
)
