"""The facts that conditions read, kept with a verdict, so that another policy can be tried on them later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.policy.cel_types import MOMENT, CelType, Field, ListOf, Record
from app.policy.fact_model import FACTS
from app.policy.fact_values import Value

_FOUND_ELSEWHERE = frozenset({"checks", "risk", "operation", "target", "changes"})
"""What the checks found is read from the verdict, and the risk follows from that; the operation is asked for; what it
acts on belongs to other actions than mail."""
_KEPT = {name: field for name, field in FACTS.items() if name not in _FOUND_ELSEWHERE}


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFacts:
    """Facts as they were kept, but for what is found elsewhere."""

    values: dict[str, Value]
    complete: bool
    """Whether every fact of today's model is there: a fact that is younger than the draft is not."""


def facts_text(values: Mapping[str, Value]) -> str:
    """The values as JSON, but for what is found elsewhere."""
    kept = {name: value for name, value in values.items() if name not in _FOUND_ELSEWHERE}
    return json.dumps(kept, default=datetime.isoformat, separators=(",", ":"))


def facts_of(text: str) -> KeptFacts:
    """The facts again. Raises ValueError where the text does not hold any."""
    read = _Reader()
    try:
        values = read.record(json.loads(text), _KEPT)
    except TypeError as error:
        raise ValueError(str(error)) from None
    return KeptFacts(values=values, complete=not read.missing)


class _Reader:
    """Reads along the fact model; `missing` tells whether a fact of it was not there."""

    def __init__(self) -> None:
        self.missing = False

    def record(self, value: object, fields: Mapping[str, Field]) -> dict[str, Value]:
        if not isinstance(value, dict):
            raise TypeError(f"expected facts by name, found {value!r:.40}")
        known = {name: self._value(value[name], field.type) for name, field in fields.items() if name in value}
        self.missing = self.missing or len(known) < len(fields)
        return known

    def _value(self, value: Value, type_: CelType) -> Value:
        match type_:
            case Record(fields=inner):
                return self.record(value, inner)
            case ListOf(Record(fields=inner)) if isinstance(value, list):
                return [self.record(item, inner) for item in value]
            case _ if type_ is MOMENT and isinstance(value, str):
                return datetime.fromisoformat(value)
            case _:
                return value
