"""What a text holds: many strings are looked for in it at once, by the few characters that each begins with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LENGTH = 3
"""Characters of a stretch. A text cannot hold a string whose first stretch is none of its own."""
_ALSO = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})
"""What a pattern that ignores case takes for a letter of ASCII, beside that letter in both its cases."""


def folded(text: str) -> str:
    """The text without its cases."""
    return text.translate(_ALSO).lower()


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A text without its cases, and all its stretches."""

    folded: str
    stretches: frozenset[str]


@lru_cache(maxsize=256)
def held(text: str) -> Held:
    """What the text holds. Remembered, for many look into the same text."""
    plain = folded(text)
    return Held(folded=plain, stretches=frozenset(plain[at : at + _LENGTH] for at in range(len(plain))))


class Strings:
    """Strings that are looked for in one text after the other. They are `folded`, and none is empty."""

    def __init__(self, strings: Iterable[str]) -> None:
        by_stretch: dict[str, list[str]] = defaultdict(list)
        for string in sorted(set(strings)):
            by_stretch[string[:_LENGTH]].append(string)
        self._short = tuple(string for string in by_stretch if len(string) < _LENGTH)
        self._by_stretch = {stretch: tuple(them) for stretch, them in by_stretch.items() if len(stretch) == _LENGTH}
        self._stretches = frozenset(self._by_stretch)

    def held_by(self, text: str) -> list[str]:
        """Those that the text holds, whatever its case."""
        known = held(text)
        shared = self._stretches & known.stretches
        likely = [string for stretch in shared for string in self._by_stretch[stretch]]
        return [string for string in (*self._short, *likely) if string in known.folded]
