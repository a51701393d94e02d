"""What a proposed time runs into, and how to say it."""

from __future__ import annotations

from collections.abc import Iterator

from app.checks.calendar.alternatives import another_time, free_within
from app.checks.calendar.diary import Diary
from app.checks.calendar.needed import meetings
from app.checks.calendar.proposals import Proposal
from app.checks.results import day_name, evidence
from app.checks.worktime import zone_of
from app.core.checks import CheckResult, Evidence, Severity
from app.core.drafts import Draft
from app.core.facts import BusySlot, Facts
from app.core.findings import Findings

_MOST_SHOWN = 5
"""Entries that one result names as its evidence; a whole week may have dozens."""


def taken(
    draft: Draft, findings: Findings, facts: Facts, *, check: str, severity: Severity, says: str, tentative: bool
) -> Iterator[CheckResult]:
    """A result for each proposed time that runs into the sender's confirmed entries, or into tentative ones alone."""
    for proposal, team in meetings(draft, findings, facts):
        sender = team.sender
        if sender is None or proposal.sweeping:
            continue
        if found := conflicts(proposal, sender, facts, tentative=tentative):
            yield CheckResult(
                check=check,
                severity=severity,
                message=f"'{proposal.mention.text}' {says}: {described(found[0], sender, facts)}",
                spans=(proposal.span,),
                evidence=entries_evidence(found, sender, facts),
                suggestion=another_time(proposal, team, draft, facts),
            )


def conflicts(proposal: Proposal, diary: Diary, facts: Facts, *, tentative: bool) -> tuple[BusySlot, ...]:
    """The entries that make the proposed time impossible for one person: the confirmed ones, or only tentative ones.

    Of a loose time any free half hour will do. Nothing is said of what lies beyond the calendar as it was read.
    """
    if facts.busy_until is None or proposal.when.start >= facts.busy_until:
        return ()
    found = diary.conflicts(proposal.when)
    confirmed = tuple(slot for slot in found if not slot.tentative)
    if proposal.loose:
        blocked = not free_within(proposal.when, [diary], facts, tentative_too=False)
        doubtful = not blocked and not free_within(proposal.when, [diary], facts, tentative_too=True)
        return found if (doubtful if tentative else blocked) else ()
    if tentative:
        return () if confirmed else found
    return confirmed


def described(slot: BusySlot, diary: Diary, facts: Facts) -> str:
    """An entry as a person would name it, in the time zone of the person whose it is."""
    zone = zone_of(diary.person)
    start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
    day, summary = day_name(start.date(), facts), slot.summary or "a private entry"
    return f"{summary}, {day}" if slot.all_day else f"{summary}, {day} {start:%H:%M}–{end:%H:%M}"


def entries_evidence(slots: tuple[BusySlot, ...], diary: Diary, facts: Facts) -> tuple[Evidence, ...]:
    """The entries as the facts that a result rests on."""
    own = diary.person.id == facts.sender.id
    source = "calendar" if own else f"calendar of {diary.person.id}"
    return tuple(
        evidence(facts, source, slot.summary or "busy", f"{slot.start.isoformat()}/{slot.end.isoformat()}")
        for slot in slots[:_MOST_SHOWN]
    )
