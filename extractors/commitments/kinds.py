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
from extractors.lazily import compiled
from extractors.wordlists import word_set

_I = re.IGNORECASE
_CONCESSION = compiled(CONCESSION_NOUN, _I)
_MEETING = compiled(MEETING_NOUN, _I)
_RESOURCE = compiled(RESOURCE_NOUN, _I)
_ROADMAP = compiled(ROADMAP_NOUN, _I)
_GUARANTEE = compiled(GUARANTEE_NOUN, _I)
_MONEY_VERBS = word_set(
    "take hold keep match cap leave throw add give offer accept split extend do drop include raise "
    "replace swap charge"
)
_MEETING_VERBS = word_set(
    "set schedule book arrange host join attend lead run propose sit be come do have present meet jump "
    "hop bring invite walk"
)
_ROADMAP_VERBS = word_set("ship launch release land roll go come out add support target")
_FOLLOW_UP_VERBS = word_set("get have let keep reach be hear call come touch follow circle")
_TELLING_VERBS = word_set("send share email mail call confirm check ask")
_SENDING_VERBS = word_set("ship go leave")
_VAGUE_VERBS = word_set("get have receive be come")
_FOLLOW_UP = compiled(
    r"\b(?:back to you|let you know|in touch|keep you|reach out|touch base|circle back|get back|come back"
    r"|follow up|heads[- ]up|line from me|call|update you|posted)\b",
    _I,
)
_PERSON = compiled(
    r"\b(?:introduce|intro|connect|put you in touch|team|engineer|consultant|technician|analyst)\b", _I
)


_GIVEN_AWAY = compiled(
    r"\b(?:at no (?:extra |additional )?(?:cost|charge)|without (?:extra )?charge|free of charge|(?:is|are) free"
    r"|no fee|fee is|at our (?:own )?(?:cost|expense)|refund(?:ed)?|rebate|credit note|waived|discount"
    r"|on (?:us|me)\b(?! a)|hereby extended)\b",
    _I,
)
_FEATURE = compiled(
    r"\b(?:go(?:es)? live|in beta|a beta|launch\w*|our \w+ release|version \d|v\d+|roadmap|certification)\b", _I
)
_STANDING = compiled(
    r"\b(?:any|every|each)\b.{0,60}\b(?:within|inside)\b|\b(?:within|inside)\b.{0,60}\b(?:any|every|each)\b", _I
)
_HELP = compiled(
    r"\b(?:engineers?|technicians?|consultants?|analysts?|architects?|fitters?|scientists|crew|team|loaners?|sandbox|tenant"
    r"|truck|seats?|hours|at your disposal|reserved for you)\b",
    _I,
)
_HELP_VERBS = word_set("provide send get come stay be set create pull take add run arrive find hold serve ramp set")


def kind_of(verb: str | None, clause: str, *, dated: bool = False) -> CommitmentKind:
    """The kind by verb (base form) and the nouns of the clause; `dated` says that it names a day or time."""
    kind = VERB_KINDS.get(verb or "", "other")
    money = kind == "concession" or verb in _MONEY_VERBS or verb is None
    if _GIVEN_AWAY.search(clause) or (money and _CONCESSION.search(clause)):
        return "concession"
    if verb in _MEETING_VERBS and (_MEETING.search(clause) or (dated and verb == "do")):
        return "meeting"
    if kind in ("deliverable", "follow_up", "other") and _STANDING.search(clause):
        return "guarantee"
    if kind not in ("concession", "guarantee", "resource", "meeting"):
        kind = _by_verb_and_noun(kind, verb, clause)
    return kind


def _by_verb_and_noun(kind: CommitmentKind, verb: str | None, clause: str) -> CommitmentKind:
    """The kind where the verb alone does not say it."""
    if (verb in _ROADMAP_VERBS and _ROADMAP.search(clause)) or (
        verb not in _TELLING_VERBS and _FEATURE.search(clause)
    ):
        kind = "roadmap"
    elif (verb is None or verb in _FOLLOW_UP_VERBS) and _FOLLOW_UP.search(clause):
        kind = "follow_up"
    elif verb in _HELP_VERBS and _HELP.search(clause):
        kind = "resource"
    elif kind == "roadmap":
        kind = "deliverable" if verb in _SENDING_VERBS else "other"
    elif verb is None or verb in _VAGUE_VERBS:
        kind = _by_noun(clause)
    return kind


def _by_noun(clause: str) -> CommitmentKind:
    if _GUARANTEE.search(clause):
        return "guarantee"
    if _MEETING.search(clause):
        return "meeting"
    if _RESOURCE.search(clause) or _PERSON.search(clause):
        return "resource"
    return "deliverable"
