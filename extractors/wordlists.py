"""Lists of words written as running text."""

import re
from collections.abc import Iterable


def word_set(text: str) -> frozenset[str]:
    """The words of a text that white space parts."""
    return frozenset(text.split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def holds_any(text: str, stems: tuple[str, ...]) -> bool:
    """Whether one of these stands somewhere in the text: a cheap question before a costly pattern."""
    return any(map(text.__contains__, stems))


def stems(text: str) -> tuple[str, ...]:
    """The words of a text that white space parts, in order."""
    return tuple(text.split())
