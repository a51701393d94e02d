"""Ids are passed in: random ones in use, counted ones in tests."""

from __future__ import annotations

import itertools
import secrets
from typing import Protocol

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_CHARACTERS = 16


class Ids(Protocol):
    """Makes ids that nothing else has."""

    def new(self, kind: str) -> str:
        """A fresh id that starts with `kind` and an underscore, safe in file names and URLs."""
        ...


class RandomIds:
    """Ids with 80 random bits, in Crockford's alphabet."""

    def new(self, kind: str) -> str:
        """A fresh id such as `dr_3v0k…`."""
        bits = secrets.randbits(_CHARACTERS * 5)
        return f"{kind}_" + "".join(_ALPHABET[bits >> shift & 31] for shift in range(0, _CHARACTERS * 5, 5))


class CountedIds:
    """Ids that count up, the same in every run. For tests."""

    def __init__(self) -> None:
        self._counter = itertools.count(1)

    def new(self, kind: str) -> str:
        """A fresh id such as `dr_000001`."""
        return f"{kind}_{next(self._counter):06d}"
