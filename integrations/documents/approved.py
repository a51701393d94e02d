"""What product and legal let be said, and below which price nobody may go, as listed in `approved.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from app.core.errors import InvalidWorld
from app.core.facts import ApprovedStatement, PriceFloor
from app.core.findings import Kind
from integrations.fields import Fields, record, records
from integrations.files import FactFile, yaml_of

_FILE = "approved.yaml"
_SECTIONS = ("statements", "price_floors")
_ALIASES = {"account": "customer"}
_KINDS = [Kind.ROADMAP, Kind.GUARANTEE, Kind.OTHER]
_CURRENCY_LETTERS = 3

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Book:
    statements: tuple[ApprovedStatement, ...]
    price_floors: tuple[PriceFloor, ...]


class ApprovedFile:
    """Statements and price floors from a YAML file, under `statements:` and `price_floors:`."""

    def __init__(self, path: Path, *, as_of: datetime | None = None, local: bool = False) -> None:
        """`as_of` is the moment the file is vouched for; None: the file's own time.

        `local`: whether it lies on this machine, so that nobody waits for it (`app.core.ports.is_local`).
        """
        self.local = local
        self._file = FactFile(path, source="approved", parse=_book, as_of=as_of)

    def load(self) -> None:
        """Read the file now. Raises InvalidWorld, which names the file and the field."""
        self._file.read()

    def statements(self) -> Sequence[ApprovedStatement]:
        """All statements, in the file's order. Raises FactUnavailable where the file cannot be read."""
        return self._file.fact().statements

    def price_floors(self) -> Sequence[PriceFloor]:
        """All price floors, in the file's order. Raises FactUnavailable where the file cannot be read."""
        return self._file.fact().price_floors

    def as_of(self) -> datetime:
        """The moment for which both lists are vouched. Raises FactUnavailable where there is no file."""
        return self._file.as_of()


def _book(data: bytes) -> _Book:
    top = record(yaml_of(data, file=_FILE) or {}, file=_FILE)
    if strange := sorted(set(top.values) - set(_SECTIONS)):
        raise InvalidWorld(f"is no part of this file; it has {' and '.join(_SECTIONS)}", field=top.place(strange[0]))
    statements = [(fields, _statement(fields)) for fields in _rows(top, "statements", key="id")]
    floors = [(fields, _floor(fields)) for fields in _rows(top, "price_floors", key="product")]
    return _Book(
        statements=_once(statements, name="id", key=lambda statement: statement.id),
        price_floors=_once(floors, name="product", key=lambda floor: f"{floor.product} in {floor.currency}"),
    )


def _rows(top: Fields, name: str, *, key: str) -> Iterable[Fields]:
    return records(top.values.get(name), file=_FILE, path=name, key=key, aliases=_ALIASES)


def _once(rows: Sequence[tuple[Fields, T]], *, name: str, key: Callable[[T], str]) -> tuple[T, ...]:
    seen: set[str] = set()
    for fields, item in rows:
        if key(item) in seen:
            raise InvalidWorld(f"{key(item)!a} is there twice", field=fields.place(name))
        seen.add(key(item))
    return tuple(item for _, item in rows)


def _statement(fields: Fields) -> ApprovedStatement:
    kind = fields.text("kind").lower()
    if kind not in _KINDS:
        raise fields.refusal("kind", f"one of {', '.join(_KINDS)}")
    return ApprovedStatement(
        id=fields.text("id"),
        kind=Kind(kind),
        text=fields.text("text"),
        approved_by=fields.text("approved_by"),
        customer=fields.optional_text("customer"),
        until=fields.day("until"),
        day=fields.day("day"),
    )


def _floor(fields: Fields) -> PriceFloor:
    floor = fields.number("floor")
    if floor is None:
        raise InvalidWorld("is missing; add the lowest price that may be named", field=fields.place("floor"))
    currency = fields.text("currency").upper()
    if len(currency) != _CURRENCY_LETTERS or not currency.isalpha():
        raise fields.refusal("currency", "a currency such as USD")
    list_price = fields.number("list_price")
    if list_price is not None and list_price < floor:
        raise fields.refusal("list_price", "at least the floor")
    return PriceFloor(product=fields.text("product"), floor=floor, currency=currency, list_price=list_price)
