"""What a text holds: many strings are looked for in it at once, by the few characters that each begins with."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_LENGTH = 3
"""Characters of a stretch. A text cannot hold a string whose first stretch is none of its own."""
_ALSO = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k"})
"""What a pattern that ignores case takes for a letter of ASCII, beside that letter in both its cases."""


def folded(text: str) -> str:
    """The text without its cases."""
    return text.translate(_ALSO).lower()


class Strings:
    """Strings that are looked for in one text after the other. They are `folded`, and none is empty.

    All that anybody looks for is looked for at once, the first time that somebody asks about a text. So let there be
    a fixed number of these, made of lists that stand in the code.
    """

    def __init__(self, strings: Iterable[str]) -> None:
        self._own = frozenset(strings)
        _ALL.take_in(self._own)

    def held_by(self, text: str) -> frozenset[str]:
        """Those that the text holds, whatever its case."""
        return self._own & _ALL.held_by(text)


@dataclass(frozen=True, eq=False)
class _Table:
    """Strings by their first stretch; a short one is a stretch of its own."""

    by_stretch: Mapping[str, tuple[str, ...]]
    short: frozenset[str] = frozenset()

    def with_also(self, strings: Iterable[str]) -> _Table:
        by_stretch = dict(self.by_stretch)
        for string in strings:
            there = by_stretch.get(string[:_LENGTH], ())
            if string not in there:
                by_stretch[string[:_LENGTH]] = (*there, string)
        return _Table(by_stretch, frozenset(stretch for stretch in by_stretch if len(stretch) < _LENGTH))


class _All:
    """Whatever is looked for by anybody. Any number of threads may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._table = _Table({})

    def take_in(self, strings: Iterable[str]) -> None:
        """Look for these from now on."""
        with self._lock:
            self._table = self._table.with_also(strings)

    def held_by(self, text: str) -> frozenset[str]:
        """All of them that the text holds."""
        return _held(self._table, text)


@lru_cache(maxsize=256)
def _held(table: _Table, text: str) -> frozenset[str]:
    plain = folded(text)
    stretches = {plain[at : at + _LENGTH] for at in range(len(plain) - _LENGTH + 1)}
    likely = (table.by_stretch[stretch] for stretch in stretches & table.by_stretch.keys())
    return frozenset(string for string in chain(table.short, *likely) if string in plain)


_ALL = _All()
