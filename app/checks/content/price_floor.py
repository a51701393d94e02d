"""The price below which nobody may go: named by its amount, or spoken of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.checks.check import Check
from app.checks.content.floor_words import AS_A_PRICE, FLOOR_STEMS, FLOOR_WORDS, NOT_ITS_PRICE
from app.checks.content.passages import Stretch, leaves_the_house, search, shown, told, written_and_signed
from app.checks.content.removal import without_sentence
from app.checks.deal.money import Money, amounts
from app.checks.results import evidence
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
    for stretch, match in search(FLOOR_WORDS, stretches, FLOOR_STEMS):
        start = match.start() + len(match[0]) - len(match[0].lstrip(" \n\t.!?:;("))
        passage = stretch.passage(start, match.end())
        yield told(
            "content.price_floor",
            Severity.HIGH,
            f"This speaks of what we may go down to, or of our costs: “{shown(passage.text)}”",
            passage,
            facts,
            suggestion=without_sentence(stretch, start, match.end(), "a customer has no use for it"),
        )


def _amounts(stretch: Stretch, facts: Facts) -> Iterator[CheckResult]:
    if not any(_names(floor.product, stretch.text) for floor in facts.price_floors):
        return
    before = ""
    for start, end in stretch.sentences():
        sentence = stretch.text[start:end]
        named = [f for f in facts.price_floors if _names(f.product, sentence) or _names(f.product, before)]
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
    words = r"[\s-]+".join(re.escape(word) for word in product.split())
    return bool(words) and re.search(rf"(?<!\w){words}s?(?!\w)", text, re.IGNORECASE) is not None


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
