"""What a piece pattern is."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractors.dates.terms import Term
from extractors.lazily import compiled

Builder = Callable[["Found"], Term | None]
# Stand for numbers of one or two digits, and of three or four, among the words that a pattern can begin with.
SHORT_NUMBER, LONG_NUMBER = "0", "0000"
# How many characters around a match its builder may look at.
_WINDOW = 48


@dataclass(kw_only=True, slots=True)
class Found:
    """A match in the lower-case form of a sentence, and the sentence as written."""

    match: re.Match[str]
    sentence: str

    def __getitem__(self, group: str) -> str:
        """What a group matched; empty where it took no part or is none."""
        return (self.match[group] if group in self.match.re.groupindex else "") or ""

    @property
    def text(self) -> str:
        """The match in lower case."""
        return self.match[0]

    @property
    def written(self) -> str:
        """The match as written."""
        return self.sentence[self.match.start() : self.match.end()]

    @property
    def opens_sentence(self) -> bool:
        return self.match.start() == 0

    def comes_after(self, cue: re.Pattern[str]) -> re.Match[str] | None:
        """Whether the words before the match, in lower case, end as the cue has it."""
        start = self.match.start()
        return cue.search(self.match.string[max(0, start - _WINDOW) : start])

    def comes_before(self, cue: re.Pattern[str]) -> re.Match[str] | None:
        """Whether the words after the match, in lower case, begin as the cue has it."""
        return cue.match(self.match.string[self.match.end() : self.match.end() + _WINDOW])

    def is_lower(self, group: str) -> bool:
        """Whether a group is written with a small letter first."""
        return self.sentence[self.match.start(group)].islower()


@dataclass(frozen=True, kw_only=True)
class PieceRule:
    """A pattern, the words it can begin with, and what makes a meaning of its matches."""

    pattern: re.Pattern[str]
    starts: frozenset[str]
    build: Builder


def rule(starts: Iterable[str], pattern: str, build: Builder) -> PieceRule:
    """A rule whose pattern is tried where one of the words `starts` begins; a word is a run of letters a-z.

    Gaps written `[ ]+` and `[ ]*` are at most three spaces wide, which keeps matching linear on any text.
    """
    bounded = pattern.replace("[ ]+", "[ ]{1,3}").replace("[ ]*", "[ ]{0,3}")
    return PieceRule(pattern=compiled(bounded), starts=frozenset(starts), build=build)
