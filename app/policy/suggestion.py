"""What somebody probably meant."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches


def suggestion(wrong: str, known: Collection[str], *, prefix: str = "") -> str:
    """The end of a complaint about an unknown word: the known one that is close, or else all of them."""
    close = get_close_matches(wrong, known, n=1)
    return f"did you mean '{prefix}{close[0]}'?" if close else f"possible are: {', '.join(known)}"
