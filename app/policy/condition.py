"""A condition in CEL, checked and compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import cel

from app.policy.cel_check import type_of
from app.policy.cel_parser import parse
from app.policy.cel_substitute import names_in
from app.policy.cel_syntax import CelError, Node, first_offset
from app.policy.cel_types import YES_NO

EVALUATION_ERRORS = (ArithmeticError, LookupError, RuntimeError, TypeError, ValueError)
"""All that the library raises while it runs a condition: overflow and division by zero, a key or index that is not
there, unknown names and failing functions, types without such an operation, text that is not Unicode."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """A condition that is known to be right. Two are equal if they are written alike."""

    source: str
    tree: Node = field(compare=False, repr=False)
    program: cel.Program = field(compare=False, repr=False)
    """Compiled; may be run by many threads."""
    names: frozenset[str] = field(compare=False, repr=False)
    """Every name that stands in it: those of the facts it reads, and of its own variables."""


def compile_condition(source: str) -> cel.Program:
    """The condition, compiled, once its names and types are known to be right. Raises CelError."""
    return read_condition(source).program


def read_condition(source: str) -> Condition:
    """The condition, once its names and types are known to be right. Raises CelError."""
    tree = parse(source)
    found = type_of(tree)
    if found != YES_NO:
        raise CelError(f"a condition has to say yes or no, and this is a {found}", first_offset(tree))
    try:
        return Condition(source=source, tree=tree, program=cel.compile(source), names=names_in(tree))
    except ValueError as error:
        raise _from_library(str(error), source) from None


def _from_library(message: str, source: str) -> CelError:
    """The library's complaint; it names a place as `<input>:line:column: what`."""
    place = re.search(r"<input>:(\d+):(\d+): (.*)", message)
    if place is None:
        return CelError(f"cannot be compiled: {message.splitlines()[0]}", 0)
    before = source.splitlines(keepends=True)[: int(place[1]) - 1]
    return CelError(place[3], sum(map(len, before)) + int(place[2]) - 1)
