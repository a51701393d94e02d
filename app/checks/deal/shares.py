"""What a giveaway comes to, as a percentage of the deal."""

from __future__ import annotations

import re
from functools import lru_cache

from app.checks.deal.given.giveaway import Form, Giveaway
from app.checks.deal.numbers import NUMBER, value_of
from app.core.facts import Deal
from extractors.lazily import compiled

USUAL_TERM = 12.0
"""Months that a deal runs where the mail does not say."""
_CONTRACT = r"(?:contract|term|agreement|subscription|deal|commitment|plan|licen[cs]e|order|renewal|package|offer)"
_TERM = compiled(
    rf"\b(?P<count>{NUMBER})[- ](?P<unit>month|year)s?[- ](?:\w+ )?{_CONTRACT}\b"
    rf"|\b{_CONTRACT} (?:of|for|over|runs?(?: for)?|lasts?) (?P<count2>{NUMBER}) (?P<unit2>month|year)s?\b"
    rf"|\b(?:sign(?:ing)?(?: up)?|commit(?:ting)?(?: to us)?|go(?:ing)?|lock(?:ing)? in|over|for a term of"
    rf"|term of) (?:for )?(?P<count3>{NUMBER}) (?P<unit3>month|year)s?\b"
    r"|\b(?P<annual>annual|yearly|one-year)\b",
    re.IGNORECASE,
)


def term_of(sentence: str, mail: str) -> float:
    """The months that the deal runs, as the sentence says, else as the mail says with one voice, else a year."""
    return _one_term(sentence) or _one_term(mail) or USUAL_TERM


@lru_cache(maxsize=64)
def _one_term(text: str) -> float | None:
    """The term that a text names; None where it names none, or several. Remembered: every giveaway of it asks."""
    terms = {_months(match) for match in _TERM.finditer(text)}
    return (terms.pop() or None) if len(terms) == 1 else None


def _months(match: re.Match[str]) -> float:
    if match["annual"]:
        return 12.0
    count = match["count"] or match["count2"] or match["count3"]
    unit = match["unit"] or match["unit2"] or match["unit3"]
    return value_of(count) * (12 if unit.lower() == "year" else 1)


def share_of(giveaway: Giveaway, deal: Deal, term: float) -> float | None:
    """The percentage of the deal that is given away; None where it cannot be told, as in another currency."""
    if giveaway.form is Form.MONTHS:
        return min(100.0, 100 * giveaway.quantity / term)
    if giveaway.form in {Form.PERCENT, Form.TRADE}:
        return giveaway.quantity * min(1.0, (giveaway.months or term) / term)
    before = giveaway.price or deal.amount
    if before <= 0:
        return None
    if giveaway.price is None and not (giveaway.money and giveaway.money.may_be(deal.currency)):
        return None
    if giveaway.form is Form.PRICE:
        return 100 * (before - giveaway.quantity) / before
    return 100 * giveaway.quantity * giveaway.times_a_year / before


def capped(giveaway: Giveaway, deal: Deal, term: float, cap: float) -> float | None:
    """The largest quantity of the same form that stays within the cap, rounded towards less; None: there is none."""
    if giveaway.form is Form.MONTHS:
        return float(int(term * cap / 100)) or None
    if giveaway.form is Form.PERCENT:
        return cap / min(1.0, (giveaway.months or term) / term) if cap > 0 else None
    before = giveaway.price or deal.amount
    if giveaway.form is Form.PRICE:
        return float(-int(-before * (100 - cap) // 100))
    if giveaway.form is Form.AMOUNT:
        return float(int(before * cap / 100 / giveaway.times_a_year)) or None
    return None
