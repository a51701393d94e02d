"""What a piece pattern is."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.dates.terms import Term

Builder = Callable[[re.Match[str]], Term | None]


@dataclass(frozen=True, kw_only=True)
class PieceRule:
    """A pattern and what makes a meaning of its matches; a group named `span` is the piece where the match is
    longer.
    """

    pattern: re.Pattern[str]
    build: Builder

    @property
    def spanned(self) -> bool:
        return "span" in self.pattern.groupindex


@dataclass(frozen=True, kw_only=True)
class RuleGroup:
    """Rules that are tried only on sentences in whose lower-case form `worth_a_look` finds something."""

    worth_a_look: re.Pattern[str]
    rules: tuple[PieceRule, ...]


def rule(pattern: str, build: Builder, *, case: bool = False) -> PieceRule:
    """A rule; `case` makes upper and lower case differ."""
    return PieceRule(pattern=re.compile(pattern, 0 if case else re.IGNORECASE), build=build)


def group(worth_a_look: str, *rules: PieceRule) -> RuleGroup:
    """A group by the pattern of what is worth a look, in lower case."""
    return RuleGroup(worth_a_look=re.compile(worth_a_look), rules=rules)
