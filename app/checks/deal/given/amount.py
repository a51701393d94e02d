"""`$8,000 off`, `a discount of 8,000 euros`, `waive the $5,000 setup fee`, `onboarding worth $6,000 at no cost`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.deal.given.giveaway import FREE, Form, Giveaway
from app.checks.deal.money import Money, numbers_as_money
from extractors.lazily import compiled

_UNITS = "user|seat|licen[cs]e|unit|head|person|site|month|mo|quarter|year|yr|annum|vehicle|device|tablet|truck"
_PER = rf"(?:(?:per|an?|each|every|/)\s?(?P<per>{_UNITS})\b)"
_OFF = compiled(
    rf"\s*{_PER}?\s*(?:off\b(?! (?:the|our) (?:top|record))|(?:[\w-]+ ){{0,2}}(?:discount|rebate|reduction"
    rf"|price cut|concession)\b"
    r"|(?:cheaper|less)\b(?= than (?:list|the list|quoted|the quote|our list)))",
    re.IGNORECASE,
)
_CREDIT = compiled(r"\s*(?:account )?credit\b(?! (?:limit|note|card|check|line))", re.IGNORECASE)
_BEFORE = compiled(
    r"\b(?:discount|rebate|reduction|price cut|concession) of (?:up to |about |another |an extra )?$"
    r"|\bcredit (?:you|your account|the account|\w+) (?:with )?(?:up to |another |an extra )?$"
    r"|\b(?:reduc|lower|cut|drop|discount|com|bring)\w*\b[^.;,]{0,40}\bby (?:up to |about |another |a further )?$"
    r"|\b(?:knock|take|shave|deduct|subtract) (?:off )?(?:up to |another |an extra |a further |a flat )?$",
    re.IGNORECASE,
)
_OFF_LATER = compiled(r"^[^.;,]{0,25}\boff\b", re.IGNORECASE)
_AFTER_PER = compiled(rf"^\s*(?:off )?{_PER}", re.IGNORECASE)
_WAIVING = compiled(
    r"\b(?:waiv\w+|drop(?:ping)?|skip(?:ping)?|forgo|forego|absorb|cover(?:ing)?|throw(?:ing)? in"
    r"|not charg\w+|eat|cancel)\b"
    r"[^.;]{0,60}$",
    re.IGNORECASE,
)
_WAIVED = compiled(
    r"^[^.;,]{0,40}\bwaived\b"
    r"|^[^.;]{0,50}\b(?:is|are|will be|would be|gets?) (?:waived|dropped|on us|free|covered by us|taken off)\b"
    rf"|^,?[^.;,]{{0,40}}(?:,| )\s?{FREE}\b",
    re.IGNORECASE,
)
_FEE = compiled(
    r"\b(?:fees?|charges?|costs?|package|set-?up|onboarding|implementation|installation|training|surcharge|migration"
    r"|workshops?|worth|valued at)\b",
    re.IGNORECASE,
)
_A_YEAR = {"month": 12.0, "mo": 12.0, "quarter": 4.0, "year": 1.0, "yr": 1.0, "annum": 1.0}
_NEAR = 100
"""Characters on either side of an amount in which words can be about it."""
_LEAST = 100
"""A number below this and without a currency is a count of something else."""


def amounts_given(text: str) -> Iterator[Giveaway]:
    """Amounts off the price and fees that are waived. One for each seat says nothing while seats are not counted."""
    for money in numbers_as_money(text):
        before = text[max(0, money.start - _NEAR) : money.start]
        after = text[money.end : money.end + _NEAR]
        if not money.currencies and (money.value < _LEAST or after.lstrip().startswith(("%", "percent", "per cent"))):
            continue
        per = _per(after)
        times = _A_YEAR.get(per, 0) if per else 1
        if times and (off := _taken_off(before, after)) is not None:
            end = money.end + off
            yield _giveaway(money, end=end, times=times, number=money.number)
        elif times and money.currencies and _waived(before, after):
            yield _giveaway(money, end=money.end, times=times, number=None)


def _giveaway(money: Money, *, end: int, times: float, number: tuple[int, int] | None) -> Giveaway:
    return Giveaway(
        form=Form.AMOUNT,
        quantity=money.value,
        start=money.start,
        end=end,
        number=number,
        money=money,
        times_a_year=times,
    )


def _per(after: str) -> str | None:
    match = _AFTER_PER.match(after)
    return match["per"].lower() if match else None


def _taken_off(before: str, after: str) -> int | None:
    """How many characters after the amount still say that it is taken off; None where nothing does."""
    if match := _OFF.match(after) or _CREDIT.match(after):
        return match.end()
    if match := _BEFORE.search(before):
        needs_off = match[0].lower().startswith(("knock", "take", "shave"))
        return 0 if not needs_off or " off " in f" {match[0].lower()}" or _OFF_LATER.match(after) else None
    return None


def _waived(before: str, after: str) -> bool:
    around = before[-60:] + after[:50]
    return bool(_FEE.search(around)) and bool(_WAIVING.search(before) or _WAIVED.match(after))
