"""The functions that a condition may call, with the types they take and give: those that the library really has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.policy.cel_types import ANY, DURATION, MOMENT, NUMBER, TEXT, WHOLE, YES_NO, CelType, ListOf


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. For a method, `takes` begins with what it is called on."""

    takes: tuple[CelType, ...]
    gives: CelType


_ANY_LIST = ListOf(ANY)

FUNCTIONS: Mapping[str, tuple[Signature, ...]] = {
    "size": (Signature((_ANY_LIST,), WHOLE), Signature((TEXT,), WHOLE)),
    "int": (Signature((NUMBER,), WHOLE), Signature((TEXT,), WHOLE), Signature((WHOLE,), WHOLE)),
    "double": (Signature((WHOLE,), NUMBER), Signature((TEXT,), NUMBER), Signature((NUMBER,), NUMBER)),
    "string": (
        Signature((WHOLE,), TEXT),
        Signature((NUMBER,), TEXT),
        Signature((MOMENT,), TEXT),
        Signature((TEXT,), TEXT),
    ),
    "timestamp": (Signature((TEXT,), MOMENT),),
    "duration": (Signature((TEXT,), DURATION),),
}
"""Called as `function(…)`."""

_OF_MOMENT = (Signature((MOMENT,), WHOLE),)
_OF_MOMENT_OR_DURATION = (*_OF_MOMENT, Signature((DURATION,), WHOLE))
_OF_TWO_TEXTS = (Signature((TEXT, TEXT), YES_NO),)

METHODS: Mapping[str, tuple[Signature, ...]] = {
    "size": FUNCTIONS["size"],
    "startsWith": _OF_TWO_TEXTS,
    "endsWith": _OF_TWO_TEXTS,
    "contains": _OF_TWO_TEXTS,
    "matches": _OF_TWO_TEXTS,
    "getFullYear": _OF_MOMENT,
    "getMonth": _OF_MOMENT,
    "getDate": _OF_MOMENT,
    "getDayOfMonth": _OF_MOMENT,
    "getDayOfWeek": _OF_MOMENT,
    "getDayOfYear": _OF_MOMENT,
    "getHours": _OF_MOMENT_OR_DURATION,
    "getMinutes": _OF_MOMENT_OR_DURATION,
    "getSeconds": _OF_MOMENT_OR_DURATION,
    "getMilliseconds": _OF_MOMENT_OR_DURATION,
}
"""Called as `value.function(…)`."""

MACROS = ("exists", "all", "exists_one", "filter", "map")
"""Called as `list.macro(variable, expression)`."""

ARITHMETIC: Mapping[str, tuple[Signature, ...]] = {
    "+": (
        Signature((WHOLE, WHOLE), WHOLE),
        Signature((NUMBER, NUMBER), NUMBER),
        Signature((TEXT, TEXT), TEXT),
        Signature((MOMENT, DURATION), MOMENT),
        Signature((DURATION, DURATION), DURATION),
    ),
    "-": (
        Signature((WHOLE, WHOLE), WHOLE),
        Signature((NUMBER, NUMBER), NUMBER),
        Signature((MOMENT, DURATION), MOMENT),
        Signature((MOMENT, MOMENT), DURATION),
        Signature((DURATION, DURATION), DURATION),
    ),
    "*": (Signature((WHOLE, WHOLE), WHOLE), Signature((NUMBER, NUMBER), NUMBER)),
    "/": (Signature((WHOLE, WHOLE), WHOLE), Signature((NUMBER, NUMBER), NUMBER)),
    "%": (Signature((WHOLE, WHOLE), WHOLE),),
}
"""Written as `left operator right`. Whole numbers and numbers do not mix."""
