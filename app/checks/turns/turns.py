"""A pattern of many turns of phrase, of which only those are tried whose words the text holds.

A list of fifty ways to say a thing is slow to try at every place of a mail, and nearly every mail holds none of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.checks.turns.literals import literals, may_be_empty
from app.checks.turns.parts import parts_of
from app.checks.turns.texts import Strings


class Turns:
    """Finds what `re.compile` of the same pattern finds.

    Its alternatives are tried one by one, and only where a text can match; so none may match without a single
    character, for which ValueError is raised. A pattern with groups stays whole.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, flags
        if may_be_empty(pattern, flags):
            raise ValueError(f"the pattern must not match nothing at all: {pattern[:60]}")
        whole = re.compile(pattern, flags)
        parts = parts_of(pattern, is_verbose=bool(flags & re.VERBOSE))
        self._parts = (whole,) if whole.groups else tuple(re.compile(part, flags) for part in parts)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in the text from `start` to `end`, as `re.Pattern.search` has it."""
        return _first(self._index.likely(text[start:end]), text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches in the text from `start` to `end`, as `re.Pattern.finditer` has them."""
        parts = self._index.likely(text[start:end])
        while found := _first(parts, text, start, end):
            yield found
            start = found.end()

    def may_match(self, text: str) -> bool:
        """Whether the text holds what a match in it, or in a piece of it, would need."""
        return bool(self._index.likely(text))

    @cached_property
    def _index(self) -> _Index:
        return _Index(
            parts=tuple(_Part(pattern=part, needed=literals(part.pattern, part.flags)) for part in self._parts)
        )


Sought = Turns | re.Pattern[str]
"""What can be looked for in a text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    pattern: re.Pattern[str]
    needed: tuple[frozenset[str], ...]
    """Of each of these a text has to hold one."""


@dataclass(frozen=True, kw_only=True)
class _Index:
    """All parts, and what to look for in a text to know which of them to try."""

    parts: tuple[_Part, ...]

    def likely(self, text: str) -> Sequence[re.Pattern[str]]:
        """The parts that may match in the text, in order."""
        held = frozenset(self._strings.held_by(text))
        if not held:
            return self._always
        return [part.pattern for part in self.parts if not any(map(held.isdisjoint, part.needed))]

    @cached_property
    def _strings(self) -> Strings:
        return Strings(string for part in self.parts for strings in part.needed for string in strings)

    @cached_property
    def _always(self) -> tuple[re.Pattern[str], ...]:
        return tuple(part.pattern for part in self.parts if not part.needed)


def may_match(pattern: Sought, text: str) -> bool:
    """Whether the text holds what the pattern needs, as far as that is known."""
    return pattern.may_match(text) if isinstance(pattern, Turns) else True


def _first(parts: Sequence[re.Pattern[str]], text: str, start: int, end: int) -> re.Match[str] | None:
    """The match that begins first, by the earlier part where two begin at one place."""
    best: re.Match[str] | None = None
    for part in parts:
        found = part.search(text, start, end)
        if found and (best is None or found.start() < best.start()):
            best = found
    return best
