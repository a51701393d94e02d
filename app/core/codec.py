"""Between the vocabulary's frozen types and plain JSON records, both ways, in one place."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_adapters: dict[type, TypeAdapter[Any]] = {}


def _adapter(type_: type) -> TypeAdapter[Any]:
    if type_ not in _adapters:
        _adapters[type_] = TypeAdapter(type_)
    return _adapters[type_]


def to_record(value: object) -> dict[str, Any]:
    """The value as a JSON-ready record; dates as ISO 8601, bytes as base64."""
    record = _adapter(type(value)).dump_python(value, mode="json", by_alias=True)
    if not isinstance(record, dict):
        raise TypeError(f"{type(value).__name__} is not a record")
    return record


def to_json(value: object) -> str:
    """The value's record as JSON text."""
    return _adapter(type(value)).dump_json(value, by_alias=True).decode()


def from_json(type_: type[T], text: str) -> T:
    """The value that JSON text describes. Raises pydantic's ValidationError (a ValueError) where it does not fit."""
    value: T = _adapter(type_).validate_json(text)
    return value


def from_record(type_: type[T], record: object) -> T:
    """The value that a record describes. Raises pydantic's ValidationError where it does not fit."""
    value: T = _adapter(type_).validate_python(record)
    return value
