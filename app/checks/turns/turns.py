"""A pattern of many turns of phrase, of which only those are tried whose words the text holds.

A list of fifty ways to say a thing is slow to try at every place of a mail, and nearly every mail holds none of them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.checks.turns.literals import needs_of
from app.checks.turns.parts import has_groups, parts_of
from app.checks.turns.texts import Strings
from extractors.lazily import compiled


class Turns:
    """Finds what `re.compile` of the same pattern finds.

    Its alternatives are tried one by one, and only where a text can match; none is compiled before that. A pattern
    with groups stays whole. None may match without a single character: ValueError is raised where one is first used.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern, self.flags = pattern, int(flags)

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
        is_whole = has_groups(self.pattern)
        parts = [self.pattern] if is_whole else parts_of(self.pattern, is_verbose=bool(self.flags & re.VERBOSE))
        return _Index(parts=tuple(_part(pattern, self.flags) for pattern in parts))


Sought = Turns | re.Pattern[str]
"""What can be looked for in a text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    pattern: re.Pattern[str]
    needed: tuple[frozenset[str], ...]
    """Of each of these a text has to hold one."""


def _part(pattern: str, flags: int) -> _Part:
    needs = needs_of(pattern, flags)
    if needs.may_be_empty:
        raise ValueError(f"the pattern must not match nothing at all: {pattern[:60]}")
    return _Part(pattern=compiled(pattern, flags), needed=needs.strings)


@dataclass(frozen=True, kw_only=True)
class _Index:
    """All parts, and what to look for in a text to know which of them to try."""

    parts: tuple[_Part, ...]

    def likely(self, text: str) -> Sequence[re.Pattern[str]]:
        """The parts that may match in the text, in order."""
        held = self._strings.held_by(text)
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
