"""Misspelt months and weekdays, put right before patterns are tried."""

from collections.abc import Iterator

from extractors.dates.words.misspelt import FAR_OFF, GUARDED, REAL_WORDS


def _slips(word: str) -> Iterator[str]:
    """The word with one letter, not the first, left out, doubled, or swapped with the next."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
        yield word[: at + 1] + word[at] + word[at + 1 :]
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _corrections() -> dict[str, str]:
    derived = {slip: word for word in GUARDED for slip in _slips(word) if slip not in GUARDED}
    return {slip: word for slip, word in (derived | FAR_OFF).items() if slip not in REAL_WORDS}


CORRECTIONS = _corrections()
