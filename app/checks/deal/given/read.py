"""All that one text takes off the price, each thing once."""

from __future__ import annotations

from itertools import chain

from app.checks.deal.given.amount import amounts_given
from app.checks.deal.given.giveaway import Giveaway
from app.checks.deal.given.months import free_months
from app.checks.deal.given.percent import percentages_given
from app.checks.deal.given.price import prices_given
from app.checks.deal.given.trade import trades


def giveaways(text: str, *, concession: bool, deal_amount: float) -> tuple[Giveaway, ...]:
    """What the text gives away, in its order. Words that two readers claim belong to the first.

    `concession` tells that the text is known to concede something; `deal_amount` is what a new price for everything
    is held against.
    """
    found: list[Giveaway] = []
    for giveaway in chain(
        trades(text),
        prices_given(text, deal_amount=deal_amount),
        percentages_given(text, concession=concession),
        free_months(text),
        amounts_given(text),
    ):
        if not any(other.start < giveaway.end and giveaway.start < other.end for other in found):
            found.append(giveaway)
    return tuple(sorted(found, key=lambda giveaway: giveaway.start))
