"""The percentages in a promise that are taken off a price, and those that are something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.checks.deal.numbers import WORDS, value_of
from app.checks.turns import Turns
from app.core.findings import Commitment, Kind
from extractors.lazily import compiled

_PERCENT = Turns(
    rf"(?P<number>(?<![\d.,])\d{{1,3}}(?:[.,]\d{{1,3}})?|{WORDS})(?P<unit>[\s-]*(?:%|percent\b|per cent\b|pct\b))",
    re.IGNORECASE,
)
_GIVEN_AWAY = compiled(
    r"\b(?:off|discount\w*|rebate|reduc\w+|price cut|cheaper|below list|credit\w*|waive|knock|concession)\b"
    r"|\b(?:cut|drop|lower|slash|shave|come down|bring down)\b[^.;]*\bprices?\b|\bprices?\b[^.;]*\b(?:down|lower)\b",
    re.IGNORECASE,
)
_SOMETHING_ELSE = compiled(
    r"\b(?:up[- ]?time|availability|sla|up[- ]?front|deposit|down ?payment|in advance|increase\w*|uplift|escalat\w+"
    r"|raise|interest|late fee|vat|tax|complete|done|sure|confident|cap(?:ped)?|index|adjust\w*|liab\w*|fall|rise"
    r"|savings?|payback|of (?:the|its|their|our) \w+|you(?:['’]ll)? pay)\b",
    re.IGNORECASE,
)
_REACHED = compiled(
    r"\b(?:do|offer|manage|stretch to|(?:go|come|get)(?: up| down)?(?: by| to)?) (?:you )?(?:another |up to )?"
    r"(?:\d|\w+ ?-?\w* per)",
    re.IGNORECASE,
)
"""`I can do 18%`: a price, where nothing else is spoken of."""
_NEVER_A_PRICE = compiled(
    r"\b(?:service|sla) credits?\b|\bcredit\w*\b[^.;,]{0,30}\b(?:deposit|pre-?payment|down ?payment)\b"
    r"|\bcredit (?:limit|card|check|note|rating)"
    r"|\b(?:reduc\w+|lower\w*|less|fewer|cut\w*|drop\w*)\b[^.;]{0,40}\b(?:down-?time|effort|hours?"
    r"|workload|waste|scrap"
    r"|risks?|inventory|stock|errors?|emissions?|mileage|fuel|energy|overtime|breakdowns?|churn|backlog|delays?"
    r"|failures?|your (?:\w+ )?costs?|operating costs?|maintenance costs?|turn-?around|lead times?|time to)\b"
    r"|\b(?:down-?time|workload|waste|mileage|fuel use|breakdowns?|delays?|failures?)\b[^.;]{0,30}\breduc",
    re.IGNORECASE,
)
"""What is also reduced or credited, and is not what the customer pays."""
_BREAK = compiled(r"[;:()\n]|[,.](?=\s)")
"""What parts one statement about a percentage from the next."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Percentage:
    """A percentage in a text; `start` and `end` are those of its number."""

    value: float
    start: int
    end: int
    text: str


def percentages(text: str) -> Iterator[Percentage]:
    """Every percentage in the text, written in digits or in words."""
    for match in _PERCENT.finditer(text):
        start, end = match.span("number")
        yield Percentage(value=_value(match["number"]), start=start, end=end, text=match[0])


def conceded(commitment: Commitment) -> Iterator[Percentage]:
    """The percentages that an undertaking takes off a price."""
    return taken_off(commitment.text, concession=commitment.kind is Kind.CONCESSION)


def taken_off(text: str, *, concession: bool) -> Iterator[Percentage]:
    """The percentages that a text takes off a price; in a `concession` any is one that is not plainly another's."""
    found = list(percentages(text))
    breaks = [match.span() for match in _BREAK.finditer(text)]
    for index, percentage in enumerate(found):
        around = _statement(
            text, percentage, [*found[max(0, index - 1) : index], *found[index + 1 : index + 2]], breaks
        )
        if _NEVER_A_PRICE.search(around):
            continue
        likely = concession or _REACHED.search(around)
        if _GIVEN_AWAY.search(around) or (likely and not _SOMETHING_ELSE.search(around)):
            yield percentage


def _statement(
    text: str, percentage: Percentage, neighbours: Sequence[Percentage], breaks: Sequence[tuple[int, int]]
) -> str:
    """The words around a percentage, up to the next break or the next percentage."""
    borders = [*breaks, *((other.start, other.end) for other in neighbours)]
    start = max((end for _, end in borders if end <= percentage.start), default=0)
    end = min((begin for begin, _ in borders if begin >= percentage.end), default=len(text))
    return text[start:end]


def _value(number: str) -> float:
    return float(number.replace(",", ".")) if number[0].isdigit() else value_of(number)
