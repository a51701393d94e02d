"""Checks of new promises against those that are still open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.discount import conceded, percentages
from app.checks.results import day_name, evidence, name_of, span
from app.checks.topics import Topic, same_thing, topic_of
from app.checks.wording import day_reworded
from app.checks.worktime import today
from app.core.checks import CheckResult, Evidence, Severity, Suggestion
from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, Findings

_DAY_GRAINS = frozenset({"minute", "hour", "day"})
_DETERMINED = re.compile(r"(?:the|a|an|our|your|my|their|this|that|these|those|all|two|three|\d\S*)\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """A new promise and the open one that is about the same thing."""

    commitment: Commitment
    entry: LedgerEntry

    @property
    def other_day(self) -> bool:
        """Whether both name a day and the days disagree; "this week" agrees with the Wednesday in it."""
        due, day = self.commitment.due, self.entry.due_day
        if due is None or due.due_day is None or day is None or due.due_day == day:
            return False
        within = due.from_ is not None and due.to is not None and due.from_.date() <= day <= due.due_day
        return due.grain in _DAY_GRAINS or not within

    @property
    def other_percentage(self) -> bool:
        """Whether both name a percentage and none of them is the same."""
        new = {p.value for p in conceded(self.commitment)}
        old = {p.value for p in percentages(self.entry.text)}
        return bool(new and old and not new & old)

    @property
    def repeats(self) -> bool:
        """Whether nothing new is said: the same day, or none in either."""
        return self.commitment.due_day == self.entry.due_day and not self.other_percentage


def matches(draft: Draft, findings: Findings, facts: Facts) -> Iterator[Match]:
    """For each new promise the open one about the same thing, where there is exactly one to choose."""
    open_topics = [(entry, _topic(entry)) for entry in facts.ledger if _concerns(entry, draft, facts)]
    for commitment in findings.commitments:
        topic = _topic(commitment)
        similar = [(entry, old) for entry, old in open_topics if same_thing(topic, old)]
        alike = [entry for entry, old in similar if old.rest == topic.rest] or [entry for entry, _ in similar]
        same_day = [entry for entry in alike if entry.due_day == commitment.due_day]
        if chosen := same_day or (alike if len({entry.due_day for entry in alike}) == 1 else []):
            yield Match(commitment=commitment, entry=chosen[-1])


def already_promised(draft: Draft, findings: Findings, facts: Facts) -> frozenset[Commitment]:
    """The promises of the draft that only repeat an open one."""
    return frozenset(match.commitment for match in matches(draft, findings, facts) if match.repeats)


def contradiction(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """The same thing for another day, or at another percentage."""
    for match in matches(draft, findings, facts):
        if not (match.other_day or match.other_percentage):
            continue
        entry = match.entry
        old, new = _days(match, facts) if match.other_day else _percentages(match)
        yield CheckResult(
            check="ledger.contradiction",
            severity=Severity.HIGH,
            message=f"{_promised(entry, facts)} {old}; this says {new}",
            spans=(span(match.commitment),),
            evidence=_evidence(entry, facts),
            suggestion=_standing_day(match, facts) if match.other_day else _standing_percentage(match),
        )


def duplicate(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A promise made twice."""
    for match in matches(draft, findings, facts):
        if match.repeats:
            entry = match.entry
            made = day_name(entry.made_at.date(), facts)
            yield CheckResult(
                check="ledger.duplicate",
                severity=Severity.LOW,
                message=f"{_promised(entry, facts)} on {made} already",
                spans=(span(match.commitment),),
                evidence=_evidence(entry, facts),
            )


def _topic(promise: Commitment | LedgerEntry) -> Topic:
    text = promise.text
    if isinstance(promise, Commitment) and promise.due is not None:
        text = text.replace(promise.due.text, " ")
    return topic_of(promise.action, promise.object, text)


def _concerns(entry: LedgerEntry, draft: Draft, facts: Facts) -> bool:
    """Whether an open promise was made to whom this mail goes: the deal's, a recipient's, or the account's."""
    if draft.deal_id is not None and entry.deal_id == draft.deal_id:
        return True
    if entry.recipient.casefold() in {recipient.email.casefold() for recipient in facts.recipients}:
        return True
    same_account = facts.account is not None and entry.account == facts.account.id
    return same_account and (entry.deal_id is None or draft.deal_id is None)


def _days(match: Match, facts: Facts) -> tuple[str, str]:
    old, new = match.entry.due_day, match.commitment.due_day
    if old is None or new is None:
        raise ValueError("a conflict of days has two days")
    return f"for {day_name(old, facts)}", day_name(new, facts)


def _percentages(match: Match) -> tuple[str, str]:
    old = " and ".join(f"{p.value:g}%" for p in percentages(match.entry.text))
    new = " and ".join(f"{p.value:g}%" for p in conceded(match.commitment))
    return f"({old})", new


def _standing_day(match: Match, facts: Facts) -> Suggestion | None:
    """The day already promised, where it is the earlier one and still to come; nobody is told to be later."""
    due, old = match.commitment.due, match.entry.due_day
    if due is None or due.due_day is None or old is None or not today(facts) <= old < due.due_day:
        return None
    return Suggestion(
        start=due.start,
        end=due.end,
        replacement=day_reworded(due.text, due.due_day, old, today=today(facts)),
        why=f"{day_name(old, facts)} is the day already promised",
    )


def _standing_percentage(match: Match) -> Suggestion | None:
    new, old = list(conceded(match.commitment)), list(percentages(match.entry.text))
    if len(new) != 1 or len(old) != 1:
        return None
    return Suggestion(
        start=match.commitment.start + new[0].start,
        end=match.commitment.start + new[0].end,
        replacement=f"{old[0].value:g}",
        why=f"{old[0].value:g}% is what was promised already",
    )


def _promised(entry: LedgerEntry, facts: Facts) -> str:
    """`You promised Dana Reyes the SOC 2 report`."""
    who = "You" if entry.person == facts.sender.id else entry.person
    here = {recipient.email.casefold(): name_of(recipient) for recipient in facts.recipients}
    to_whom = here.get(entry.recipient.casefold(), entry.recipient)
    thing = entry.object or f"“{entry.text}”"
    article = "the " if entry.object and not _DETERMINED.match(entry.object) else ""
    return f"{who} promised {to_whom} {article}{thing}"


def _evidence(entry: LedgerEntry, facts: Facts) -> tuple[Evidence, ...]:
    fields = {"text": entry.text, "due_day": entry.due_day, "made_at": entry.made_at.isoformat()}
    return tuple(
        evidence(facts, "ledger", f"{entry.id}.{field}", value)
        for field, value in fields.items()
        if value is not None
    )
