"""`calendar.night`: a proposed time falls into the reader's night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.checks.calendar.alternatives import another_time
from app.checks.calendar.needed import meetings
from app.checks.calendar.proposals import A_DAY, Proposal
from app.checks.calendar.quiet import is_quiet, readers
from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Contact, Facts
from app.core.findings import Findings

_LONG_MEETING = timedelta(hours=2)


def night(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A reader would be asked to meet or to take a call between `quiet_from` and `quiet_until` of their own day."""
    for proposal, team in meetings(draft, findings, facts):
        woken = [contact for contact in readers(draft, facts) if _in_the_night(proposal, contact, facts)]
        if not woken:
            continue
        first = woken[0]
        there = proposal.when.start.astimezone(ZoneInfo(str(first.timezone)))
        yield CheckResult(
            check="calendar.night",
            severity=Severity.MEDIUM,
            message=f"'{proposal.mention.text}' is {there:%H:%M} on {there:%A} for {first.name} ({first.timezone})",
            spans=(proposal.span,),
            evidence=tuple(evidence(facts, "crm", f"contacts[{c.id}].timezone", c.timezone) for c in woken),
            suggestion=another_time(proposal, team, draft, facts),
        )


def _in_the_night(proposal: Proposal, contact: Contact, facts: Facts) -> bool:
    """A loose time, and a long stretch to choose from, is in the night only where all of it is."""
    when = proposal.when
    if when.length >= A_DAY / 2 or proposal.sweeping:
        return False
    chosen_from = proposal.loose or when.length > _LONG_MEETING
    moments: list[datetime] = [when.start, when.end] if chosen_from else [when.start]
    return all(is_quiet(moment, contact, facts) for moment in moments)


CHECK = Check(
    id="calendar.night",
    severities=(Severity.MEDIUM,),
    when="a proposed time falls into the reader's night",
    run=night,
    needs=("crm",),
)
