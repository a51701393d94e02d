"""Which kind of commitment a clause makes."""

import re

from extractors.commitments.lexicon import (
    CONCESSION_NOUN,
    GUARANTEE_NOUN,
    MEETING_NOUN,
    RESOURCE_NOUN,
    ROADMAP_NOUN,
    VERB_KINDS,
)
from extractors.findings import CommitmentKind

_I = re.IGNORECASE
_CONCESSION = re.compile(CONCESSION_NOUN, _I)
_MEETING = re.compile(MEETING_NOUN, _I)
_RESOURCE = re.compile(RESOURCE_NOUN, _I)
_ROADMAP = re.compile(ROADMAP_NOUN, _I)
_GUARANTEE = re.compile(GUARANTEE_NOUN, _I)
_MONEY_VERBS = frozenset(
    ["take", "hold", "keep", "match", "cap", "leave", "throw", "add", "give", "offer", "accept", "split", "extend", "do", "drop", "include", "raise", "replace", "swap", "charge"]
)
_MEETING_VERBS = frozenset(
    ["set", "schedule", "book", "arrange", "host", "join", "attend", "lead", "run", "propose", "sit", "be", "come", "do", "have", "present", "meet", "jump", "hop", "bring", "invite", "walk"]
)
_ROADMAP_VERBS = frozenset(
    ["ship", "launch", "release", "land", "roll", "go", "come", "out", "add", "support", "target", "deliver", "be", "make", "have"]
)
_FOLLOW_UP = re.compile(
    r"\b(?:back to you|let you know|in touch|keep you|reach out|touch base|circle back|get back|come back"
    r"|follow up|heads[- ]up|line from me|call|update you|posted)\b",
    _I,
)
_PERSON = re.compile(
    r"\b(?:introduce|intro|connect|put you in touch|team|engineer|consultant|technician|analyst)\b", _I
)


def kind_of(verb: str | None, clause: str) -> CommitmentKind:
    """The kind by verb (base form) and the nouns of the clause."""
    kind = VERB_KINDS.get(verb or "", "other")
    if _CONCESSION.search(clause) and (kind == "concession" or verb in _MONEY_VERBS or verb is None):
        return "concession"
    if kind in ("concession", "guarantee", "resource", "meeting"):
        return kind
    if verb in _MEETING_VERBS and _MEETING.search(clause):
        return "meeting"
    if verb in _ROADMAP_VERBS and _ROADMAP.search(clause) and verb not in ("deliver", "have", "be", "make"):
        return "roadmap"
    if (
        _FOLLOW_UP.search(clause)
        and kind in ("follow_up", "other", "deliverable")
        and verb
        in ("get", "have", "let", "keep", "reach", "be", "hear", "call", "come", "touch", "follow", "circle", None)
    ):
        return "follow_up"
    if kind == "roadmap":
        return "deliverable" if verb in ("ship", "go", "leave") else "other"
    if verb in ("get", "have", "receive", "be", "come", None):
        return _by_noun(clause)
    return kind


def _by_noun(clause: str) -> CommitmentKind:
    if _GUARANTEE.search(clause):
        return "guarantee"
    if _MEETING.search(clause):
        return "meeting"
    if _RESOURCE.search(clause) or _PERSON.search(clause):
        return "resource"
    return "deliverable"
