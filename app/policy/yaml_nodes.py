"""YAML read as nodes that remember where they stand, so that every complaint names its line and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import NoReturn, TypeVar

import yaml

from app.core.errors import InvalidPolicy
from app.policy.suggestion import suggestion
from extractors.lazily import compiled

MAX_LENGTH = 1_000_000
"""Characters of a policy file."""

_TAG = "tag:yaml.org,2002:"
_DURATION = compiled(r"([0-9]{1,6})([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, with its value."""

    key: yaml.ScalarNode
    value: yaml.Node


def read_document(text: str) -> yaml.Node:
    """The root node of the only document in the text. Raises InvalidPolicy where it is not YAML."""
    if len(text) > MAX_LENGTH:
        raise InvalidPolicy(f"the file is longer than {MAX_LENGTH} characters", line=1, column=1)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise InvalidPolicy(f"not valid YAML: {error.problem or error.context}", line=line, column=column) from None
    except yaml.reader.ReaderError as error:
        line, column = line_and_column(text, error.position)
        raise InvalidPolicy(
            "not valid YAML: a character that does not belong in text", line=line, column=column
        ) from None
    except (ValueError, OverflowError, RecursionError) as error:
        # The library lets these through for escapes beyond Unicode, huge version numbers and very deep nesting.
        raise InvalidPolicy(f"not valid YAML: {error}", line=1, column=1) from None
    if root is None:
        raise InvalidPolicy("the policy is empty; it needs `version` and `rules`", line=1, column=1)
    return root


def line_and_column(text: str, index: int) -> tuple[int, int]:
    """Line and column, both from 1, of the character at the index."""
    before = text[:index]
    return before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1


def fail(node: yaml.Node, message: str) -> NoReturn:
    """Raise InvalidPolicy at the place where the node begins."""
    raise InvalidPolicy(message, line=node.start_mark.line + 1, column=node.start_mark.column + 1)


def mapping_of(node: yaml.Node, what: str, known: Collection[str]) -> Mapping[str, Entry]:
    """The entries of a mapping by key. Fails on anything else, and on unknown and repeated keys."""
    if not isinstance(node, yaml.MappingNode):
        fail(node, f"{what} has to be a mapping with the keys {', '.join(known)}")
    entries: dict[str, Entry] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value not in known:
            name = key.value if isinstance(key, yaml.ScalarNode) else "this"
            fail(key, f"unknown key '{name}' in {what}; {suggestion(str(name), known)}")
        if key.value in entries:
            fail(key, f"'{key.value}' stands twice in {what}; keep one")
        entries[key.value] = Entry(key, value)
    return entries


def items_of(node: yaml.Node, what: str) -> list[yaml.Node]:
    """The items of a list."""
    if not isinstance(node, yaml.SequenceNode):
        fail(node, f"{what} has to be a list")
    return list(node.value)


def scalar_of(node: yaml.Node, what: str) -> yaml.ScalarNode:
    """A single value."""
    if not isinstance(node, yaml.ScalarNode):
        fail(node, f"{what} has to be a single value, not a list or a mapping")
    return node


def text_of(node: yaml.Node, what: str) -> str:
    """A text that is not empty."""
    if scalar_of(node, what).tag != f"{_TAG}str":
        fail(node, f"{what} has to be a text; put it in quotes")
    value = str(node.value)
    if not value.strip():
        fail(node, f"{what} is empty")
    if any("\ud800" <= character <= "\udfff" for character in value):
        fail(node, f"{what} has half of a character in it; write the whole one")
    return value


def whole_of(node: yaml.Node, what: str, *, least: int, most: int) -> int:
    """A whole number within bounds, in decimal digits."""
    is_whole = isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}int"
    if not is_whole or not re.fullmatch(r"0|[1-9][0-9]{0,9}", node.value):
        fail(node, f"{what} has to be a whole number")
    number = int(node.value)
    if not least <= number <= most:
        fail(node, f"{what} has to be from {least} to {most}")
    return number


def share_of(node: yaml.Node, what: str) -> float:
    """A number from 0 to 1."""
    if isinstance(node, yaml.ScalarNode) and re.fullmatch(r"[01]|[01]?\.[0-9]{1,9}", node.value):
        share = float(node.value)
        if share <= 1:
            return share
    fail(node, f"{what} has to be a number from 0 to 1, such as 0.05")


def yes_no_of(node: yaml.Node, what: str) -> bool:
    """A true or a false."""
    if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}bool":
        fail(node, f"{what} has to be true or false")
    return str(node.value).lower() in ("true", "yes", "on")


def duration_of(node: yaml.Node, what: str) -> timedelta:
    """A stretch of time such as 30s, 2h, 24h or 7d."""
    match = _DURATION.fullmatch(node.value) if isinstance(node, yaml.ScalarNode) else None
    if match is None:
        fail(node, f"{what} has to be a number and a unit, such as 30s, 15m, 24h or 7d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def choice_of(node: yaml.Node, what: str, choices: type[Choice]) -> Choice:
    """One of the values of an enumeration."""
    value = text_of(node, what)
    known = [str(choice) for choice in choices]
    if value not in known:
        fail(node, f"unknown {what} '{value}'; {suggestion(value, known)}")
    return choices(value)
