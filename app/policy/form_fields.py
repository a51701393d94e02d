"""What a form offers: the fields of the fact model, and how each can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from app.core.errors import InvalidInput
from app.policy.cel_types import DAY, NUMBER, TEXT, WHOLE, YES_NO, CelType, Field, ListOf, Record, Scalar
from app.policy.fact_model import FACTS
from app.policy.suggestion import suggestion


class Comparison(StrEnum):
    """How a field can be compared with a value."""

    IS = "is"
    IS_NOT = "is_not"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    INCLUDES = "includes"
    EXCLUDES = "excludes"


class Kind(StrEnum):
    """What the values of a field are."""

    TEXT = "text"
    CHOICE = "choice"
    DAY = "day"
    NUMBER = "number"
    WHOLE = "whole"
    YES_NO = "yes_no"
    TEXTS = "texts"
    """A list of texts, which is asked for one of them."""

    @property
    def words(self) -> str:
        """What a person would call such a value."""
        return {"whole": "whole number", "yes_no": "yes or no", "texts": "text", "choice": "text"}.get(
            self, str(self)
        )


_EQUALITY = (Comparison.IS, Comparison.IS_NOT)
_MEMBERSHIP = (Comparison.ONE_OF, Comparison.NONE_OF)
_ORDER = (Comparison.AT_LEAST, Comparison.MORE_THAN, Comparison.AT_MOST, Comparison.LESS_THAN)
_PARTS = (Comparison.CONTAINS, Comparison.STARTS_WITH, Comparison.ENDS_WITH)
_COMPARISONS: Mapping[Kind, tuple[Comparison, ...]] = {
    Kind.TEXT: (*_EQUALITY, *_MEMBERSHIP, *_PARTS),
    Kind.CHOICE: (*_EQUALITY, *_MEMBERSHIP),
    Kind.DAY: (*_EQUALITY, *_ORDER),
    Kind.NUMBER: (*_EQUALITY, *_ORDER),
    Kind.WHOLE: (*_EQUALITY, *_ORDER),
    Kind.YES_NO: (Comparison.IS,),
    Kind.TEXTS: (Comparison.INCLUDES, Comparison.EXCLUDES),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class FormField:
    """A field to choose. `path` is as in CEL; `size(…)` of a list is how many items it has."""

    path: str
    kind: Kind
    meaning: str
    choices: tuple[str, ...] = ()
    """For a choice: the values that it can have."""

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """How it can be compared, the usual way first."""
        return _COMPARISONS[self.kind]


@cache
def offered_fields() -> Mapping[str, FormField]:
    """Every field that stands for itself, by path, in the order of the fact model."""
    return {field.path: field for field in _fields(FACTS, "")}


@cache
def offered_items() -> Mapping[str, Mapping[str, FormField]]:
    """Every list whose items can be asked about, by path, with the fields of an item."""
    return {path: {field.path: field for field in _fields(inner, "")} for path, inner in _lists(FACTS, "")}


def field_named(path: str, place: str, *, among: Mapping[str, FormField] | None = None) -> FormField:
    """The field. Raises InvalidInput, which names the place, where there is none."""
    fields = offered_fields() if among is None else among
    if path not in fields:
        raise InvalidInput(f"there is no field '{path}'; {suggestion(path, fields)}", field=place)
    return fields[path]


def items_named(path: str, place: str) -> Mapping[str, FormField]:
    """The fields of the list's items. Raises InvalidInput, which names the place, where there is no such list."""
    lists = offered_items()
    if path not in lists:
        raise InvalidInput(f"there is no list '{path}'; {suggestion(path, lists)}", field=place)
    return lists[path]


def _fields(fields: Mapping[str, Field], prefix: str) -> Iterator[FormField]:
    for name, field in fields.items():
        path = prefix + name
        if isinstance(field.type, Record):
            yield from _fields(field.type.fields, f"{path}.")
            continue
        if isinstance(field.type, ListOf):
            yield FormField(path=f"size({path})", kind=Kind.WHOLE, meaning=f"how many: {field.meaning}")
        kind = _kind_of(field.type)
        if kind is not None:
            choices = field.type.choices if isinstance(field.type, Scalar) else ()
            yield FormField(path=path, kind=kind, meaning=field.meaning, choices=choices)


def _lists(fields: Mapping[str, Field], prefix: str) -> Iterator[tuple[str, Mapping[str, Field]]]:
    for name, field in fields.items():
        match field.type:
            case Record(fields=inner):
                yield from _lists(inner, f"{prefix}{name}.")
            case ListOf(Record(fields=inner)):
                yield prefix + name, inner


def _kind_of(type_: CelType) -> Kind | None:
    """None for what no line can ask about by itself: records, lists of them, and moments."""
    if type_ == ListOf(TEXT):
        return Kind.TEXTS
    if isinstance(type_, Scalar) and type_.choices:
        return Kind.CHOICE
    kinds: Mapping[CelType, Kind] = {
        TEXT: Kind.TEXT,
        DAY: Kind.DAY,
        NUMBER: Kind.NUMBER,
        WHOLE: Kind.WHOLE,
        YES_NO: Kind.YES_NO,
    }
    return kinds.get(type_) if isinstance(type_, Scalar) else None
