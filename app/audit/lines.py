"""Reading an exported trail: strict, because what one reader takes another way would prove nothing."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence

from app.audit.chain import ChainedEvent
from app.core.digest import canonical_bytes
from app.core.errors import AuditBroken, InvalidInput

_TYPES: dict[str, tuple[type, ...]] = {
    "seq": (int,),
    "at": (str,),
    "kind": (str,),
    "actor": (str,),
    "draft_id": (str, type(None)),
    "facts": (dict,),
    "previous": (str,),
    "hash": (str,),
}


class _NotStrictlyJson(ValueError):
    """JSON that readers take in different ways. Says what is wrong with it."""


def read_lines(lines: Iterable[str]) -> Iterator[ChainedEvent]:
    """The events of an export, empty lines skipped.

    Raises InvalidInput naming the line that is no event, and AuditBroken where a field holds what no event holds.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _event(line, number)


def _event(line: str, number: int) -> ChainedEvent:
    where = f"line {number}"
    try:
        record = json.loads(line, object_pairs_hook=_without_repetition, parse_constant=_refuse, parse_float=_finite)
        canonical_bytes(record)  # what cannot be spelled cannot have been hashed
    except _NotStrictlyJson as error:
        raise InvalidInput(str(error), field=where) from None
    except (ValueError, RecursionError):
        raise InvalidInput("is not JSON; give a file made by `audit export`", field=where) from None
    if not isinstance(record, dict) or set(record) != set(_TYPES):
        raise InvalidInput("is not an event of the trail", field=where)
    for name, types in _TYPES.items():
        if type(record[name]) not in types:
            raise AuditBroken(f"{where} was changed after it was written: no event has such a {name}")
    return ChainedEvent(**record)


def _without_repetition(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    record: dict[str, object] = {}
    for name, value in pairs:
        if name in record:
            raise _NotStrictlyJson(f"names {name!a} twice in one object")
        record[name] = value
    return record


def _refuse(constant: str) -> float:
    raise _NotStrictlyJson(f"holds {constant}, which is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _NotStrictlyJson("holds a number too large to be read exactly")
    return number
