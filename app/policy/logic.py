"""Conditions as logic: `and`, `or` and literals over atoms, so that one can tell what can never hold.

An atom speaks about a term, the canonical text of an expression, or is opaque: known by its text alone. Whatever
holds of all ways to fill in the terms and the opaque atoms holds of every draft; the reverse is not claimed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Constant = str | float | bool | datetime
"""A value that a term is compared with; whole numbers count as numbers."""


class TermKind(StrEnum):
    """What values a term can have."""

    WHOLE = "whole"
    NUMBER = "number"
    TEXT = "text"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Term:
    """An expression with a value: its text, and what is known of the value beforehand."""

    text: str
    kind: TermKind
    choices: frozenset[Constant] | None = None
    """All values that it can have; None where they cannot be listed."""
    least: Constant | None = None
    most: Constant | None = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The term is one of the values."""

    term: Term
    values: frozenset[Constant]


@dataclass(frozen=True, slots=True)
class Below:
    """The term is less than the bound, or at most the bound."""

    term: Term
    bound: Constant
    inclusive: bool


class TextRelation(StrEnum):
    """How a text can be related to a part of it."""

    STARTS = "startsWith"
    ENDS = "endsWith"
    CONTAINS = "contains"

    def holds(self, text: str, part: str) -> bool:
        """Whether the text is so related to the part."""
        match self:
            case TextRelation.STARTS:
                return text.startswith(part)
            case TextRelation.ENDS:
                return text.endswith(part)
            case TextRelation.CONTAINS:
                return part in text


@dataclass(frozen=True, slots=True)
class Related:
    """The term, a text, starts with, ends with or contains the part."""

    term: Term
    relation: TextRelation
    part: str


@dataclass(frozen=True, slots=True)
class Some:
    """An item of the list fulfils the formula, which calls the item by the variable of its depth."""

    list: str
    body: Formula


@dataclass(frozen=True, slots=True)
class Opaque:
    """Something that is true or false and of which nothing else is known."""

    text: str


Atom = OneOf | Below | Related | Some | Opaque


@dataclass(frozen=True, slots=True)
class Is:
    """The atom holds."""

    atom: Atom


@dataclass(frozen=True, slots=True)
class Isnt:
    """The atom does not hold."""

    atom: Atom


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts, always."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds; without parts, never."""

    parts: tuple[Formula, ...]


Formula = Is | Isnt | All | Either

ALWAYS = All(())
NEVER = Either(())


def negated(formula: Formula) -> Formula:
    """What holds where the formula does not."""
    match formula:
        case Is(atom=atom):
            return Isnt(atom)
        case Isnt(atom=atom):
            return Is(atom)
        case All(parts=parts):
            return Either(tuple(map(negated, parts)))
        case Either(parts=parts):
            return All(tuple(map(negated, parts)))


def list_size(list_: str) -> Term:
    """How many items a list has."""
    return Term(f"size({list_})", TermKind.WHOLE, least=0)
