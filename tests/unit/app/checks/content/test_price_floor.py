"""Floors, margins and costs."""

from __future__ import annotations

import pytest

from app.checks import run_checks
from app.core.checks import Severity
from app.core.facts import PriceFloor, Recipient
from tests.unit.app.checks.builders import draft, facts, failed, found, results, rewritten

FLOORS = (
    PriceFloor(product="Route Planner", floor=38, currency="USD", list_price=60),
    PriceFloor(product="Fleet Suite", floor=30_000, currency="EUR", list_price=42_000),
)


@pytest.mark.parametrize(
    "text",
    [
        "Route Planner is $38 a seat.",
        "We can do Route Planner at $38.50 per seat",
        "Route Planner for 38 USD",
        "Fleet Suite at €30,000",
        "Fleet Suite would be 30k EUR a year",
        "Our floor price is 38.",
        "The floor price for this is confidential",
        "Our walk-away price is 40k",
        "At that price our margin is 12%",
        "the cost price is $20",
        "we can't, it's below cost price",
        "our own cost is $12 per seat",
        "I'm authorised to go down to $35",
        "Our discount cap is 15%",
        "our minimum price is 38k",
        "Don't go below 38k.",
        "It costs us $12 a seat.",
        "Route Planner: $35 per seat",
        "walk-away point is 35",
        "Lowest acceptable price: 38",
        "That leaves us with a thin margin",
        "Route Planner comes as one. We could offer it at $38.",
        "our gross margin on this is 40%",
        "Price floor: 38",
        "our maximum discount is 20%",
        "That is our cost price.",
    ],
)
def test_floors_and_costs_are_found(text: str) -> None:
    assert results("content.price_floor", found(text), facts(price_floors=FLOORS))


@pytest.mark.parametrize(
    "text",
    [
        "Route Planner is $60 a seat.",
        "Route Planner is $45 a seat",
        "Route Planner saves you $38 per tour",
        "The shop floor price tags",
        "You can walk away at any time.",
        "no walk-away clause",
        "improve your margins",
        "your gross margin grows",
        "margin of error",
        "our margin of error is 2%",
        "your floor price",
        "the carbon price floor",
        "import the cost price per article",
        "We can't go below $40.",
        "That's the lowest we can go.",
        "Fleet Suite set-up is €30,000",
        "Route Planner takes 38 days",
        "our costs have risen",
        "the bottom line: it works",
        "Minimum order is 38 seats",
        "discount of 38 USD on Route Planner",
        "our cost calculator",
        "cost price field",
        "your cost price is in the ERP",
        "The 38 USD are for training. Route Planner is extra",
        "cost per mile is $38",
        "your maximum discount",
        "margin notes",
        "our cost estimate is below",
    ],
)
def test_other_prices_and_margins_are_not(text: str) -> None:
    assert results("content.price_floor", found(text), facts(price_floors=FLOORS)) == []


def test_colleagues_may_read_it() -> None:
    house = facts(recipients=(Recipient(email="kim@ours.example"),))

    assert results("content.price_floor", found("Our floor price is 38."), house) == []


def test_the_floor_is_the_evidence() -> None:
    (result,) = results("content.price_floor", found("Route Planner is $38 a seat."), facts(price_floors=FLOORS))

    assert result.severity is Severity.HIGH
    assert [e.value for e in result.evidence if e.source == "approved"] == ["38 USD"]


def test_a_sentence_about_the_floor_can_be_taken_out() -> None:
    text = "The offer stands. Our floor price is 38. See you."

    (result,) = results("content.price_floor", found(text), facts())

    assert rewritten(found(text), result) == "The offer stands. See you."


def test_nothing_is_said_while_the_floors_are_unknown() -> None:
    checked = run_checks(draft(), found("Our floor price is 38."), failed("approved"))

    assert [r for r in checked.results if r.check == "content.price_floor"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Between us, the lowest I'm allowed to go is 38 dollars.",
        "My manager approved a floor of $38 for the Route Planner.",
        "Internally our cost price for the Route Planner is 21 USD.",
        "We won't go below our floor of $38 per seat.",
        "The Route Planner can come down to 38 USD per seat if you sign this week.",
        "Our walkaway price is 40k.",
        "We still make a 45% margin at that price.",
        "The minimum we can accept is $38 for the Route Planner.",
        "Our bottom price is $40.",
        "I have approval to go as low as $38 on the Route Planner.",
        "Our costs are $21 per seat, so $38 is the limit.",
        "For the Route Planner I can offer 38 USD per seat.",
        "Even at 20% off we keep a healthy margin.",
        "The internal floor for this deal is 40,000.",
        "Walk-away: 40k, don't tell her.",
    ],
)
def test_other_ways_to_say_so_are_found(text: str) -> None:
    assert results("content.price_floor", found(text), facts(price_floors=FLOORS))


@pytest.mark.parametrize(
    "text",
    [
        "Your margin grows with each tour that you save.",
        "The second floor of your depot needs its own scanner.",
        "Your price floor for diesel is in the contract with the carrier.",
        "That is our best price for the Route Planner: $55 a seat.",
        "The Route Planner is $45 per seat with 100 seats.",
        "The price is the floor of what the market pays, your CFO wrote.",
        "You can walk away with a signed contract on Friday.",
        "The floor plan of the depot is clear.",
        "The Route Planner saves 38 USD a week per driver.",
    ],
)
def test_other_harmless_words_are_not(text: str) -> None:
    assert results("content.price_floor", found(text), facts(price_floors=FLOORS)) == []
