"""Passes quickly over the lines of a text that cannot hold what is looked for.

Patterns that look for many turns of phrase are slow; nearly every mail holds none of them, and a look for the word
that each of them needs tells so at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.checks.turns.texts import Strings, folded
from extractors.lazily import compiled

_WRAPPED_FROM = 50
"""A line that is at least this long and does not end a sentence goes on in the next one."""
_WRAP = compiled(
    rf"(?<=[^\n]{{{_WRAPPED_FROM}}})(?<=[\w,;)’'\"”])\n(?=[\w($€£\"'“‘][^\n])(?!\d{{1,2}}[.)]\s|[A-Z ]{{4,}}\b)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stems:
    """Parts of words. Those with a capital in them have to stand so in the text; case does not matter for others."""

    by_folded: Mapping[str, tuple[str, ...]]
    """The stems by what a text without its cases holds if it holds them."""
    strings: Strings

    def places(self, text: str, start: int, end: int) -> Iterator[int]:
        """Where in the text from `start` to `end` the stems stand, stem by stem."""
        for folded_stem in sorted(self.strings.held_by(text[start:end])):
            for stem in self.by_folded[folded_stem]:
                searched = lowered(text) if stem == stem.lower() else text
                at = searched.find(stem, start, end)
                while at >= 0:
                    yield at
                    at = searched.find(stem, at + len(stem), end)


def stems(listed: str) -> Stems:
    """The stems of a list, one a line or parted by `|`."""
    by_folded: dict[str, list[str]] = defaultdict(list)
    for part in listed.replace("\n", "|").split("|"):
        if part.strip():
            by_folded[folded(part)].append(part)
    return Stems(by_folded={one: tuple(them) for one, them in by_folded.items()}, strings=Strings(by_folded))


def holding(text: str, start: int, end: int, wanted: Stems, *, lines: int = 1) -> Iterator[tuple[int, int]]:
    """The lines that hold one of the stems, each with those behind it up to `lines` in all; one where they meet."""
    extent: tuple[int, int] | None = None
    for at in sorted(wanted.places(text, start, end)):
        first, last = max(start, text.rfind("\n", 0, at) + 1), _end_of_line(text, at, end)
        for _ in range(lines - 1):
            last = _end_of_line(text, min(last + 1, end), end)
        if extent and first <= extent[1]:
            extent = (extent[0], max(extent[1], last))
        else:
            if extent:
                yield extent
            extent = (first, last)
    if extent:
        yield extent


def _end_of_line(text: str, at: int, end: int) -> int:
    found = text.find("\n", at, end)
    return end if found < 0 else found


@lru_cache(maxsize=64)
def lowered(text: str) -> str:
    """The text in small letters, each character where it was."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=64)
def flowing(text: str) -> str:
    """The text with a blank in place of each line break that a mail program put into a sentence."""
    return _WRAP.sub(" ", text)
