"""`two months free`, `the first quarter is on us`, `we won't charge you for the first three months`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.deal.given.giveaway import FREE, MONTHS_IN, Form, Giveaway
from app.checks.deal.numbers import NUMBER, value_of
from app.checks.turns import Turns
from extractors.lazily import compiled

_UNIT = r"(?P<unit>week|month|quarter|year)(?P<plural>s?)"
_A_UNIT = compiled(_UNIT, re.IGNORECASE)
_FIRST = rf"(?:the |your |our )?(?:very )?(?:first|initial|opening|last|final) (?:(?P<first>{NUMBER}) )?"
_EXTRA = r"(?:extra |additional |more |bonus |full |whole )?"
_FEES = r"(?:['’]s?)?(?: (?:fees?|charges?|invoices?|payments?|bills?|subscription))?"
_IS = r"(?: (?:is|are|will be|would be|comes?|go|goes|completely|entirely|totally|absolutely))*"
_FREE_STRETCHES = tuple(
    Turns(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<count>{NUMBER}|an?|a couple of|half a) {_EXTRA}{_UNIT}{_FEES}(?P<of> (?:of"
        rf"|on) [^,.;]{{1,40}}?)?{_IS},? {FREE}\b",
        rf"\b{_FIRST}{_UNIT}{_FEES}(?P<of> (?:of|on) [^,.;]{{1,40}}?)?{_IS},? {FREE}\b",
        rf"\b(?P<count>{NUMBER}|an?|a couple of) (?:extra |additional )?(?:free|complimentary) (?:bonus )?{_UNIT}\b",
        rf"\b{_FIRST}(?:free|complimentary) {_UNIT}\b",
        rf"(?:\bfree|\bno (?:charge|fees?|cost)|(?:\bnot|\b\w+n['’]t) (?:charge|bill"
        rf"|invoice)(?: you)?(?: anything)?|\bnothing to pay"
        rf"|\bwaive (?:the |your |all )?(?:\w+ )?(?:fees?|charges?|invoices?)) (?:for|in|during"
        rf"|until after) {_FIRST}{_UNIT}\b",
        rf"\b(?:waive|skip|drop|cover|forget|spare you|let you off) {_FIRST}{_UNIT}{_FEES}\b",
        rf"(?:\b(?:waive|skip|drop|free of charge for|no charge for)|(?:\bnot|\b\w+n['’]t) (?:charge|bill"
        rf"|invoice)(?: you)? for)"
        rf" (?P<count>{NUMBER}|an?|a couple of) {_UNIT}\b",
    )
)
_OTHER_THINGS = compiled(
    r"\b(?:trial|pilot|evaluation|proof of concept|poc|sandbox|demo|support|training|onboarding|consult\w*|hosting"
    r"|storage|monitoring|coaching|warranty|hypercare|cancel\w*|shipping)\b",
    re.IGNORECASE,
)
"""What is free for a while without the deal's price being any lower."""
_HAVING_TIME = compiled(r"\b(?:have|has|had|got|keep|find|with)\s*$", re.IGNORECASE)
"""`We have a week free in January` speaks of a calendar."""
_NEAR = 45
_WORDS = {"a": 1.0, "an": 1.0, "a couple of": 2.0, "half a": 0.5}


def free_months(text: str) -> Iterator[Giveaway]:
    """Stretches of time for which nothing is charged."""
    for pattern in _FREE_STRETCHES if _A_UNIT.search(text) else ():
        for match in pattern.finditer(text):
            time_off = _HAVING_TIME.search(text[max(0, match.start() - _NEAR) : match.start()]) and match[
                0
            ].lower().endswith(" free")
            if not time_off and not _OTHER_THINGS.search(_clause(text, match.start(), match.end())):
                yield _giveaway(match)


def _giveaway(match: re.Match[str]) -> Giveaway:
    groups = match.groupdict()
    count, unit = groups.get("count") or groups.get("first"), match["unit"].lower()
    number = _WORDS.get(count.lower()) if count else 1.0
    quantity = (number if number is not None else value_of(count or "")) * MONTHS_IN[unit]
    return Giveaway(
        form=Form.MONTHS, quantity=quantity, start=match.start(), end=match.end(), number=_replaceable(match)
    )


def _replaceable(match: re.Match[str]) -> tuple[int, int] | None:
    """The words from the count to the unit, where fewer months may stand without the grammar breaking."""
    count = match.groupdict().get("count")
    one_word = count is not None and count.lower() not in _WORDS and match["unit"].lower() == "month"
    agrees = not re.search(r"\b(?:are|come|go)\b", match[0], re.IGNORECASE)
    return (match.start("count"), match.end("plural")) if one_word and agrees else None


def _clause(text: str, start: int, end: int) -> str:
    """The words of the match and near it, up to the next break."""
    before = re.split(r"[.;:,]\s", text[max(0, start - _NEAR) : start])[-1]
    after = re.split(r"[.;:,]\s", text[end : end + _NEAR])[0]
    return before + text[start:end] + after
