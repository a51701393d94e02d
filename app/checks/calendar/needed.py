"""Who has to be there at a proposed time: the sender, and the colleagues whom the mail brings along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.checks.calendar.diary import Diary, Team, meeting_words
from app.checks.calendar.proposals import Proposal, proposals
from app.checks.once import once
from app.core.drafts import Draft
from app.core.facts import Facts, Person
from app.core.findings import Findings
from extractors.lazily import compiled

_TOGETHER = compiled(
    r"\b(?:we|we['’](?:re|ll|d|ve)|both(?: of us)?|all of us|the \w+ of us|our team)\b", re.IGNORECASE
)
_INVERTED = compiled(r"\b(?:can|could|shall|should|may|might|would|do|if) we\b", re.IGNORECASE)
_TAKES_PART = compiled(
    r"\b(?:join\w*|attend\w*|present\w*|lead\w*|host\w*|runs?|running|demo\w*|walk\w*|show\w*|bring\w*|along"
    r"|with me|dial\w*|be (?:there|on|available|free)|is (?:free|available)"
    r"|on the (?:call|line)|cover\w*|take you|and (?:i|me))\b",
    re.IGNORECASE,
)
_STAYS_AWAY = (
    r"(?:without|instead of|in place of|on behalf of|thanks to|as|from|by|via|after|since)\s+{name}\b"
    r"|{name}['’]s\b"
    r"|{name}\s+(?:is|will\s+be|has\s+to\s+be)\s+(?:away|out|off|on\s+(?:leave|holiday|vacation)|travell?ing"
    r"|unavailable|busy)"
    r"|{name}\s+(?:can(?:no|['’])t|cannot|won['’]t|will\s+not|isn['’]t|is\s+not|is\s+unable|doesn['’]t)"
    r"|{name}\s+(?:has\s+|had\s+|already\s+|just\s+)*(?:asked|suggested|recommended|mentioned|told|introduced|gave"
    r"|given|sent|said"
    r"|shared|wrote|pointed|passed|let\s+me|says|asks|thinks|met|spoke)"
)
_AND_I = compiled(r"\b(?:she|he|they) and (?:i|me)\b|\b(?:i|me) and (?:she|he|her|him)\b", re.IGNORECASE)
_HEARD_FROM = compiled(
    r"\bhear(?:ing)?(?:\s+\w+){0,2}\s+from\b(?![^.!?]*\bby\s+(?:e-?mail|mail|post)\b)", re.IGNORECASE
)
"""Whoever is to be heard from does not stay away for that."""
_IN_THE_SENDERS_PLACE = r"\b(?:have|having|ask|asking|get|let)\s+{name}\b"
_SENTENCE = compiled(r"[^.!?\n]+")


@once
def meetings(draft: Draft, findings: Findings, facts: Facts) -> Iterator[tuple[Proposal, Team]]:
    """The times that the draft proposes, each with the people whom it needs.

    Colleagues whose calendar could not be had make a team incomplete.
    """
    found = list(proposals(draft, findings, facts))
    if not found:
        return
    ours = meeting_words(facts)
    gaps = {gap.source for gap in facts.unknown}
    complete = not any(source == "calendar" or source.startswith("calendar of ") for source in gaps)
    sender = Diary(facts.sender, facts.busy, ours=ours)
    known = [s for s in facts.others if f"calendar of {s.person.id}" not in gaps and s.person.id != facts.sender.id]
    colleagues = [Diary(schedule.person, schedule.busy, ours=ours) for schedule in known]
    for proposal in found:
        instead = _goes_instead(proposal, known_people=[diary.person for diary in colleagues])
        along = (d for d in colleagues if _takes_part(d.person, proposal, draft, findings, facts))
        yield proposal, Team(sender=None if instead else sender, colleagues=tuple(along), complete=complete)


def _goes_instead(proposal: Proposal, *, known_people: Iterable[Person]) -> bool:
    if proposal.actor is not None:
        return True
    return any(_finds(_IN_THE_SENDERS_PLACE, person, proposal.words) for person in known_people)


def _takes_part(person: Person, proposal: Proposal, draft: Draft, findings: Findings, facts: Facts) -> bool:
    if proposal.actor is not None:
        return proposal.actor in _names(person)
    if _is_ambiguous(person, facts) and not _names_in(person.name, findings.text):
        named = False
    else:
        named = _is_brought(person, proposal, findings)
    return named or (proposal.with_reader and _is_addressed(person, proposal, draft))


def _is_brought(person: Person, proposal: Proposal, findings: Findings) -> bool:
    """Whether the mail says that the colleague comes along: in the proposal's own sentence, or in another one."""
    said = [
        _HEARD_FROM.sub(" ", piece)
        for begin, end in findings.authored
        for piece in _sentences_naming(person, findings.text[begin:end])
    ]
    if any(_finds(_STAYS_AWAY, person, piece) for piece in said):
        return False
    in_the_proposal = any(_names_in(name, proposal.words) for name in _names(person))
    in_the_proposal = in_the_proposal or bool(said and _AND_I.search(proposal.words))
    return in_the_proposal or any(_TAKES_PART.search(piece) for piece in said)


def _is_addressed(person: Person, proposal: Proposal, draft: Draft) -> bool:
    address = person.email.casefold()
    if address in {to.casefold() for to in draft.to}:
        return True
    copied = address in {cc.casefold() for cc in draft.cc}
    return copied and bool(_TOGETHER.search(_INVERTED.sub(" ", proposal.words)))


def _is_ambiguous(person: Person, facts: Facts) -> bool:
    """Whether a reader shares the colleague's first name, so that the bare name may mean either."""
    readers = [r.contact.name.split()[:1] for r in facts.recipients if r.contact]
    return person.name.split()[:1] in readers


def _sentences_naming(person: Person, text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if any(_names_in(name, match[0]) for name in _names(person)):
            yield match[0]


def _names(person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys((person.name, *person.name.split()[:1])))


def _names_in(name: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _finds(pattern: str, person: Person, text: str) -> bool:
    name = "(?:" + "|".join(re.escape(name) for name in _names(person)) + ")"
    return bool(re.search(pattern.format(name=name), text, re.IGNORECASE))
