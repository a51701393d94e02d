"""`ledger.dependency_broken`: the draft builds on a promise that was not kept, or makes it again without a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.checks.check import Check
from app.checks.deal.sentences import Sentence, sentences
from app.checks.ledger.matching import concerns, matches, topic_of_entry
from app.checks.ledger.naming import Naming, naming
from app.checks.ledger.reliance import is_acted_on, owns_up, says_it_is_mended, says_it_is_there, takes_for_there
from app.checks.ledger.said import entry_evidence, promised
from app.checks.results import day_name
from app.checks.topics import Topic, same_thing
from app.checks.worktime import today
from app.core.checks import CheckResult, Severity
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings, Kind
from extractors.lazily import compiled

_HANDED_OVER = frozenset({"deliver", "arrange", "assign", "migrate", "train"})
"""Deeds that leave a thing which is there, or not; of what is asked, confirmed or conceded nobody can tell."""
_PUT_IN_PLACE = compiled(
    r"install|deploy|roll|activat|enabl|open|unlock|connect|launch|configur|ship|switch|upgrad", re.IGNORECASE
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
    found |= {entry.id: (entry, where) for entry, where in _built_on(unkept, draft, findings, facts, read)}
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
    unkept: Sequence[LedgerEntry], draft: Draft, findings: Findings, facts: Facts, read: tuple[Sentence, ...]
) -> Iterator[tuple[LedgerEntry, tuple[int, int]]]:
    """Sentences that take a promise for kept. What the mail carries, it keeps."""
    known = [topic_of_entry(entry) for entry in (*unkept, *facts.ledger) if concerns(entry, draft, facts)]
    for number, sentence in enumerate(read):
        carried = any(sentence.start <= claim.start < sentence.end for claim in findings.attachments)
        taken = [entry for entry in unkept if not carried and _takes_for_kept(entry, sentence, known)]
        if taken and not _owned_up_to(number, read):
            yield from ((entry, (sentence.start, sentence.end)) for entry in taken)


def _takes_for_kept(entry: LedgerEntry, sentence: Sentence, known: Sequence[Topic]) -> bool:
    """Whether the sentence names what was promised as if it were there; in short only what can be nothing else."""
    thing = topic_of_entry(entry)
    named = naming(sentence.text, thing)
    if named is Naming.NOT:
        return False
    if named is Naming.SHORT:
        others = any(other.core != thing.core and naming(sentence.text, other) is not Naming.NOT for other in known)
        return not others and is_acted_on(sentence.text)
    if thing.verb == "fix":
        return says_it_is_mended(sentence.text) and takes_for_there(sentence.text)
    put_in_place = entry.action is not None and _PUT_IN_PLACE.match(entry.action) is not None
    if put_in_place or thing.verb in _HANDED_OVER or entry.kind in {Kind.DELIVERABLE, Kind.RESOURCE}:
        return takes_for_there(sentence.text)
    return not sentence.is_question and says_it_is_there(sentence.text)


def _repeated(
    unkept: Sequence[LedgerEntry], draft: Draft, findings: Findings, facts: Facts, read: tuple[Sentence, ...]
) -> Iterator[tuple[LedgerEntry, tuple[int, int]]]:
    """Promises that are made once more, after they were broken."""
    broken = [entry for entry in unkept if entry.state is CommitmentState.BROKEN]
    for match in matches(draft, findings, facts, among=broken):
        statement = match.statement
        spot = next((n for n, s in enumerate(read) if s.start <= statement.start < s.end), None)
        owned_up = statement.moves or (spot is not None and _owned_up_to(spot, read))
        if match.sure and statement.undertakes and not owned_up:
            yield match.entry, (statement.start, statement.end)


def _owned_up_to(number: int, read: tuple[Sentence, ...]) -> bool:
    """Whether the sentence or one beside it says that the promise was not kept."""
    return any(owns_up(sentence.text) for sentence in read[max(number - 1, 0) : number + 2])


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
