"""Checks of the times and days that a draft binds its sender to, against the sender's calendar and working time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from app.checks.proposals import USUAL_LENGTH, Proposal, proposals
from app.checks.results import NO_WORK, day_name, evidence, is_senders_own
from app.checks.wording import day_reworded, time_reworded, time_written_out
from app.checks.words import content_words
from app.checks.worktime import (
    Span,
    free_slots,
    holiday,
    is_working_day,
    next_working_day,
    overlapping,
    today,
    working_span,
    zone_of,
)
from app.core.checks import CheckResult, Evidence, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import BusySlot, Facts
from app.core.findings import Commitment, Due, Findings

_DAY_GRAINS = frozenset({"minute", "hour", "day"})


def busy(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A proposed time is taken. The entry of this very meeting in the calendar is no conflict."""
    for proposal in proposals(draft, findings, facts):
        conflicts = _conflicts(proposal, facts)
        if not conflicts:
            continue
        first = conflicts[0]
        yield CheckResult(
            check="calendar.busy",
            severity=Severity.HIGH,
            message=f"'{proposal.mention.text}' is taken: {_described(first, facts)}",
            spans=(proposal.span,),
            evidence=tuple(
                evidence(facts, "calendar", slot.summary, f"{slot.start.isoformat()}/{slot.end.isoformat()}")
                for slot in conflicts
            ),
            suggestion=_another_time(proposal, facts),
        )


