"""`calendar.notice`: a meeting or a call is proposed to begin too soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.checks.calendar.alternatives import another_time
from app.checks.calendar.diary import Team
from app.checks.calendar.needed import meetings
from app.checks.calendar.phrases import is_settled
from app.checks.calendar.proposals import Proposal
from app.checks.check import Check
from app.checks.results import evidence
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings


def notice(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A time that is already agreed is no surprise, however near: the words say so, or the calendar has it."""
    sent = max(facts.now, draft.send_after) if draft.send_after else facts.now
    for proposal, team in meetings(draft, findings, facts):
        left = proposal.when.start - sent
        if left >= facts.thresholds.short_notice or _is_agreed(proposal, team, draft):
            continue
        yield CheckResult(
            check="calendar.notice",
            severity=Severity.MEDIUM,
            message=f"'{proposal.mention.text}' is {_said(left)} after the mail is sent; "
            f"{_said(facts.thresholds.short_notice)} are the least notice",
            spans=(proposal.span,),
            evidence=(evidence(facts, "draft", "sent at the earliest", _minute(sent)),),
            suggestion=another_time(proposal, team, draft, facts),
        )


def _is_agreed(proposal: Proposal, team: Team, draft: Draft) -> bool:
    if proposal.loose or proposal.sweeping or draft.action == "meeting_confirmation" or is_settled(proposal.words):
        return True
    return any(diary.has_this_meeting(proposal.when) for diary in team)


def _said(stretch: timedelta) -> str:
    minutes = max(0, round(stretch / timedelta(minutes=1)))
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} minutes"
    return f"{hours} h {rest} min" if rest else f"{hours} hour{'s' if hours > 1 else ''}"


def _minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


CHECK = Check(
    id="calendar.notice",
    severities=(Severity.MEDIUM,),
    when="a meeting or a call is proposed to begin sooner than the least notice allows",
    run=notice,
    needs=("calendar",),
)
