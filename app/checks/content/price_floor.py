"""The price below which nobody may go: named by its amount, or spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from app.checks.check import Check
from app.checks.content.floor_limits import LEFT_FOR_US, gives_away
from app.checks.content.floor_stems import CUE_STEMS
from app.checks.content.floor_words import AS_A_PRICE, FLOOR_STEMS, FLOOR_WORDS, NOT_ITS_PRICE
from app.checks.content.passages import Stretch, leaves_the_house, search, shown, told, written_and_signed
from app.checks.content.removal import without_sentence
from app.checks.content.scanning import holding
from app.checks.deal.money import Money, amounts
from app.checks.results import evidence
from app.checks.turns import Turns
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, PriceFloor
from app.core.findings import Findings

_NEAR = 0.02
"""A price this little above the floor gives it away as well."""
_LOWEST = 0.6
"""An amount below this part of the floor is the price of something else."""


def price_floor(draft: Draft, findings: Findings, facts: Facts) -> Iterator[CheckResult]:
    """One result for each amount and each turn of phrase; a mail that stays in the house may name both."""
    if not leaves_the_house(facts):
        return
    stretches = list(written_and_signed(draft, findings))
    for stretch in stretches:
        yield from _amounts(stretch, facts)
    yield from _spoken_of(stretches, facts)


def _spoken_of(stretches: list[Stretch], facts: Facts) -> Iterator[CheckResult]:
    told_sentences: set[tuple[bool, int]] = set()
    for stretch, match in search(FLOOR_WORDS, stretches, FLOOR_STEMS):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \n\t.!?:;("))
        told_sentences.add((stretch.is_subject, stretch.sentence(start)[0]))
        yield _spoken(stretch, start, match.end(), facts)
    left_for_us = _left_for_us(facts)
    for stretch in stretches:
        for start, end in _with_cues(stretch):
            slip = gives_away(stretch.text[start:end], left_for_us)
            if slip and (stretch.is_subject, start) not in told_sentences:
                yield _spoken(stretch, start + slip.start(), start + slip.end(), facts)


def _with_cues(stretch: Stretch) -> Iterator[tuple[int, int]]:
    lines = list(holding(stretch.text, stretch.start, stretch.end, CUE_STEMS))
    if lines:
        for start, end in stretch.sentences():
            if any(start < last and first < end for first, last in lines):
                yield start, end


def _left_for_us(facts: Facts) -> Turns:
    own = "|".join(sorted(re.escape(domain.partition(".")[0]) for domain in facts.own_domains)) or "ourselves"
    return _compiled(own)


@lru_cache(maxsize=16)
def _compiled(own: str) -> Turns:
    return Turns(LEFT_FOR_US.replace("{own}", f"(?:{own})"), re.IGNORECASE | re.VERBOSE)


def _spoken(stretch: Stretch, start: int, end: int, facts: Facts) -> CheckResult:
    passage = stretch.passage(start, end)
    return told(
        "content.price_floor",
        Severity.HIGH,
        f"This speaks of what we may go down to, or of our costs: “{shown(passage.text)}”",
        passage,
        facts,
        suggestion=without_sentence(stretch, start, end, "a customer has no use for it"),
    )


def _amounts(stretch: Stretch, facts: Facts) -> Iterator[CheckResult]:
    floors = [floor for floor in facts.price_floors if _names(floor.product, stretch.text)]
    if not floors:
        return
    before = ""
    for start, end in stretch.sentences():
        sentence = stretch.text[start:end]
        named = [f for f in floors if _names(f.product, sentence) or _names(f.product, before)]
        for money in amounts(sentence) if named else ():
            floor = next((f for f in named if _gives_away(money, sentence, f)), None)
            if floor is not None:
                yield _amount(money, floor, stretch, start, facts)
        before = sentence


def _gives_away(money: Money, sentence: str, floor: PriceFloor) -> bool:
    said = sentence[: money.start]
    if not money.may_be(floor.currency) or NOT_ITS_PRICE.search(said):
        return False
    usual = floor.list_price
    if usual is not None and abs(money.value - usual) < abs(money.value - floor.floor):
        return False
    if floor.floor <= money.value <= floor.floor * (1 + _NEAR):
        return True
    return floor.floor * _LOWEST <= money.value < floor.floor and bool(AS_A_PRICE.search(said))


def _names(product: str, text: str) -> bool:
    return bool(product.split()) and _named(product).search(text) is not None


@lru_cache(maxsize=1024)
def _named(product: str) -> re.Pattern[str]:
    words = r"[\s-]+".join(re.escape(word) for word in product.split())
    return re.compile(rf"(?<!\w){words}s?(?!\w)", re.IGNORECASE)


def _amount(money: Money, floor: PriceFloor, stretch: Stretch, start: int, facts: Facts) -> CheckResult:
    passage = stretch.passage(start + money.start, start + money.end)
    how = "below the floor" if money.value < floor.floor else "at the floor"
    return told(
        "content.price_floor",
        Severity.HIGH,
        f"“{shown(passage.text)}” is {how} for {floor.product}, which customers must not hear of",
        passage,
        facts,
        more=(
            evidence(facts, "approved", f"price_floors[{floor.product}].floor", f"{floor.floor:g} {floor.currency}"),
        ),
    )


CHECK = Check(
    id="content.price_floor",
    severities=(Severity.HIGH,),
    when="a product's price is named at or near its floor, or the text speaks of floors, margins or our costs",
    run=price_floor,
    needs=("approved",),
)