def working_hours(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A proposed time or a due day when the sender does not work."""
    for proposal in proposals(draft, findings, facts):
        reason = _off_hours(proposal, facts)
        if reason is not None:
            yield CheckResult(
                check="calendar.working_hours",
                severity=Severity.MEDIUM,
                message=f"'{proposal.mention.text}' {reason}",
                spans=(proposal.span,),
                evidence=_hours_evidence(facts),
                suggestion=_another_time(proposal, facts),
            )
    for commitment in findings.commitments:
        if (result := _due_on_day_off(commitment, facts)) is not None:
            yield result


def _conflicts(proposal: Proposal, facts: Facts) -> tuple[BusySlot, ...]:
    if facts.busy_until is None or proposal.when.start >= facts.busy_until:
        return ()
    taken = overlapping(facts.busy, proposal.when.start, proposal.when.end)
    taken = tuple(slot for slot in taken if not _is_this_meeting(slot, proposal, facts))
    if proposal.loose and next(_free_within(proposal.when, facts), None) is not None:
        return ()
    return taken


def _free_within(when: Span, facts: Facts) -> Iterator[Span]:
    for slot in free_slots(facts, after=when.start, length=USUAL_LENGTH):
        if slot.end > when.end:
            return
        yield slot


def _is_this_meeting(slot: BusySlot, proposal: Proposal, facts: Facts) -> bool:
    """Whether the entry begins at the proposed time and names the customer: a meeting confirmed, not doubled."""
    if slot.all_day or slot.start != proposal.when.start:
        return False
    names = [recipient.contact.name for recipient in facts.recipients if recipient.contact]
    names += [facts.account.name] if facts.account else []
    return bool(content_words(slot.summary) & content_words(" ".join(names)))


def _described(slot: BusySlot, facts: Facts) -> str:
    zone = zone_of(facts.sender)
    start, end = slot.start.astimezone(zone), slot.end.astimezone(zone)
    day = day_name(start.date(), facts)
    return f"{slot.summary}, {day}" if slot.all_day else f"{slot.summary}, {day} {start:%H:%M}–{end:%H:%M}"


def _another_time(proposal: Proposal, facts: Facts) -> Suggestion | None:
    """The nearest free time on the same day, else on the first later day that has one."""
    wanted, mention = proposal.when, proposal.mention
    length = USUAL_LENGTH if proposal.loose else wanted.length
    sender_zone = zone_of(facts.sender)
    morning = datetime.combine(wanted.start.astimezone(sender_zone).date(), time(), sender_zone)
    slots = list(free_slots(facts, after=morning, length=length))
    if not slots:
        return None
    first_day = [slot for slot in slots if slot.start.date() == slots[0].start.date()]
    time_of_day = wanted.start - morning
    slot = min(first_day, key=lambda s: abs(s.start - datetime.combine(s.start, time(), sender_zone) - time_of_day))
    in_senders_zone = wanted.start.utcoffset() == wanted.start.astimezone(sender_zone).utcoffset()
    zone = sender_zone if in_senders_zone else wanted.start.tzinfo
    new = Span(start=slot.start.astimezone(zone), end=slot.end.astimezone(zone))
    words = _worded(proposal, new, facts)
    if words is None:
        return None
    free_from = f"{day_name(slot.start.date(), facts)} {slot.start:%H:%M}"
    return Suggestion(
        start=mention.start,
        end=mention.end,
        replacement=words,
        why=f"the nearest free time in your calendar is {free_from}",
    )


def _worded(proposal: Proposal, new: Span, facts: Facts) -> str | None:
    mention, old, now = proposal.mention, proposal.when, today(facts)
    if mention.grain == "day":
        return day_reworded(mention.text, old.start.date(), new.start.date(), today=now)
    return time_written_out(new.start) if proposal.loose else time_reworded(mention.text, old, new, today=now)


def _off_hours(proposal: Proposal, facts: Facts) -> str | None:
    """Why the sender does not work then, or None. A loose time is fine if some of it lies within the hours."""
    zone = zone_of(facts.sender)
    start, end = proposal.when.start.astimezone(zone), proposal.when.end.astimezone(zone)
    hours = working_span(start.date(), facts.sender)
    if hours is None:
        return _day_off(start, facts)
    outside = not hours.overlaps(start, end) if proposal.loose else start < hours.start or end > hours.end
    if not outside:
        return None
    return f"is {start:%H:%M} for {facts.sender.name}, who works {hours.start:%H:%M}–{hours.end:%H:%M}"


def _day_off(day: datetime, facts: Facts) -> str:
    name = holiday(day.date(), facts.sender)
    if name is not None:
        return f"is a holiday for {facts.sender.name}: {name}, {day_name(day.date(), facts)}"
    return f"is {day_name(day.date(), facts)}, when {facts.sender.name} does not work"


def _due_on_day_off(commitment: Commitment, facts: Facts) -> CheckResult | None:
    due, sender = commitment.due, facts.sender
    if due is None or due.due_day is None or due.grain not in _DAY_GRAINS:
        return None
    if commitment.kind in NO_WORK or not is_senders_own(commitment) or due.due_day < today(facts):
        return None
    if is_working_day(due.due_day, sender):
        return None
    midnight = datetime.combine(due.due_day, time(), zone_of(sender))
    return CheckResult(
        check="calendar.working_hours",
        severity=Severity.MEDIUM,
        message=f"'{due.text}' {_day_off(midnight, facts)}",
        spans=((commitment.start, commitment.end),),
        evidence=_hours_evidence(facts),
        suggestion=_next_working_day(due, due.due_day, facts),
    )


def _next_working_day(due: Due, due_day: date, facts: Facts) -> Suggestion | None:
    day = next_working_day(due_day, facts.sender)
    if day is None:
        return None
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, due_day, day, today=today(facts)),
        why=f"{day_name(day, facts)} is the next working day",
    )


def _hours_evidence(facts: Facts) -> tuple[Evidence, ...]:
    sender, hours = facts.sender, facts.sender.working_hours
    days = " ".join(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day] for day in hours.days)
    value = f"{days} {hours.start:%H:%M}–{hours.end:%H:%M} {sender.timezone}, holidays {sender.holidays or 'none'}"
    return (evidence(facts, "people", f"people[{sender.id}].working_hours", value),)
