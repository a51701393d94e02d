"""Which sentences promise or accept legal terms, and which only speak of them.

A term is accepted where words of consent stand with it, in its own clause ("net 60 is fine with us") or in the next
one, which then only points back ("you asked for net 60. That works for us"). Some sentences bind without a word of
consent: "either side may leave with a month's notice".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.deal.consent import (
    ASSENT,
    DEFERS,
    GRANTED,
    IN_ANOTHER_MATTER,
    LEFT_OPEN,
    NEUTRAL,
    REFUSED,
    STANDING,
    WILLING_NOT,
)
from app.checks.deal.legal_words import MAY_BE_LEGAL, TERM, UNDERTAKING
from app.checks.deal.sentences import Sentence, sentences
from app.core.findings import Findings
from extractors.lazily import compiled

_IN_WRITING = frozenset({"data processing", "contract terms", "indemnity"})
"""Terms that one gets as a document: "you'll get the DPA on Friday" grants nothing."""
_PIECE = compiled(
    r"[;\n–—]|,\s(?=(?:but|and (?:we|i|our|legal)|so|while|whereas|yet|though|although|(?:i|we)(?:['’]ll| will)"
    r"|please"
    r"|let)\b)|\b(?:but|however)\b",
    re.IGNORECASE,
)
_STRONG = frozenset(TERM) - {"contract terms", "data processing", "service levels"}
_POINTS_BACK = compiled(
    r"\b(?:it|that|this|them|those|these|so|both|either|neither|yours?|all of (?:it|them)|the (?:point|change|wording"
    r"|request|ask|last one|former|latter))\b"
    r"|^\W*(?:shouldn['’]t|should not|won['’]t|wouldn['’]t|works|suits|sounds|looks|fine|no|not)\b"
    r"|\b(?:we|i)(?:['’]ll| will| can| could)? (?:take|do|accept|sign|agree|live with)\W*$",
    re.IGNORECASE,
)
_BARE = compiled(
    r"\W*(?:(?:and|so|yes|sure|agreed|accepted|approved|granted|confirmed|done|deal|fine|ok(?:ay)?|of course"
    r"|absolutely|no"
    r"|problems?|objections?|happily|gladly|certainly|consider|by all means|works|with|by|for|from|on|us|me|our|my"
    r"|side|end"
    r"|here|at all|perfectly)\b\W*)+",
    re.IGNORECASE,
)
"""Nothing but consent."""
_GOES_ON = compiled(
    r"\b(?:now|is|are|lies?|rests?|sits?) (?:\w+ )?with\b|\b(?:forward|pass|hand|given?|discuss|review"
    r"|look(?:ing)? (?:at|into))",
    re.IGNORECASE,
)
"""What was handed on is not what a yes in the next sentence is for."""
_SHORT = 90
"""Characters up to which a clause can be one that only answers the one before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalTerm:
    """A legal term that the mail promises or accepts."""

    name: str
    start: int
    end: int
    """Of its piece of the sentence, in the findings' text."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Piece:
    text: str
    start: int
    sentence: Sentence


def legal_terms(findings: Findings) -> Iterator[LegalTerm]:
    """The legal terms that the mail binds its sender to, at most one for each piece of a sentence."""
    spoken_of: str | None = None
    for sentence in sentences(findings):
        may_be_legal = MAY_BE_LEGAL.search(sentence.text) is not None
        if not may_be_legal and spoken_of is None:
            continue
        deferred = DEFERS.search(sentence.text) is not None
        for piece in _pieces(sentence):
            name = _named(piece.text) if may_be_legal else None
            bound = None if sentence.is_question or deferred else _bound(piece.text, name, spoken_of)
            if bound is not None:
                yield _legal_term(bound, piece)
            spoken_of = None if deferred or _GOES_ON.search(piece.text) else name


def _bound(words: str, name: str | None, spoken_of: str | None) -> str | None:
    """The name of the term that a piece settles: its own, or the one that was spoken of just before."""
    undertaken = next((term for term, pattern in UNDERTAKING.items() if pattern.search(words)), None)
    if undertaken is not None and not IN_ANOTHER_MATTER.search(words):
        return None if _leaves_open(UNDERTAKING[undertaken].sub(" ", words)) else undertaken
    if name is not None:
        granted = name not in _IN_WRITING and GRANTED.search(words) and not IN_ANOTHER_MATTER.search(words)
        return (
            name
            if (granted or ASSENT.search(words) or (name in _STRONG and not NEUTRAL.search(words)))
            and not _leaves_open(words)
            else None
        )
    answers = len(words) <= _SHORT and (_POINTS_BACK.search(words) or _BARE.fullmatch(words))
    if spoken_of is None or not answers or IN_ANOTHER_MATTER.search(words):
        return None
    return spoken_of if ASSENT.search(words) and not _leaves_open(words) else None


def _leaves_open(words: str) -> bool:
    left = WILLING_NOT.sub(" ", words)
    return any(pattern.search(left) for pattern in (LEFT_OPEN, REFUSED, STANDING))


def _named(words: str) -> str | None:
    return next((name for name, pattern in TERM.items() if pattern.search(words)), None)


def _legal_term(name: str, piece: _Piece) -> LegalTerm:
    words = piece.text.strip(" ,.")
    begin = piece.start + piece.text.index(words)
    return LegalTerm(name=name, start=begin, end=begin + len(words), text=words)


def _pieces(sentence: Sentence) -> Iterator[_Piece]:
    start = 0
    for match in _PIECE.finditer(sentence.text):
        yield from _piece(sentence, start, match.start())
        start = match.end()
    yield from _piece(sentence, start, len(sentence.text))


def _piece(sentence: Sentence, start: int, end: int) -> Iterator[_Piece]:
    words = sentence.text[start:end]
    if words.strip(" ,."):
        yield _Piece(text=words, start=sentence.start + start, sentence=sentence)
