"""Texts made from a pattern: most of them match it, and all nearly do."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from re import _parser  # type: ignore[attr-defined]  # the one reader of patterns there is; it has no public name
from typing import Any

_ODD = {"s": "\u017f", "k": "\u212a", "i": "\u0131", "I": "\u0130"}
"""What a pattern that ignores case takes for these letters as well."""
_OF_CATEGORY = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "w", "CATEGORY_NOT_SPACE": "x"}


def instances(pattern: str, flags: int, *, count: int, seed: int) -> Iterator[str]:
    """So many texts; some in capitals, some with letters that only a pattern that ignores case takes for the same."""
    nodes = list(_parser.parse(pattern, flags))
    for number in range(count):
        chance = random.Random(f"{pattern}-{seed}-{number}")  # noqa: S311 - variety, not secrecy
        made = _made(nodes, chance)
        form = number % 4
        if form == 1:
            made = made.upper()
        elif form == 2:
            made = "".join(_ODD.get(c, c) if chance.random() < 0.3 else c for c in made)
        yield f"{chance.choice(('', 'Hi. ', 'so '))}{made}{chance.choice(('', '.', ' then', chr(10)))}"


def _made(nodes: Iterable[tuple[object, Any]], chance: random.Random) -> str:
    return "".join(_one(str(kind), value, chance) for kind, value in nodes)


def _one(kind: str, value: Any, chance: random.Random) -> str:
    match kind, value:
        case "LITERAL", code:
            return chr(code)
        case "IN", members:
            return _of_class(members, chance)
        case "BRANCH", (_, branches):
            return _made(chance.choice(branches), chance)
        case "SUBPATTERN", (*_, inner):
            return _made(inner, chance)
        case "MAX_REPEAT" | "MIN_REPEAT", (int(least), int(most), inner):
            return "".join(_made(inner, chance) for _ in range(chance.randint(least, min(int(most), least + 2))))
    return "" if kind.startswith(("AT", "ASSERT")) else "x"


def _of_class(members: list[tuple[object, Any]], chance: random.Random) -> str:
    kind, value = chance.choice(members)
    if str(members[0][0]) == "NEGATE":
        return "x"
    if str(kind) == "LITERAL":
        return chr(value)
    return chr(value[0]) if str(kind) == "RANGE" else _OF_CATEGORY.get(str(value), "x")
