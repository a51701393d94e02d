"""What may stand in a word that a person gives: a reason, a name."""

from __future__ import annotations

import unicodedata

from app.core.errors import InvalidInput

MOST_CHARACTERS = 2000
_CONTROL = frozenset({"Cc", "Cs"})


def plain(text: str, *, field: str) -> str:
    """The text, trimmed. Line ends and tabs are allowed.

    Raises InvalidInput, naming the field, for control characters, surrogates, and what is very long.
    """
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        raise InvalidInput(f"is longer than {MOST_CHARACTERS} characters; shorten it", field=field)
    if any(unicodedata.category(c) in _CONTROL and c not in "\n\r\t" for c in text):
        raise InvalidInput("holds a character that cannot be kept; type it again", field=field)
    return text
