"""Lists of words as they are easiest to read and to mend."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text, parted by spaces and line ends."""
    return frozenset(text.split())
