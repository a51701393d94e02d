"""The types that a condition can be about. Facts are never null: what is missing is empty, zero or false."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value. `name` is what people call the type."""

    name: str
    choices: tuple[str, ...] = ()
    """For a text: every value it can have; empty where it can be anything."""
    is_day: bool = False
    """For a text: a day as YYYY-MM-DD, or empty."""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of values of one type."""

    item: CelType

    def __str__(self) -> str:
        return f"list of {self.item}"


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a record, and what it means."""

    type: CelType
    meaning: str


@dataclass(frozen=True, slots=True)
class Record:
    """Named parts."""

    name: str
    fields: Mapping[str, Field]

    def __str__(self) -> str:
        return self.name


CelType = Scalar | ListOf | Record

ANY = Scalar("anything")
"""The items of an empty list."""
TEXT = Scalar("text")
DAY = Scalar("text", is_day=True)
NUMBER = Scalar("number")
WHOLE = Scalar("whole number")
YES_NO = Scalar("yes or no")
MOMENT = Scalar("moment")
DURATION = Scalar("duration")

_NUMERIC = frozenset({NUMBER.name, WHOLE.name})


def one_of(*choices: str) -> Scalar:
    """A text that can only be one of these."""
    return Scalar("text", choices=choices)


def same_type(left: CelType, right: CelType) -> bool:
    """Whether the two types are the same but for what a text may say."""
    match left, right:
        case Scalar(name=a), Scalar(name=b):
            return a == b or ANY.name in (a, b)
        case ListOf(a), ListOf(b):
            return same_type(a, b)
        case Record(name=a), Record(name=b):
            return a == b
        case _:
            return ANY in (left, right)


def comparable(left: CelType, right: CelType) -> bool:
    """Whether the two can be equal at all: the same type, or two kinds of number."""
    match left, right:
        case Scalar(name=a), Scalar(name=b) if a in _NUMERIC and b in _NUMERIC:
            return True
        case ListOf(a), ListOf(b):
            return comparable(a, b)
        case _:
            return same_type(left, right)
