"""The pieces of date expressions in a sentence: days, periods, times, zones, durations.

A sentence is read word by word; at a word that some pattern can begin with, those patterns alone are tried. That
keeps the work linear in the length of the text, and next to nothing for sentences without a word of time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractors.dates.grammar import AFTER_LINKING, FALLBACKS, LINKING, NEAR_TRIGGERS, RULES, TRIGGERS
from extractors.dates.rule import LONG_NUMBER, SHORT_NUMBER, Found, PieceRule
from extractors.dates.spelling import CORRECTIONS
from extractors.dates.terms import Period, Term
from extractors.lazily import compiled

_WORD = compiled(r"[a-z]+|\d+")
_FILE_ENDING = compiled(r"\.[a-z]{2,4}\d?\b")
_ASCII_LOWER = {letter: letter + 32 for letter in range(ord("A"), ord("Z") + 1)}
_LONGEST_NUMBER, _SHORT_NUMBER_LENGTH = 4, 2
# Words between the first of an expression and the first that tells it is one: "in the next couple of business days".
_REACH = 6
# Digits right after these are no start of a day or time: prices, references, the rest of a longer number.
_NO_START = frozenset("$€£¥₹#_\\=")
_JOINERS = frozenset(".,:/-'")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of a sentence and what it means."""

    start: int
    end: int
    term: Term


def _by_start(rules: Iterable[PieceRule]) -> dict[str, tuple[PieceRule, ...]]:
    table: dict[str, tuple[PieceRule, ...]] = {}
    for rule in rules:
        for word in rule.starts:
            table[word] = (*table.get(word, ()), rule)
    return table


_RULES = _by_start(RULES)
_FALLBACKS = _by_start(FALLBACKS)
_TELLING = TRIGGERS | CORRECTIONS.keys()


def pieces(sentence: str) -> list[Piece]:
    """The pieces of a sentence in order, without overlap."""
    lowered = lower(sentence)
    words = _WORD.findall(lowered)
    if _TELLING.isdisjoint(words) and not any(word[0] <= "9" for word in words):
        return []
    if CORRECTIONS.keys().isdisjoint(words):
        return _scan(sentence, lowered)
    return _scan_corrected(sentence, lowered)


def lower(text: str) -> str:
    """The text in lower case, as long as it was."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(_ASCII_LOWER)


def _scan(sentence: str, lowered: str) -> list[Piece]:
    tokens = [(match.start(), match[0]) for match in _WORD.finditer(lowered)]
    found: list[Piece] = []
    reached = 0
    for at in _near_triggers(tokens):
        start, word = tokens[at]
        if start < reached:
            continue
        digits = word[0] <= "9"
        if digits:
            word = LONG_NUMBER if len(word) > _SHORT_NUMBER_LENGTH else SHORT_NUMBER
        elif word in LINKING and at + 1 < len(tokens) and not _may_follow(tokens[at + 1][1]):
            continue
        rules = _RULES.get(word)
        if not rules or not _may_start(lowered, start, reached, digits=digits):
            continue
        piece = _longest(sentence, lowered, start, rules)
        if piece is None or isinstance(piece.term, Period):
            piece = _longer(piece, _longest(sentence, lowered, start, _FALLBACKS.get(word, ())))
        if piece and not _FILE_ENDING.match(lowered, piece.end):
            found.append(piece)
            reached = piece.end
    return found


def _may_follow(word: str) -> bool:
    """Whether a pattern can go on with a word after "the", "in" or "for"."""
    return word in _RULES or word in AFTER_LINKING or word[0] <= "9"


def _longer(one: Piece | None, other: Piece | None) -> Piece | None:
    if one is None or other is None:
        return one or other
    return other if other.end > one.end else one


def _near_triggers(tokens: list[tuple[int, str]]) -> Iterator[int]:
    """The numbers of the words from which a trigger is not too far ahead; digits too long for a year aside."""
    done = 0
    for at, (_, word) in enumerate(tokens):
        if word in NEAR_TRIGGERS or (word[0] <= "9" and len(word) <= _LONGEST_NUMBER):
            yield from range(max(done, at - _REACH), at + 1)
            done = at + 1


def _may_start(text: str, start: int, reached: int, *, digits: bool) -> bool:
    """Whether a word or number at a place can begin something of its own."""
    if not start:
        return True
    before = text[start - 1]
    if not digits:
        return not (before.isalnum() or before == "_")
    if before in "-–" and start - 1 == reached:
        return True
    if before in _JOINERS:
        return not (start > 1 and text[start - 2].isalnum() and not (before == "'" and text[start - 2].isalpha()))
    return not (before.isalnum() or before in _NO_START)


def _longest(sentence: str, lowered: str, start: int, rules: Iterable[PieceRule]) -> Piece | None:
    best: Piece | None = None
    reached = start
    for rule in rules:
        match = rule.pattern.match(lowered, start)
        if match and match.end() > reached:
            term = rule.build(Found(match=match, sentence=sentence))
            if term is not None:
                best = Piece(start=start, end=start + len(match[0].rstrip(" ,-(")), term=term)
                reached = best.end
    return best


def _scan_corrected(sentence: str, lowered: str) -> list[Piece]:
    """The pieces of a sentence with slips put right, at their places in the sentence as written."""
    written: list[str] = []
    places = [0]
    at = 0
    for token in _WORD.finditer(lowered):
        correct = CORRECTIONS.get(token[0])
        if correct is None:
            continue
        start, end = token.span()
        if sentence[start].isupper():
            correct = correct.capitalize()
        written += [sentence[at:start], correct]
        places += range(at + 1, start + 1)
        places += [start] * (len(correct) - 1) + [end]
        at = end
    written.append(sentence[at:])
    places += range(at + 1, len(sentence) + 1)
    corrected = "".join(written)
    found = _scan(corrected, lower(corrected))
    return [Piece(start=places[piece.start], end=places[piece.end], term=piece.term) for piece in found]
