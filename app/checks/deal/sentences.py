"""The sentences that the sender wrote, each with the promises in it.

What a deal forbids is often said beside a promise ("The price is $12 a seat"), and a promise's own words may end
before the number that matters; so these checks read whole sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.once import once
from app.core.findings import Commitment, DateMention, Findings
from extractors.lazily import compiled

_ABBREVIATION = compiled(
    r"\b(?:Mr|Mrs|Ms|Dr|St|No|Inc|Ltd|Co|Corp|vs|approx|incl|excl|e\.g|i\.e|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
    r"|Dec)\.$",
    re.IGNORECASE,
)
_END = compiled(r"[.!?]+[\"'”’)]*(?=\s)|\n\s*\n|\n(?=\s*(?:[-*•–]|\d{1,2}[.)])\s)")
_GREETING = compiled(
    r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening))\b[^.!?\n]{0,60},[ \t]*(?=\n)", re.I
)
_WRAPPED = compiled(r"(?<=[^\n]{40})\n(?=\S)")
"""A line that ends because it was full; what it is broken into is read as one, offsets unchanged."""
_NEAR = 12
_LONGEST = 1_000
"""What goes on for longer than this is no sentence, and is cut: no pattern has to look further."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence; `start` and `end` are characters of the findings' text."""

    text: str
    start: int
    end: int
    commitments: tuple[Commitment, ...]
    """The promises that begin, end or go on in it."""
    dates: tuple[DateMention, ...]
    """The dates that stand in it."""

    @property
    def is_question(self) -> bool:
        """Whether it asks, and says nothing."""
        return self.text.rstrip("\"'”’) ").endswith("?")

    def promise_at(self, start: int, end: int) -> Commitment | None:
        """The promise whose words overlap these characters of the findings' text."""
        return next((c for c in self.commitments if c.start < end and start < c.end), None)


@once
def sentences(findings: Findings) -> Iterator[Sentence]:
    """The sentences of the authored text, in order; quoted mail and signatures are no part of it."""
    for first, last in findings.authored:
        for start, end in _cuts(findings.text, first, last):
            yield _sentence(findings, start, end)


def _cuts(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    greeting = _GREETING.match(text, first, last)
    start = greeting.end() if greeting else first
    for match in _END.finditer(text, start, last):
        if not _ABBREVIATION.search(text[max(start, match.end() - _NEAR) : match.end()]):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, last)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > _LONGEST:
        gap = text.rfind(" ", start, start + _LONGEST)
        cut = gap if gap > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _sentence(findings: Findings, start: int, end: int) -> Sentence:
    return Sentence(
        text=_WRAPPED.sub(" ", findings.text[start:end]),
        start=start,
        end=end,
        commitments=tuple(c for c in findings.commitments if c.start < end and start < c.end),
        dates=tuple(d for d in findings.dates if start <= d.start and d.end <= end),
    )
