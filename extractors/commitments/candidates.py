"""Stretches of text that may be undertakings: where the trained network sees one, and where a phrase family does."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.findings import Commitment
from extractors.language import Tagged
from extractors.lazily import compiled
from extractors.segments import Sentence

_SEEN = 0.12  # a word that is likelier than this to belong to an undertaking opens a candidate
_BRIDGED = 0.04  # and one such word between two of them does not part them
_LOOSE_END = compiled(r"[ ,]+(?:and|but|or|so|then|plus)$", re.IGNORECASE)
_JOINING = compiled(r"(?:[,;]|\b(?:and|but|or|then|plus))\s*$", re.IGNORECASE)
_TRAILING = " \t\n,;:.!?…-–—)\"'"


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What the network saw in a stretch: the probability that its words belong to an undertaking, strongest,
    mean and weakest; the strongest of the whole sentence; and the mean for each strength.
    """

    strongest: float
    mean: float
    weakest: float
    sentence: float
    strengths: tuple[float, float, float]
    share: float
    words: int


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A stretch of the text, `start` to `end`, in the sentence numbered `sentence`; `family` is the finding of the
    phrase families there, if any.
    """

    start: int
    end: int
    sentence: int
    seen: bool
    sight: Sight
    family: Commitment | None


def candidates(
    sentences: Sequence[Sentence], tagged: Sequence[Tagged], families: Sequence[Commitment]
) -> list[Candidate]:
    """The candidates of a text in order; `families` are the findings of the phrase families in the same text."""
    found: list[Candidate] = []
    taken = 0
    for number, (sentence, words) in enumerate(zip(sentences, tagged, strict=True)):
        first = taken
        while taken < len(families) and families[taken].start < sentence.end:
            taken += 1
        if len(words.doc) and (taken > first or words.strongest >= _SEEN):
            found += _of_sentence(number, sentence, words, list(families[first:taken]))
    return found


def _of_sentence(number: int, sentence: Sentence, tagged: Tagged, families: list[Commitment]) -> Iterator[Candidate]:
    left = list(families)
    for first, last in _parted(stretches(tagged), sentence, tagged, families):
        start, end = _place(sentence, tagged, first, last)
        if start >= end:
            continue
        family = max(left, key=lambda finding: _overlap(finding, start, end), default=None)
        if family is not None and _overlap(family, start, end) > 0:
            left.remove(family)
        else:
            family = None
        yield Candidate(
            start=start,
            end=end,
            sentence=number,
            seen=True,
            sight=_sight(tagged, first, last),
            family=family,
        )
    for family in left:
        first, last = _words_of(sentence, tagged, family)
        yield Candidate(
            start=family.start,
            end=family.end,
            sentence=number,
            seen=False,
            sight=_sight(tagged, first, last),
            family=family,
        )


def _parted(
    runs: list[tuple[int, int]], sentence: Sentence, tagged: Tagged, families: list[Commitment]
) -> Iterator[tuple[int, int]]:
    """The runs, cut behind an "and" where a phrase family sees another undertaking begin after one has ended."""
    spans = [_words_of(sentence, tagged, family) for family in families]
    for first, last in runs:
        opens, ended = first, last
        for begins, ends in spans:
            if opens <= begins and ends <= last:
                if begins > ended and _JOINING.search(_before(sentence, tagged, begins)):
                    yield opens, begins - 1
                    opens = begins
                ended = ends
        yield opens, last


def _before(sentence: Sentence, tagged: Tagged, word: int) -> str:
    return sentence.text[: tagged.places[word][0]]


def stretches(tagged: Tagged) -> list[tuple[int, int]]:
    """First and last word of each stretch in which the network sees an undertaking, however faintly."""
    probabilities = tagged.probabilities
    if tagged.strongest < _SEEN:
        return []
    inside = tagged.inside
    first_word = probabilities[:, 1::2].sum(axis=1) > probabilities[:, 2::2].sum(axis=1)
    seen = (inside >= _SEEN).tolist()
    faint = (inside >= _BRIDGED).tolist()
    opens = first_word.tolist()
    runs: list[tuple[int, int]] = []
    start: int | None = None
    last = 0
    for word, is_seen in enumerate(seen):
        if not is_seen:
            bridged = faint[word] and word + 1 < len(seen) and seen[word + 1]
            if start is not None and not bridged:
                runs.append((start, last))
                start = None
            continue
        if start is not None and opens[word] and inside[word] > 0.5:
            runs.append((start, last))
            start = word
        elif start is None:
            start = word
        last = word
    if start is not None:
        runs.append((start, last))
    return runs


def _place(sentence: Sentence, tagged: Tagged, first: int, last: int) -> tuple[int, int]:
    start, end = tagged.places[first][0], tagged.places[last][1]
    stretch = sentence.text[start:end]
    end = start + len(_LOOSE_END.sub("", stretch.rstrip(_TRAILING)).rstrip(_TRAILING))
    start += len(stretch) - len(stretch.lstrip(" ,;:-–—"))
    return sentence.start + start, sentence.start + end


def _words_of(sentence: Sentence, tagged: Tagged, finding: Commitment) -> tuple[int, int]:
    start, end = finding.start - sentence.start, finding.end - sentence.start
    touched = [nth for nth, (begins, ends) in enumerate(tagged.places) if begins < end and ends > start]
    return (touched[0], touched[-1]) if touched else (0, 0)


def _sight(tagged: Tagged, first: int, last: int) -> Sight:
    stretch = tagged.inside[first : last + 1]
    rows = tagged.probabilities[first : last + 1]
    by_strength = (rows[:, 1::2] + rows[:, 2::2]).mean(axis=0).tolist()
    return Sight(
        strongest=float(stretch.max()),
        mean=float(stretch.mean()),
        weakest=float(stretch.min()),
        sentence=tagged.strongest,
        strengths=(by_strength[0], by_strength[1], by_strength[2]),
        share=len(stretch) / len(tagged.doc),
        words=len(stretch),
    )


def _overlap(finding: Commitment, start: int, end: int) -> int:
    return min(finding.end, end) - max(finding.start, start)
