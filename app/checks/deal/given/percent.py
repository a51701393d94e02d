"""`25% off`, `half price`, `a quarter off the list price`, `reduce the price by one fifth`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.deal.given.giveaway import MONTHS_IN, Form, Giveaway
from app.checks.deal.numbers import NUMBER, value_of
from app.checks.discount import taken_off
from extractors.lazily import compiled

_FRACTIONS = {
    "half": 50.0,
    "one half": 50.0,
    "a third": 100 / 3,
    "one third": 100 / 3,
    "two thirds": 200 / 3,
    "a quarter": 25.0,
    "one quarter": 25.0,
    "three quarters": 75.0,
    "a fifth": 20.0,
    "one fifth": 20.0,
    "a tenth": 10.0,
    "one tenth": 10.0,
}
_FRACTION = "|".join(sorted((name.replace(" ", "[- ]") for name in _FRACTIONS), key=len, reverse=True))
_PART_OFF = compiled(rf"\b(?P<part>{_FRACTION}) off\b(?! (?:the|an?) (?:hour|day|morning))", re.IGNORECASE)
_DISCOUNT_OF = compiled(
    rf"\b(?:discount|rebate|reduction|price cut) of (?P<part>{_FRACTION})\b",
    re.IGNORECASE,
)
_CUT_BY = compiled(
    r"\b(?:reduc|lower|cut|drop|bring|com|discount)\w*\b[^.;,]{0,30}\b(?:price|pricing|fee|rate|total|list"
    r"|quote)\w*\b"
    rf"[^.;,]{{0,15}} by (?P<part>{_FRACTION})\b",
    re.IGNORECASE,
)
_HALF_PRICE = compiled(
    r"\bhalf[- ](?:of )?(?:the |our |your |its )?(?:list |usual |full |normal )?(?:price|fee|rate)\b"
    r"|\bhalf (?:of )?what (?:we|i) (?:quoted|asked|offered|charge)\b",
    re.IGNORECASE,
)
_FIRST = compiled(
    rf"^[^.;,]{{0,30}}\b(?:first|initial|opening|next|last|for) (?:(?P<count>{NUMBER}) )?"
    r"(?P<unit>week|month|quarter|year)s?\b(?!['’-])",
    re.IGNORECASE,
)

_FIRST_AT = compiled(
    rf"\b(?:first|initial|opening) (?:(?P<count>{NUMBER}) )?(?P<unit>week|month|quarter|year)s?"
    r" (?:at|with|for) (?:an? )?$",
    re.IGNORECASE,
)
_NEAR = 45


def percentages_given(text: str, *, concession: bool) -> Iterator[Giveaway]:
    """Percentages and fractions; `concession` tells that the text is known to give something away."""
    for percentage in taken_off(text, concession=concession):
        start, end = percentage.start, percentage.start + len(percentage.text)
        yield Giveaway(
            form=Form.PERCENT,
            quantity=percentage.value,
            start=start,
            end=end,
            number=(percentage.start, percentage.end),
            months=_limited_to(text[end:]) or _limited_before(text[max(0, start - _NEAR) : start]),
        )
    for pattern in (_PART_OFF, _DISCOUNT_OF, _CUT_BY):
        for match in pattern.finditer(text):
            name = re.sub(r"[- ]+", " ", match["part"].lower())
            yield _fraction(text, _FRACTIONS[name], match.start("part"), match.end("part"), bears_a_number=True)
    for match in _HALF_PRICE.finditer(text):
        yield _fraction(text, 50.0, match.start(), match.end(), bears_a_number=False)


def _fraction(text: str, percent: float, start: int, end: int, *, bears_a_number: bool) -> Giveaway:
    return Giveaway(
        form=Form.PERCENT,
        quantity=percent,
        start=start,
        end=end,
        number=(start, end) if bears_a_number else None,
        months=_limited_to(text[end:]),
    )


def _limited_before(before: str) -> float | None:
    """The months of `the first three months at`."""
    match = _FIRST_AT.search(before)
    return _months(match) if match else None


def _limited_to(after: str) -> float | None:
    """The months of `the first three months`."""
    match = _FIRST.match(after)
    return _months(match) if match else None


def _months(match: re.Match[str]) -> float:
    return (value_of(match["count"]) if match["count"] else 1) * MONTHS_IN[match["unit"].lower()]
