"""`ledger.dependency_broken`: the draft builds on a promise that was not kept, or makes it again without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.checks.check import Check
from app.checks.deal.sentences import Sentence, sentences
from app.checks.ledger.matching import concerns, matches, topic_of_entry
from app.checks.ledger.said import entry_evidence, promised
from app.checks.results import day_name
from app.checks.topics import mentions, same_thing
from app.checks.words import content_words
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings

_BUILDS_ON = re.compile(
    r"\b(?:as (?:promised|agreed|discussed|planned|i (?:said|mentioned|promised)|we (?:said|agreed|promised))"
    r"|like (?:i|we) promised|(?:i|we)(?:['’]ve| have)? (?:promised|sent|shared|delivered|provided|gave|showed|set up"
    r"|completed|fixed|finished)|per (?:our|my)|once|after|when|as soon as|now that|following|based on|building on"
    r"|on the basis of|with the\b.{3,60}\b(?:in place|in hand|done|complete|completed|delivered|ready|live|behind us)"
    r"|given (?:the|our|that)|on top of|depend\w*|thanks to|you(?:['’]ve| have| should have| already have| now have)"
    r"|has (?:now |already )?been|have (?:now |already )?been|went out|using the|in line with"
    r"|since (?:you|we|the|our))\b",
    re.IGNORECASE,
)
_OWNS_UP = re.compile(
    r"\b(?:sorry|apolog\w+|overdue|late|delay\w*|behind|miss(?:ed|ing)|still owe|owe you|(?:i|we) should have"
    r"|should have (?:been|had|reached)|regret\w*|slipp\w+|not yet|has ?n['’]t|have ?n['’]t|has not|have not"
    r"|did ?n['’]t|did not|unfortunately|still (?:working|waiting|pending|outstanding|missing)|held up|let you down"
    r"|instead|new date|remains? open)\b",
    re.IGNORECASE,
)


def dependency_broken(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A sentence about a broken or overdue promise that takes it for kept, or a broken one that is promised again.

    Who owns up to it is not lectured, and what was promised anew since is no longer broken.
    """
    unkept = [entry for entry in (*_broken(facts), *_overdue(facts)) if concerns(entry, draft, facts)]
    if not unkept:
        return
    read = sentences(findings)
    found = {entry.id: (entry, where) for entry, where in _repeated(unkept, draft, findings, facts, read)}
    found |= {entry.id: (entry, where) for entry, where in _built_on(unkept, findings, read)}
    for entry, where in found.values():
        if not _renewed(entry, facts):
            yield CheckResult(
                check="ledger.dependency_broken",
                severity=Severity.HIGH,
                message=f"{promised(entry, facts)}{_since_when(entry, facts)}; this builds on it",
                spans=(where,),
                evidence=entry_evidence(entry, facts),
            )


def _broken(facts: Facts) -> tuple[LedgerEntry, ...]:
    return tuple(entry for entry in facts.broken if entry.state is CommitmentState.BROKEN)


def _overdue(facts: Facts) -> Iterator[LedgerEntry]:
    now, day = facts.now, today(facts)
    for entry in facts.ledger:
        late = entry.due_at < now if entry.due_at else entry.due_day is not None and entry.due_day < day
        if late and entry.state is CommitmentState.OPEN:
            yield entry


def _renewed(entry: LedgerEntry, facts: Facts) -> bool:
    """Whether the same thing was promised again since, for a day that is still to come."""
    topic, day = topic_of_entry(entry), today(facts)
    return any(
        newer.made_at > entry.made_at
        and newer.due_day is not None
        and newer.due_day >= day
        and same_thing(topic_of_entry(newer), topic)
        for newer in facts.ledger
    )


def _built_on(
    unkept: Sequence[LedgerEntry], findings: Findings, read: tuple[Sentence, ...]
) -> Iterator[tuple[LedgerEntry, tuple[int, int]]]:
    """Sentences that take a promise for kept. What the mail carries, it keeps."""
    for number, sentence in enumerate(read):
        carried = any(sentence.start <= claim.start < sentence.end for claim in findings.attachments)
        if carried or sentence.is_question or not _BUILDS_ON.search(sentence.text) or _owned_up_to(number, read):
            continue
        words = content_words(sentence.text)
        for entry in unkept:
            if mentions(words, topic_of_entry(entry)):
                yield entry, (sentence.start, sentence.end)


def _repeated(
    unkept: Sequence[LedgerEntry], draft: Draft, findings: Findings, facts: Facts, read: tuple[Sentence, ...]
) -> Iterator[tuple[LedgerEntry, tuple[int, int]]]:
    """Promises that are made once more, after they were broken."""
    broken = [entry for entry in unkept if entry.state is CommitmentState.BROKEN]
    for match in matches(draft, findings, facts, among=broken):
        statement = match.statement
        spot = next((n for n, s in enumerate(read) if s.start <= statement.start < s.end), None)
        owned_up = statement.moves or (spot is not None and _owned_up_to(spot, read))
        if match.sure and statement.commitment is not None and not owned_up:
            yield match.entry, (statement.start, statement.end)


def _owned_up_to(number: int, read: tuple[Sentence, ...]) -> bool:
    """Whether the sentence or one beside it says that the promise was not kept."""
    return any(_OWNS_UP.search(sentence.text) for sentence in read[max(number - 1, 0) : number + 2])


def _since_when(entry: LedgerEntry, facts: Facts) -> str:
    due = f" for {day_name(entry.due_day, facts)}" if entry.due_day else ""
    return f"{due}, and it was broken" if entry.state is CommitmentState.BROKEN else f"{due}, and it is overdue"


CHECK = Check(
    id="ledger.dependency_broken",
    severities=(Severity.HIGH,),
    when="the mail builds on a promise that is broken or overdue as if it had been kept, or repeats a broken one",
    run=dependency_broken,
    needs=("ledger",),
)
