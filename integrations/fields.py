"""Records of a world file, read field by field: liberal in spelling, strict in meaning; refusals name the field."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.errors import InvalidWorld

T = TypeVar("T")

_TRUE = frozenset({"true", "yes", "on", "1"})
_FALSE = frozenset({"false", "no", "off", "0"})
_ADDRESS = re.compile(r"[^@\s,<>]+@[^@\s,<>]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Fields:
    """One record. `file` and `path` say where it stands, such as `crm.json` and `deals[2]`."""

    file: str
    path: str
    values: Mapping[str, object]

    def place(self, name: str) -> str:
        """Where the field stands, such as `crm.json deals[2].amount`."""
        return f"{self.file} {self.path}.{name}" if self.path else f"{self.file} {name}"

    def refusal(self, name: str, must: str) -> InvalidWorld:
        """The error that says what the field must be and what it is."""
        return InvalidWorld(f"must be {must}, not {shown(self.values.get(name))}", field=self.place(name))

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self.values.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """The text in the field. Numbers count as text. Raises InvalidWorld where it is missing without a default."""
        value = self.values.get(name)
        if value is None or value == "":
            if default is None:
                raise InvalidWorld("is missing; add it", field=self.place(name))
            return default
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise self.refusal(name, "text")

    def optional_text(self, name: str) -> str | None:
        """The text in the field, or None where there is none."""
        return self.text(name, "") or None

    def email(self, name: str) -> str:
        """The address in the field."""
        value = self.text(name)
        if not _ADDRESS.fullmatch(value):
            raise self.refusal(name, "one address such as dana@acme.example")
        return value

    def zone(self, name: str) -> str | None:
        """The IANA time zone in the field, in its own spelling, or None where there is none."""
        given = self.optional_text(name)
        try:
            return ZoneInfo(given).key if given else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise self.refusal(name, "an IANA time zone such as America/New_York") from None

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Yes or no: a JSON or YAML boolean, or one of the usual words."""
        value = self.values.get(name)
        if value is None or isinstance(value, bool):
            return default if value is None else value
        word = str(value).strip().lower()
        if word not in _TRUE | _FALSE:
            raise self.refusal(name, "true or false")
        return word in _TRUE

    def number(self, name: str) -> float | None:
        """A finite number of at least 0, also spelled `"120,000"`; None where there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        number = _number(value)
        if number is None:
            raise self.refusal(name, "a number of at least 0")
        return number

    def percentage(self, name: str) -> float | None:
        """Percent: 15, "15%" and 0.15 are all fifteen percent; None where there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        spelled = isinstance(value, str) and value.strip().endswith("%")
        number = _number(value.strip()[:-1] if isinstance(value, str) and spelled else value)
        if number is None or number > 100:
            raise self.refusal(name, "a percentage such as 15")
        return round(number * 100, 6) if not spelled and 0 < number < 1 else number

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words; one text is split at commas."""
        value = self.values.get(name)
        if value is None:
            return ()
        items = value.split(",") if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str | int) for item in items):
            raise self.refusal(name, "a list of words")
        return tuple(word for item in items if (word := str(item).strip()))

    def day(self, name: str) -> date | None:
        """A calendar day; a moment gives the day it names. None where there is none."""
        value = self.text(name, "")
        if not value:
            return None
        return self._parsed(name, value, lambda text: datetime.fromisoformat(text).date(), "a day such as 2026-11-20")

    def moment(self, name: str) -> datetime | None:
        """A moment in ISO 8601, in UTC; without an offset it counts as UTC. None where there is none."""
        value = self.text(name, "")
        return self._parsed(name, value, _utc, "a moment such as 2026-11-18T10:00:00-05:00") if value else None

    def one_of(self, name: str, kind: Callable[[str], T], default: T, allowed: list[str]) -> T:
        """The member of a closed set that the field names, or the default."""
        value = self.text(name, "").lower()
        return self._parsed(name, value, kind, "one of " + ", ".join(allowed)) if value else default

    def _parsed(self, name: str, value: str, parse: Callable[[str], T], must: str) -> T:
        try:
            return parse(value)
        except (ValueError, OverflowError):
            raise self.refusal(name, must) from None


def shown(value: object) -> str:
    """The value as it can stand in a one-line message."""
    if value is None:
        return "nothing"
    if isinstance(value, Mapping | list):
        return "a list" if isinstance(value, list) else "a mapping"
    text = ascii(value)
    return text if len(text) <= 60 else text[:57] + "..."


def record(value: object, *, file: str, path: str = "") -> Fields:
    """The value as a record with named fields."""
    if not isinstance(value, Mapping):
        raise InvalidWorld(f"must be a record with named fields, not {shown(value)}", field=f"{file} {path}".strip())
    return Fields(file=file, path=path, values={str(key): item for key, item in value.items()})


def records(
    value: object, *, file: str, path: str = "", key: str = "id", aliases: Mapping[str, str] | None = None
) -> Iterator[Fields]:
    """The records of a list, or of a mapping from each record's key to its other fields; nothing counts as none.

    `aliases` gives other spellings of field names that are read as the documented ones.
    """
    items: list[tuple[str, object]]
    if value is None:
        return
    if isinstance(value, Mapping):
        keyed = {name: {key: name, **row} if isinstance(row, Mapping) else row for name, row in value.items()}
        items = [(f"{path}[{name}]", row) for name, row in keyed.items()]
    elif isinstance(value, list):
        items = [(f"{path}[{index}]", row) for index, row in enumerate(value)]
    else:
        raise InvalidWorld(f"must be a list, not {shown(value)}", field=f"{file} {path}".strip())
    for place, row in items:
        fields = record(row, file=file, path=place)
        renamed = {name: fields.values[alias] for alias, name in (aliases or {}).items() if fields.has(alias)}
        yield Fields(file=file, path=place, values={**renamed, **fields.values})


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value.replace(",", "") if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None
