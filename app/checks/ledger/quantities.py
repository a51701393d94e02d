"""The amounts in a promise: percentages, money, and counts of what is counted in business."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.checks.deal.money import amounts
from app.checks.deal.numbers import NUMBER, value_of
from app.checks.discount import percentages
from app.checks.words import bag, names
from extractors.lazily import compiled

_PERCENT = "percent"
_MONEY = "money"
_DURATIONS: Mapping[str, tuple[str, int]] = {
    "day": ("day", 1),
    "week": ("day", 7),
    "fortnight": ("day", 14),
    "month": ("month", 1),
    "quarter": ("month", 3),
    "year": ("month", 12),
    "hour": ("hour", 1),
}
"""The unit in which a length of time is compared, and how many of them make one."""
_COUNTED = bag(
    """seat user reference unit demounit device tablet scanner sensor server copy site plant location office truck van
    engineer trainer consultant person people attendee participant session workshop lesson integration licence ticket
    credit pallet pilot invoice instalment employee driver vehicle module report training"""
)
_COUNT = compiled(rf"(?P<number>{NUMBER})[\s-]+(?P<of>[a-z][a-z'’-]*(?:\s+[a-z][a-z'’-]*){{0,3}})", re.IGNORECASE)
_NAMED_BY_NUMBER = compiled(
    r"\b(?:soc|iso|type|phase|version|v|release|step|tier|part|level|stage|wave|no|number|article|section|room|q"
    r"|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*)[.\s-]*$",
    re.IGNORECASE,
)
"""Before a number that is a name or a date, and counts nothing: `SOC 2 report`, `phase 2 integration`."""
_WHEN = compiled(
    rf"\b(?:in|within|after|over the next|for the next|the next|the last|every)\s+(?:about\s+)?{NUMBER}[\s-]+"
    r"(?:business |working )?(?:hours?|days?|weeks?|months?)\b",
    re.IGNORECASE,
)
"""Says when and not how much: `in two weeks`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """So much of something; `start` and `end` are those of its number in the text."""

    unit: str
    value: float
    start: int
    end: int
    text: str


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every amount in the text that can be compared with another one."""
    text = _WHEN.sub(lambda match: " " * len(match[0]), text)
    found = [
        Quantity(unit=_PERCENT, value=p.value, start=p.start, end=p.end, text=text[p.start : p.end])
        for p in percentages(text)
    ]
    for money in amounts(text):
        start, end = money.number
        found.append(Quantity(unit=_MONEY, value=money.value, start=start, end=end, text=text[start:end]))
    taken = [(q.start, q.end) for q in found]
    found += [q for q in _counts(text) if not any(q.start < end and start < q.end for start, end in taken)]
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def differing(new: tuple[Quantity, ...], old: tuple[Quantity, ...]) -> str | None:
    """A unit in which both name an amount and no amount is the same; None where there is none."""
    for unit in dict.fromkeys(quantity.unit for quantity in new):
        now, then = _values(new, unit), _values(old, unit)
        if then and not now & then:
            return unit
    return None


def in_unit(found: tuple[Quantity, ...], unit: str) -> tuple[Quantity, ...]:
    """Those that are counted in the unit."""
    return tuple(quantity for quantity in found if quantity.unit == unit)


def _values(found: tuple[Quantity, ...], unit: str) -> frozenset[float]:
    return frozenset(quantity.value for quantity in in_unit(found, unit))


def _counts(text: str) -> Iterator[Quantity]:
    for match in _COUNT.finditer(text):
        unit = _unit(match["of"])
        if unit is not None and not _NAMED_BY_NUMBER.search(text[: match.start()]):
            name, many = unit
            start, end = match.span("number")
            value = value_of(match["number"]) * many
            yield Quantity(unit=name, value=value, start=start, end=end, text=match["number"])


def _unit(words: str) -> tuple[str, int] | None:
    """What the first telling noun after a number counts."""
    found: tuple[str, int] | None = None
    for name in names(words):
        if name in _DURATIONS:
            return _DURATIONS[name]
        if name in _COUNTED:
            found = name, 1
        elif found is not None:
            break
    return found
