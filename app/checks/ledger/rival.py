"""`ledger.rival`: a person, a machine, a room or a slot that another customer has been promised already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum, auto

from app.checks.check import Check
from app.checks.customers import account_of
from app.checks.deal.sentences import Sentence, sentences
from app.checks.ledger.dues import due_of
from app.checks.ledger.said import entry_evidence, thing
from app.checks.ledger.scarce import (
    Days,
    days_of,
    days_of_entry,
    gives_the_last,
    is_there,
    overlap,
    shared_last,
    shared_person,
)
from app.checks.ledger.statements import sentence_of
from app.checks.results import day_name, span
from app.core.checks import CheckResult, Severity
from app.core.commitments import LedgerEntry, is_rival
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, Findings, Kind
from app.core.things import named_person, thing_of
from extractors.lazily import compiled

_WHOLLY = compiled(
    r"\b(?:full[- ]?time|dedicated|dedicate|exclusiv\w*|only|last|sole|remaining|single|first|entire|whole|all of"
    r"|yours|reserv\w+|all (?:day|week|month|quarter)|100 ?%|nobody else|no one else|just for you)\b",
    re.IGNORECASE,
)
"""Gives a thing to one customer altogether, whatever the day."""
_BOUNDED = compiled(
    r"\b(?:the|that|this|next|all|whole|entire) (?:week|day|month)\b|\bfrom\b.{3,60}\b(?:to|until|till|through)\b"
    r"|\bbetween\b|\bfor (?:an?|one|two|three|four|five|\d+) (?:days?|weeks?)\b|\buntil\b",
    re.IGNORECASE,
)
"""Says from when until when, so that another time is free."""
_ONE_OF_MANY = compiled(r"^(?:an?|another|some|any|one of|\d+|two|three|four|five)\b(?! last)", re.IGNORECASE)
_ON_SITE = compiled(
    r"\b(?:on[- ]?site|in person|at your (?:\w+ ){0,2}(?:plant|site|office|facility|warehouse|depot|mill|factory"
    r"|premises|headquarters|hq)s?|visit you|come to you|be with you (?:on|all|for|from)|fly (?:in|out|over))\b",
    re.IGNORECASE,
)


_CONDITION = compiled(r"\W*(?:if|should you|would you|in case|unless)\b", re.IGNORECASE)


class _Clash(Enum):
    CERTAIN = auto()
    POSSIBLE = auto()


def rival(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each promise, with the promise to somebody else that clashes worst."""
    read = sentences(findings)
    told: set[str] = set()
    for commitment in findings.commitments:
        days = _days(commitment, sentence_of(commitment, read))
        clashes = [(clash, e) for e in _others(commitment, draft, facts) if (clash := _clash(commitment, days, e))]
        if not clashes:
            continue
        told |= {entry.id for _, entry in clashes}
        certain = [entry for clash, entry in clashes if clash is _Clash.CERTAIN]
        entry = (certain or [entry for _, entry in clashes])[-1]
        yield _result(entry, span(commitment), facts, sure=bool(certain))
    for sentence, entry in _by_sentence(read, draft, facts):
        if entry.id not in told:
            told.add(entry.id)
            yield _result(entry, (sentence.start, sentence.end), facts, sure=True)


def _by_sentence(read: tuple[Sentence, ...], draft: Draft, facts: Facts) -> Iterator[tuple[Sentence, LedgerEntry]]:
    """What the sender has promised to others and gives away again, in whatever words."""
    own = [(entry, days_of_entry(entry)) for entry in (*facts.rivals, *_own_to_others(draft, facts))]
    of_the_last = [(entry, held) for entry, held in own if gives_the_last(entry)]
    for sentence in read:
        if sentence.is_question or _CONDITION.match(sentence.text):
            continue
        days = days_of(sentence)
        for entry, held in own if days else of_the_last:
            here = held is not None and any(overlap(held, stretch) for stretch in days)
            if (here and shared_person(sentence, entry)) or shared_last(sentence, entry):
                yield sentence, entry


def _own_to_others(draft: Draft, facts: Facts) -> Iterator[LedgerEntry]:
    account = facts.account.id if facts.account else None
    for entry in facts.ledger:
        if entry.person == facts.sender.id and is_rival(entry, account=account, deal_id=draft.deal_id):
            yield entry


def _others(commitment: Commitment, draft: Draft, facts: Facts) -> Iterator[LedgerEntry]:
    """The promises to other customers about the same thing, and of the sender's own time on the spot."""
    key = thing_of(commitment)
    if key is not None and (not key.startswith("person:") or is_there(commitment.text)):
        yield from (e for e in facts.rivals if e.thing == key and _same_name(commitment, e))
    if commitment.actor == "sender" and _ON_SITE.search(commitment.text):
        for entry in _own_to_others(draft, facts):
            if entry.due_day == commitment.due_day and _ON_SITE.search(entry.text):
                yield entry


def _same_name(commitment: Commitment, entry: LedgerEntry) -> bool:
    """Two people with one first name and different last names are two people."""
    new = named_person(kind=commitment.kind, text=commitment.text, actor=commitment.actor)
    old = named_person(kind=entry.kind, text=entry.text)
    names = [name.casefold().split() for name in (new, old) if name]
    return len(names) < 2 or min(map(len, names)) < 2 or names[0][-1] == names[1][-1]


def _clash(commitment: Commitment, days: Sequence[Days], entry: LedgerEntry) -> _Clash | None:
    new_wholly, old_wholly = (_WHOLLY.search(text) is not None for text in (commitment.text, entry.text))
    held = days_of_entry(entry)
    if not days or held is None:
        if new_wholly and old_wholly:
            return _Clash.CERTAIN
        return _Clash.POSSIBLE if new_wholly or old_wholly else None
    if any(overlap(held, stretch) for stretch in days):
        one_of_many = all(_ONE_OF_MANY.match(words or "") for words in (commitment.object, entry.object))
        return _Clash.POSSIBLE if one_of_many and not (new_wholly or old_wholly) else _Clash.CERTAIN
    bounded = all(_BOUNDED.search(text) for text in (commitment.text, entry.text))
    return _Clash.CERTAIN if new_wholly and old_wholly and not bounded else None


def _days(commitment: Commitment, sentence: Sentence | None) -> list[Days]:
    """The days for which it is promised; of a week every day."""
    due = due_of(commitment, sentence)
    if due is None or due.due_day is None:
        return []
    first = due.from_.date() if due.from_ is not None and due.grain == "week" else due.due_day
    return [(first, due.due_day), *(days_of(sentence) if sentence is not None else ())]


def _result(entry: LedgerEntry, where: tuple[int, int], facts: Facts, *, sure: bool) -> CheckResult:
    return CheckResult(
        check="ledger.rival",
        severity=Severity.HIGH if sure else Severity.LOW,
        message=_message(entry, facts, sure=sure),
        spans=(where,),
        evidence=entry_evidence(entry, facts),
    )


def _message(entry: LedgerEntry, facts: Facts, *, sure: bool) -> str:
    account = account_of(entry.account, facts)
    whom = account.name if account else entry.account or entry.recipient
    day = f" for {day_name(entry.due_day, facts)}" if entry.due_day else ""
    what = thing(entry) if entry.kind is not Kind.MEETING else f"“{entry.text}”"
    if sure:
        return f"{whom} was promised {what}{day} already"
    return f"Can both have it? {whom} was promised {what}{day}"


CHECK = Check(
    id="ledger.rival",
    severities=(Severity.HIGH, Severity.LOW),
    when="a person, a machine, a room or a slot is promised that another customer was promised already",
    run=rival,
    needs=("ledger", "crm"),
)
