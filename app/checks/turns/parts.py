"""Takes a pattern apart at the bars that stand outside of all brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.lazily import compiled

_CLOSED = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]"
"""A character with a backslash, or a class of characters: no bar in them parts anything."""
_PLAIN = compiled(rf"{_CLOSED}|.", re.DOTALL)
_VERBOSE = compiled(rf"{_CLOSED}|\#[^\n]*|.", re.DOTALL)
"""The same where comments are allowed, which may hold bars and brackets as well."""


_GROUP = compiled(rf"{_CLOSED}|(?P<group>\((?!\?)|\(\?P<)", re.DOTALL)


def has_groups(pattern: str) -> bool:
    """Whether something in the pattern may be a group that a match tells of."""
    return any(found["group"] for found in _GROUP.finditer(pattern))


def parts_of(pattern: str, *, is_verbose: bool) -> Iterator[str]:
    """The alternatives of a pattern, in their order."""
    depth, part = 0, ""
    for piece in (_VERBOSE if is_verbose else _PLAIN).findall(pattern):
        if piece == "|" and depth == 0:
            yield part
            part = ""
            continue
        depth += (piece == "(") - (piece == ")")
        part += piece
    yield part
