"""Amounts of money in a text, and the currencies that they may be in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.checks.deal.numbers import NUMBER, SCALE, value_of
from app.checks.once import once
from app.checks.turns import Turns
from extractors.lazily import compiled

_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD"})
_CROWNS = frozenset({"SEK", "NOK", "DKK"})
_CODES = [
    "USD",
    "EUR",
    "GBP",
    "CHF",
    "CAD",
    "AUD",
    "NZD",
    "SGD",
    "HKD",
    "SEK",
    "NOK",
    "DKK",
    "PLN",
    "CZK",
    "HUF",
    "JPY",
    "CNY",
    "INR",
    "BRL",
    "MXN",
    "ZAR",
]
_SIGNS: Mapping[str, frozenset[str]] = {
    "$": _DOLLARS,
    "us$": frozenset({"USD"}),
    "c$": frozenset({"CAD"}),
    "ca$": frozenset({"CAD"}),
    "a$": frozenset({"AUD"}),
    "au$": frozenset({"AUD"}),
    "nz$": frozenset({"NZD"}),
    "s$": frozenset({"SGD"}),
    "hk$": frozenset({"HKD"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "us dollar": frozenset({"USD"}),
    "canadian dollar": frozenset({"CAD"}),
    "australian dollar": frozenset({"AUD"}),
    "dollar": _DOLLARS,
    "buck": _DOLLARS,
    "euro": frozenset({"EUR"}),
    "pound": frozenset({"GBP"}),
    "pounds sterling": frozenset({"GBP"}),
    "quid": frozenset({"GBP"}),
    "swiss franc": frozenset({"CHF"}),
    "franc": frozenset({"CHF"}),
    "kr": _CROWNS,
    "kronor": _CROWNS,
    "kroner": _CROWNS,
    "yen": frozenset({"JPY"}),
} | {code.lower(): frozenset({code}) for code in _CODES}

_CODE = rf"(?-i:{'|'.join(_CODES)})"
_SIGN = rf"(?:(?:US|CA|C|AU|A|NZ|S|HK)\$|[$€£¥₹]|\b{_CODE}\b)"
_UNIT = (
    rf"(?:[€£]|{_CODE}\b|(?:US |Canadian |Australian )?dollars?\b|bucks\b|euros?\b|pounds sterling\b|pounds?\b|quid\b"
    r"|(?:Swiss )?francs?\b|kr\b|kronor\b|kroner\b|yen\b)"
)
_SAID = Turns(rf"[$€£¥₹]|\b{_CODE}\b|dollar|buck|euro|pound|quid|franc|\bkr|yen", re.IGNORECASE)
"""What every amount with a currency has: most sentences need no closer look."""
_MONEY = compiled(
    rf"(?P<sign>{_SIGN})?\s?(?P<number>{NUMBER})(?:\s?(?P<scale>{SCALE}))?(?:[\s-]?(?P<unit>{_UNIT}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Money:
    """An amount. `start` and `end` are those of all its words, sign included."""

    value: float
    currencies: frozenset[str]
    """The ISO codes that its sign may stand for; empty where it has none."""
    start: int
    end: int
    number: tuple[int, int]
    """Where its number stands, with its scale."""
    text: str

    def may_be(self, currency: str) -> bool:
        """Whether the amount can be in this currency; one without a sign can be in any."""
        return not self.currencies or currency.upper() in self.currencies

    def restated(self, value: float) -> str:
        """The words for the number of another amount, in the form of this one: `8k` becomes `6k`."""
        start = self.number[0] - self.start
        number = self.text[start : start + self.number[1] - self.number[0]]
        scaled = re.search(r"(\s?(?:k|grand|thousand))$", number, re.IGNORECASE)
        if scaled and value % 1000 == 0:
            return f"{value / 1000:,.0f}{scaled[1]}"
        return f"{value:,.0f}".replace(",", ".") if re.match(r"\d{1,3}\.\d{3}", number) else f"{value:,.0f}"


def amounts(text: str) -> Iterator[Money]:
    """Every amount that says its currency."""
    if not _SAID.search(text):
        return iter(())
    return (money for money in numbers_as_money(text) if money.currencies)


@once
def numbers_as_money(text: str) -> Iterator[Money]:
    """Every number that could be an amount, with or without a currency; what surrounds it has to tell."""
    for match in _MONEY.finditer(text):
        said = match["sign"] or match["unit"] or ""
        start = match.start("sign") if match["sign"] else match.start("number")
        yield Money(
            value=value_of(match["number"], match["scale"]),
            currencies=_currencies(said),
            start=start,
            end=match.end(),
            number=(match.start("number"), match.end("scale") if match["scale"] else match.end("number")),
            text=text[start : match.end()],
        )


def _currencies(said: str) -> frozenset[str]:
    word = said.lower()
    return _SIGNS.get(word) or _SIGNS.get(word.removesuffix("s")) or frozenset()
