"""A secret that stands in a text, and how it may be shown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.lazily import compiled

BLANK = "••••"
_FIRST = 4

_STAND_IN = compiled(
    r"<.*>|\[.*\]?|\{.*\}?|\$.*|%.*%|[x*•.#_-]{3,}|(?:your|my)[-_ ].*|.*your[-_]?(?:api|key|token|pass|secret).*"
    r"|pass(?:word|wd)?|secret|token|key|pwd|pw|user(?:name)?|redacted|hidden|example|none|null",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Secret:
    """What must not be repeated. `start` and `end` are those of the secret itself, without what names it."""

    what: str
    """With its article: `an AWS access key`."""
    start: int
    end: int
    mask: str
    """What may be shown of it for good."""


def first_letters(secret: str) -> str:
    """Enough of a key to find it again, and too little to use it."""
    return f"{secret[:_FIRST]}…" if len(secret) >= 4 * _FIRST else BLANK


def last_letters(secret: str) -> str:
    """What is printed on receipts: the last four."""
    return BLANK + "".join(c for c in secret if c.isalnum())[-4:]


def is_stand_in(value: str) -> bool:
    """Whether the value only shows where a secret goes: `<password>`, `YOUR_API_KEY`, `****`."""
    return bool(_STAND_IN.fullmatch(value))
