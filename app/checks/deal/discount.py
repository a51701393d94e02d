"""More is given away than the deal allows, in whatever form: percent, amount, price, free months, two for one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.checks.check import Check
from app.checks.deal.given.giveaway import Form
from app.checks.deal.offers import Offer, offers
from app.checks.deal.shares import USUAL_TERM, capped, share_of, term_of
from app.checks.results import evidence, span
from app.core.checks import CheckResult, Evidence, Severity, Suggestion
from app.core.drafts import Draft
from app.core.facts import Deal, Facts
from app.core.findings import Findings
from extractors.lazily import compiled

_ON_TOP = compiled(
    r"\b(?:plus|on top|additional(?:ly)?|an? extra|another|further|as well as|together with|also|in addition)\b|\+|&",
    re.IGNORECASE,
)
_AND = compiled(r"\b(?:and|with)\b", re.IGNORECASE)
_OR = compiled(r"\b(?:or|either|instead|alternatively|otherwise|rather than)\b", re.IGNORECASE)
_ROUNDING = 0.05
"""Percentage points that a share may lie above the cap through rounding alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Weighed:
    offer: Offer
    term: float
    share: float


def cap(_draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """Each giveaway above the cap by itself; else those that are together, where they are given on top of another."""
    deal = facts.deal
    if deal is None or deal.discount_cap is None:
        return
    weighed = _weighed(findings, deal)
    allowed = deal.discount_cap + _ROUNDING
    over = [one for one in weighed if one.share > allowed]
    for one in over:
        yield _result(one, findings, facts, deal)
    if not over:
        for group in _together(weighed, findings.text):
            if len(group) > 1 and sum(one.share for one in group) > allowed:
                yield _joint_result(group, facts, deal)


def _weighed(findings: Findings, deal: Deal) -> list[_Weighed]:
    weighed = []
    for offer in offers(findings, deal_amount=deal.amount):
        term = term_of(offer.sentence.text, findings.text)
        share = share_of(offer.giveaway, deal, term)
        if share is not None:
            weighed.append(_Weighed(offer=offer, term=term, share=share))
    return weighed


def _together(weighed: Sequence[_Weighed], text: str) -> list[list[_Weighed]]:
    """The giveaways in groups: those of a group are given one on top of the other."""
    groups = [[one] for one in weighed[:1]]
    for before, one in pairwise(weighed):
        if _adds_up(before.offer, one.offer, text):
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _adds_up(before: Offer, offer: Offer, text: str) -> bool:
    between = text[before.end : offer.start]
    near = text[offer.end : offer.sentence.end]
    if _OR.search(between) or len(between) > 150:
        return False
    same_sentence = before.sentence.start == offer.sentence.start
    different = before.giveaway.form is not offer.giveaway.form
    on_top = bool(_ON_TOP.search(between)) or near.lower().lstrip().startswith("on top")
    return on_top or (same_sentence and different and bool(_AND.search(between)))


def _result(one: _Weighed, findings: Findings, facts: Facts, deal: Deal) -> CheckResult:
    return CheckResult(
        check=CHECK.id,
        severity=Severity.HIGH,
        message=_message(one, deal),
        spans=(_place(one.offer),),
        evidence=_evidence(facts, deal, (one,)),
        suggestion=_suggestion(one, findings, deal),
    )


def _joint_result(group: Sequence[_Weighed], facts: Facts, deal: Deal) -> CheckResult:
    words = " and ".join(f"“{one.offer.words}”" for one in group)
    total = sum(one.share for one in group)
    return CheckResult(
        check=CHECK.id,
        severity=Severity.HIGH,
        message=f"{words} come to {_percent(total)} together; {deal.name} allows {_percent(_cap(deal))}",
        spans=tuple(dict.fromkeys(_place(one.offer) for one in group)),
        evidence=_evidence(facts, deal, group),
    )


def _message(one: _Weighed, deal: Deal) -> str:
    giveaway, allows = one.offer.giveaway, f"{deal.name} allows {_percent(_cap(deal))}"
    if giveaway.form is Form.PERCENT and (giveaway.months is None or giveaway.months >= one.term):
        return f"This gives {_percent(giveaway.quantity)} away; {allows}"
    if giveaway.form is Form.MONTHS or giveaway.months is not None:
        return f"“{one.offer.words}” gives {_percent(one.share)} of {one.term:g} months away; {allows}"
    return f"“{one.offer.words}” gives {_percent(one.share)} away; {allows}"


def _evidence(facts: Facts, deal: Deal, weighed: Sequence[_Weighed]) -> tuple[Evidence, ...]:
    found = [evidence(facts, "crm", f"deals[{deal.id}].discount_cap", f"{_cap(deal):g}")]
    forms = {one.offer.giveaway.form for one in weighed if one.offer.giveaway.price is None}
    if forms & {Form.AMOUNT, Form.PRICE}:
        found.append(evidence(facts, "crm", f"deals[{deal.id}].amount", f"{deal.amount:.2f} {deal.currency}"))
    if Form.MONTHS in forms:
        term = f"{one_term:g} months" if (one_term := weighed[0].term) != USUAL_TERM else "a year"
        found.append(evidence(facts, "draft", "term", term))
    return tuple(found)


def _suggestion(one: _Weighed, findings: Findings, deal: Deal) -> Suggestion | None:
    """The most that is allowed, in the words' own form."""
    giveaway, number = one.offer.giveaway, one.offer.giveaway.number
    most = capped(giveaway, deal, one.term, _cap(deal))
    if number is None or most is None:
        return None
    start, end = (one.offer.sentence.start + place for place in number)
    words = findings.text[start:end]
    return Suggestion(
        start=start,
        end=end,
        replacement=_restated(one.offer, most, words),
        why=f"{_percent(_cap(deal))} is the most this deal allows",
    )


def _restated(offer: Offer, most: float, words: str) -> str:
    giveaway = offer.giveaway
    if giveaway.money is not None:
        return giveaway.money.restated(most)
    if giveaway.form is Form.MONTHS:
        return _months(most, words)
    return f"{most:g}" if offer.words[len(words) :].strip() else f"{most:g}%"


def _months(count: float, words: str) -> str:
    """`three free months` becomes `one free month`."""
    names = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    first, _, rest = words.partition(" ")
    number = f"{count:g}" if first.isdigit() or count >= len(names) else names[int(count)]
    return f"{number} {rest.removesuffix('s') if count == 1 else rest}"


def _place(offer: Offer) -> tuple[int, int]:
    promise = offer.sentence.promise_at(offer.start, offer.end)
    return span(promise) if promise else (offer.start, offer.end)


def _cap(deal: Deal) -> float:
    return deal.discount_cap or 0.0


def _percent(value: float) -> str:
    return f"{round(value, 1):g}%"


CHECK = Check(
    id="discount.cap",
    severities=(Severity.HIGH,),
    when="what is given away, in whatever form, comes to more than the deal's discount cap",
    run=cap,
    needs=("crm",),
)
