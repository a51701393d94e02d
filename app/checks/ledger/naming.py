"""Whether words name the thing that a promise is about: fully (`the mapping template`) or in short."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from app.checks.topics import Topic
from app.checks.words import bag, content, names


class Naming(IntEnum):
    """How much of the thing's name is there."""

    NOT = 0
    SHORT = 1
    """Its noun alone, or with some of what tells it apart."""
    FULL = 2


_DEFINITE = bag("the that this these those our my your its said")
_INDEFINITE = bag("a an another any no some every each which what")
_OF = bag("of for on about from to")
_GOES_ON = bag(
    """access review call meeting session policy team workshop training user page date draft question request
    provider vendor standard process budget phase template survey"""
)
"""Behind a noun these make another thing of it: `sandbox policy`."""


def naming(text: str, thing: Topic) -> Naming:
    """How the words name the thing. An indefinite one, or one of another name, is another thing."""
    words = names(text)
    return max((_at(spot, words, thing) for spot in _spots(words, thing)), default=Naming.NOT)


def _spots(words: tuple[str, ...], thing: Topic) -> Iterator[int]:
    nouns = {thing.head, thing.core[-1] if thing.core else None} - {None}
    return (spot for spot, word in enumerate(words) if word in nouns)


def _at(spot: int, words: tuple[str, ...], thing: Topic) -> Naming:
    own = frozenset(thing.core) | ({thing.head} if thing.head else set())
    told = {words[spot]}
    begin = spot
    while begin and _tells(words[begin - 1]) and words[begin - 1] in own:
        begin -= 1
        told.add(words[begin])
    after = spot + 1
    while after < len(words) and words[after] in own:
        told.add(words[after])
        after += 1
    if after < len(words) and words[after] in _OF:
        told |= own.intersection(words[after + 1 : after + 4])
    elif after < len(words) and words[after] in _GOES_ON:
        return Naming.NOT
    while begin and not _tells(words[begin - 1]) and words[begin - 1] not in _DEFINITE | _INDEFINITE | _OF:
        if words[begin - 1] not in _SKIPPED:
            break
        begin -= 1
    before = words[begin - 1] if begin else ""
    if before in _INDEFINITE:
        return Naming.NOT
    full = {thing.head, *thing.core[-1:]} <= told and thing.rest <= told
    if full and (thing.rest or before in _DEFINITE):
        # `The depot survey`, and also `depot survey: Tuesday`; but a `your`, `the` or nothing before a bare noun.
        return Naming.FULL
    if full:
        return Naming.FULL if not before else Naming.NOT
    return Naming.SHORT if before in _DEFINITE - {"your"} else Naming.NOT


_SKIPPED = bag(
    """latest current updated revised new newest final full complete completed signed countersigned promised
    requested actual entire detailed short quick brief first last whole filled finished"""
)


def _tells(word: str) -> bool:
    return bool(content((word,)))
