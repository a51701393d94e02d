"""`two for one`, `three for the price of two`, `buy one year, get one free`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.deal.given.giveaway import Form, Giveaway
from app.checks.deal.numbers import NUMBER, value_of
from app.checks.turns import Turns
from extractors.lazily import compiled

_FOR_FEWER = Turns(
    rf"\b(?P<get>{NUMBER})(?: \w+)?[- ]for[- ](?:the price of )(?P<pay>{NUMBER})\b"
    r"|\b(?P<two>two|2|three|3|four|4)[- ]for[- ](?P<one>one|1|two|2|three|3)\b(?! (?:\w+ )?(?:weeks?"
    r"|months?|years?|days?|hours?))",
    re.IGNORECASE,
)
_BUY_AND_GET = Turns(
    rf"\bbuy (?P<buy>{NUMBER})(?: \w+)?,? (?:and )?(?:(?:you(?:['’]ll)? )?(?:get|have)|we['’]ll give you) (?:the )?"
    rf"(?P<free>{NUMBER}|another|second|third|fourth)(?: \w+)?(?: for)? free\b",
    re.IGNORECASE,
)
_PAY_FOR_FEWER = Turns(
    rf"\bpay (?:us )?(?:only )?(?:for )?(?P<pay>{NUMBER}) (?P<unit>month|quarter|year)s?\b[^.;]{{0,40}}\b(?:use|get"
    rf"|have|run|receive|enjoy|plan)"
    rf"\b[^.;]{{0,30}}?\b(?P<get>{NUMBER})\b(?! (?:days?|hours?|users?|seats?))",
    re.IGNORECASE,
)
_BOGO = compiled(r"\bbogo\b", re.IGNORECASE)
_ONE = frozenset({"another", "second", "third", "fourth"})


def trades(text: str) -> Iterator[Giveaway]:
    """Offers of more for the price of less, as the part of the price that is saved."""
    for match in _FOR_FEWER.finditer(text):
        get, pay = value_of(match["get"] or match["two"]), value_of(match["pay"] or match["one"])
        if 0 < pay < get:
            yield _giveaway(match, 1 - pay / get)
    for match in _PAY_FOR_FEWER.finditer(text):
        get, pay = value_of(match["get"]), value_of(match["pay"])
        if 0 < pay < get:
            yield _giveaway(match, 1 - pay / get)
    for match in _BUY_AND_GET.finditer(text):
        bought = value_of(match["buy"])
        free = 1.0 if match["free"].lower() in _ONE else value_of(match["free"])
        if bought + free > 0:
            yield _giveaway(match, free / (bought + free))
    for match in _BOGO.finditer(text):
        yield _giveaway(match, 0.5)


def _giveaway(match: re.Match[str], saved: float) -> Giveaway:
    return Giveaway(form=Form.TRADE, quantity=100 * saved, start=match.start(), end=match.end())
