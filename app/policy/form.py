"""Conditions for people who do not write CEL: lines of field, comparison and value, all or any of which have to hold.

A form can be written as CEL and read back from it; `app.policy.form_fields` says what there is to choose from, and
`app.policy.form_words` says in plain English what a form means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import InvalidInput
from app.policy.cel_syntax import CelError
from app.policy.cel_text import literal_text
from app.policy.condition import compile_condition
from app.policy.form_fields import Comparison, FormField, Kind, field_named, items_named

Value = str | int | float | bool | tuple[str, ...]
"""What a field is compared with; several texts for `one_of` and `none_of`."""

ITEM = "item"
"""What an item of a list is called in the CEL that is written."""

_SIGNS = {
    Comparison.IS: "==",
    Comparison.IS_NOT: "!=",
    Comparison.AT_LEAST: ">=",
    Comparison.MORE_THAN: ">",
    Comparison.AT_MOST: "<=",
    Comparison.LESS_THAN: "<",
}
_METHODS = {
    Comparison.CONTAINS: "contains",
    Comparison.STARTS_WITH: "startsWith",
    Comparison.ENDS_WITH: "endsWith",
}


class Match(StrEnum):
    """How many lines have to hold."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldTest:
    """A field compared with a value. `field`: such as `deal.amount`; of an item, such as `strength`."""

    field: str
    comparison: Comparison
    value: Value


@dataclass(frozen=True, kw_only=True, slots=True)
class Items:
    """Whether a list, such as `commitments`, has an item of which all tests hold."""

    list: str
    found: bool
    tests: tuple[FieldTest, ...]


Line = FieldTest | Items


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A condition; without lines, it always holds."""

    match: Match = Match.ALL
    lines: tuple[Line, ...] = ()


def cel_of(form: Form) -> str:
    """The form as a condition that the policy accepts. Raises InvalidInput, with the line, for what does not fit."""
    parts = [_cel_of_line(line, f"line {number}") for number, line in enumerate(form.lines, start=1)]
    source = (" && " if form.match is Match.ALL else " || ").join(parts) or "true"
    try:
        compile_condition(source)
    except CelError as error:
        raise InvalidInput(error.message, field="condition") from None
    return source


def _cel_of_line(line: Line, place: str) -> str:
    if isinstance(line, FieldTest):
        return _cel_of_test(line, field_named(line.field, place), line.field, place)
    if not line.tests:
        raise InvalidInput("say at least one thing about the item", field=place)
    fields = items_named(line.list, place)
    parts = [
        _cel_of_test(t, field_named(t.field, place, among=fields), f"{ITEM}.{t.field}", place) for t in line.tests
    ]
    return f"{'' if line.found else '!'}{line.list}.exists({ITEM}, {' && '.join(parts)})"


def _cel_of_test(test: FieldTest, field: FormField, path: str, place: str) -> str:
    if test.comparison not in field.comparisons:
        possible = ", ".join(field.comparisons)
        raise InvalidInput(f"'{test.field}' cannot be compared by '{test.comparison}'; use {possible}", field=place)
    if test.comparison in (Comparison.ONE_OF, Comparison.NONE_OF):
        membership = f"{path} in [{', '.join(literal_text(text) for text in _texts(test, place))}]"
        return membership if test.comparison is Comparison.ONE_OF else f"!({membership})"
    value = _single(test, field, place)
    if isinstance(value, bool):
        return path if value else f"!{path}"
    if test.comparison in (Comparison.INCLUDES, Comparison.EXCLUDES):
        membership = f"{literal_text(value)} in {path}"
        return membership if test.comparison is Comparison.INCLUDES else f"!({membership})"
    if test.comparison in _METHODS:
        return f"{path}.{_METHODS[test.comparison]}({literal_text(value)})"
    return f"{path} {_SIGNS[test.comparison]} {literal_text(value)}"


def _texts(test: FieldTest, place: str) -> Sequence[str]:
    if not isinstance(test.value, tuple) or not test.value:
        raise InvalidInput(f"'{test.field}' is compared with several values; name at least one", field=place)
    return test.value


def _single(test: FieldTest, field: FormField, place: str) -> str | int | float | bool:
    """The value, known to be of the field's kind."""
    wanted: dict[Kind, tuple[type, ...]] = {
        Kind.YES_NO: (bool,),
        Kind.WHOLE: (int,),
        Kind.NUMBER: (int, float),
    }
    types = wanted.get(field.kind, (str,))
    is_mixed_up = isinstance(test.value, bool) and field.kind is not Kind.YES_NO
    if isinstance(test.value, tuple) or not isinstance(test.value, types) or is_mixed_up:
        raise InvalidInput(f"'{test.field}' is compared with a {field.kind.words}", field=place)
    return test.value
