"""`from $40,000 to $30,000`, `$30,000 instead of $40,000`, `bring the total down to $30,000`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.checks.deal.given.giveaway import Form, Giveaway
from app.checks.deal.money import Money, numbers_as_money
from extractors.lazily import compiled

_PRICED = compiled(
    r"\b(?:prices?|pricing|total|quote|fees?|rate|costs?|deal|contract|subscription|offer|package|figure|pay|annual"
    r"|yearly|list|discount\w*|(?:a|per) (?:year|month))\b",
    re.IGNORECASE,
)
_TO = compiled(
    r"^\s*(?:a (?:year|month) )?(?:(?:down )?to|turns? into|becomes?) (?:just |only |about )?$"
    r"|^\s*[;,.–—-]?\s*(?:and |but )?(?:for you|you(?:['’]d|['’]ll| would| will)? pay|your price|yours|now)"
    r"(?:,| it['’]s| it is| is| just| only| would be| will be| be)*\s*$",
    re.IGNORECASE,
)
_IN_PLACE_OF = compiled(
    r"^\s*(?:(?:a|per) (?:year|month),? )?(?:for [\w ]{1,20})?\(?(?:instead of|rather than|in place of"
    r"|down from|reduced from|was)"
    r" (?:the )?(?:(?:list|original|usual|full|current|quoted) )*(?:price of )?$",
    re.IGNORECASE,
)
_WHOLE = compiled(
    r"\b(?:do|sell|get|bring|offer|give|take|make|close|lower|reduce|drop|cut)\b[^.;]{0,30}\b(?:(?:the"
    r"|your) (?:whole |entire |full )?"
    r"(?:total|deal|contract|package|thing|lot|(?:annual |yearly |overall |total )?price)|everything"
    r"|it all|all of it)\b"
    r"[^.;]{0,20}\b(?:to|for|at) (?:just |only |about )?$"
    r"|\b(?:go|come|get) (?:down to|as low as) (?:just |only |about )?$",
    re.IGNORECASE,
)
_FOR_ALL = compiled(
    r"^ (?:for|on) (?:everything|it all|all of it|the (?:whole |entire |full )?(?:lot|package|deal|thing|contract))\b"
    r"|^,? all[- ]in\b",
    re.IGNORECASE,
)
_PER_UNIT = compiled(
    r"^\s*(?:per|a|an|each|/)\s?(?:user|seat|licen[cs]e|unit|head|month|site|device)\b", re.IGNORECASE
)
_NEAR = 100
_LIKE_THE_DEAL = 0.4
"""A new price below this part of the deal is that of a part of it, and cannot be held against the whole."""


def prices_given(text: str, *, deal_amount: float) -> Iterator[Giveaway]:
    """New prices that are lower than the old one, which is the one named beside them or the whole deal's."""
    money = list(numbers_as_money(text))
    priced = bool(_PRICED.search(text))
    paired = set()
    for one, other in pairwise(money):
        between = text[one.end : other.start]
        for pattern, old, new in ((_TO, one, other), (_IN_PLACE_OF, other, one)):
            said = one.currencies or other.currencies
            if pattern.match(between) and new.value < old.value and ((said and priced) or old.value == deal_amount):
                paired |= {one.start, other.start}
                yield _giveaway(new, start=one.start, end=other.end, price=old.value)
    for new in money:
        before = text[max(0, new.start - _NEAR) : new.start]
        whole = _WHOLE.search(before) or _FOR_ALL.match(text[new.end :])
        if not whole or not new.currencies or new.start in paired:
            continue
        if not _PER_UNIT.match(text[new.end :]) and deal_amount * _LIKE_THE_DEAL < new.value < deal_amount:
            yield _giveaway(new, start=new.start, end=new.end, price=None)


def _giveaway(new: Money, *, start: int, end: int, price: float | None) -> Giveaway:
    return Giveaway(
        form=Form.PRICE, quantity=new.value, start=start, end=end, number=new.number, money=new, price=price
    )
