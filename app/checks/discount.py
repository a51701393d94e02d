"""Check on what is given away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.checks.results import evidence, span
from app.core.checks import CheckResult, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Commitment, Findings, Kind

_TENS = {"ten": 10, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
_TEENS = {"twelve": 12, "fifteen": 15, "eighteen": 18}
_WORD = "|".join([*_TENS, *_UNITS, *_TEENS])
_PERCENT = re.compile(
    r"(?P<number>(?<!\d)\d{1,3}(?:[.,]\d{1,3})?"
    rf"|\b(?:{_WORD})(?:[- ](?:{'|'.join(_UNITS)}))?)"
    r"(?P<unit>\s*(?:%|percent\b|per cent\b|pct\b))",
    re.IGNORECASE,
)
_GIVEN_AWAY = re.compile(
    r"\b(?:off|discount\w*|rebate|reduc\w+|price cut|cheaper|below list|credit\w*|waive|knock|concession)\b",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:up[- ]?time|availability|sla|up[- ]?front|deposit|down ?payment|in advance|increase\w*|uplift|escalat\w+"
    r"|raise|interest|late fee|vat|tax|complete|done|sure|confident|cap(?:ped)?|index|adjust\w*|liab\w*|fall|rise"
    r"|savings?|payback|of (?:the|its|their|our) \w+|you(?:['’]ll)? pay)\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[;:()\n]|[,.](?=\s)")
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
    text = commitment.text
    for percentage in percentages(text):
        around = _statement(text, percentage)
        taken_off = bool(_GIVEN_AWAY.search(around))
        if taken_off or (commitment.kind is Kind.CONCESSION and not _SOMETHING_ELSE.search(around)):
            yield percentage


def cap(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """A discount larger than the deal allows."""
    deal = facts.deal
    if deal is None or deal.discount_cap is None:
        return
    allowed = f"{deal.discount_cap:g}"
    for commitment in findings.commitments:
        for percentage in conceded(commitment):
            if percentage.value <= deal.discount_cap:
                continue
            start = commitment.start + percentage.start
            yield CheckResult(
                check="discount.cap",
                severity=Severity.HIGH,
                message=f"This gives {percentage.value:g}% away; {deal.name} allows {allowed}%",
                spans=(span(commitment),),
                evidence=(evidence(facts, "crm", f"deals[{deal.id}].discount_cap", allowed),),
                suggestion=Suggestion(
                    start=start,
                    end=commitment.start + percentage.end,
                    replacement=allowed,
                    why=f"{allowed}% is the most this deal allows",
                ),
            )


def _statement(text: str, percentage: Percentage) -> str:
    """The words around a percentage, up to the next break or the next percentage."""
    others = [p for p in percentages(text) if p != percentage]
    breaks = [(m.start(), m.end()) for m in _BREAK.finditer(text)] + [(p.start, p.end) for p in others]
    start = max((end for _, end in breaks if end <= percentage.start), default=0)
    end = min((begin for begin, _ in breaks if begin >= percentage.end), default=len(text))
    return text[start:end]


def _value(number: str) -> float:
    if number[0].isdigit():
        return float(number.replace(",", "."))
    words = re.split(r"[- ]", number.lower())
    return float(sum(_TENS.get(w, _UNITS.get(w, _TEENS.get(w, 0))) for w in words))
