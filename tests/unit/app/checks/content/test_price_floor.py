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


@pytest.mark.parametrize(
    "text",
    [
        "Between you and me, my boss lets me go to 15 percent.",
        "We break even at $41,000, so there's not much room.",
        "I can't sign anything under forty grand without Ruben.",
        "Honestly, anything less than $40k and we lose money on this.",
        "The lowest I've been cleared for is 38 a vehicle.",
        "Ruben gave me the green light for up to 18% if it gets this over the line.",
        "Our cost to serve you is roughly $22 a seat, so that leaves little.",
        "At 36 dollars we would be selling at a loss.",
        "Management won't let us dip under $42,500.",
        "Just so you know, I have room down to $40,000.",
        "It costs us about 19 euros a month to run a vehicle on the platform.",
        "My hands are tied below 42,000, that's as far as finance will allow.",
        "We'd still be making 60 points on this.",
        "I have another 5% in my pocket if procurement pushes.",
        "- licence: $48,000 (we can live with 43)",
        "What we pay for hosting and map data comes to $14 per truck.",
        "there's a bit of fat in that number, we could go down to 41k if we had to",
        "Finance set 42,000 as the bottom for this deal.",
        "The quote has about 35% markup baked in.",
        "You didn't hear it from me, but the real limit is 12%.",
        "Approval from the COO is only needed below $40,000, above that I can decide alone.",
        "Our target is 45, but we'd take 40 if pressed.",
        "The board has authorised me to close at forty-one thousand.",
        "Worst case we could settle for $39,000.",
        "I'm allowed twelve percent, no more, before it needs a signature from upstairs.",
        "To be frank, we don't earn a cent below $37 a seat.",
        "That price is already at cost for us.",
        "With the discount we are left with a 20% margin.",
        "Our breakeven on this is thirty-six dollars a seat.",
        "Ruben's absolute minimum is 43,000.",
        "My manager would be OK with 41k but no lower.",
        "I'm not authorised to accept less than forty-one thousand dollars.",
        "Every seat costs us eleven dollars to run, so 30 is more than fair.",
        "We only start losing money under $36 a vehicle.",
        "If you push, I can probably get Ruben to say yes to 13 percent.",
        "My ceiling is 14 percent, I can't sign more than that.",
        "Ruben has told me that I may come down as far as $42,000.",
        "We make about 55% on the licence, so there's air.",
        "Our people in finance have capped the rebate at 16%.",
        "We'd be making a loss below $37.",
    ],
)
def test_limits_told_by_their_parts_are_found(text: str) -> None:
    assert results("content.price_floor", found(f"Hello.\n\n{text}"), facts())


@pytest.mark.parametrize(
    "text",
    [
        "Elena, what is the lowest price at which your drivers can buy diesel?",
        "Your break-even would come after about seven months, going by the stop file.",
        "Does your margin per pallet allow for that?",
        "The list price is $45 per vehicle and month.",
        "I can't change the price on my own, that needs my manager's approval.",
        "You would save about $22 a vehicle.",
        "How low would the fuel cost have to be for you to break even on the night tours?",
        "We can offer 10% off the first year.",
        "The lowest tier starts at $30 a month and has no map updates.",
        "The map licence costs $500 extra per year.",
        "I understand your boss lets you go to $50,000 without a committee.",
        "This is the best price I can offer you.",
        "You mentioned that your carrier won't go below $1.20 a mile.",
        "The price doesn't drop below 100 vehicles.",
        "What does it cost you today to run one tour?",
        "Ruben and I talked about the 40 new vehicles.",
        "The list price is $45, and you'd pay $41 with the yearly plan.",
        "Our rebate of 8% applies from 50 vehicles.",
        "Your finance people capped the budget at $45,000, as I understand.",
        "We make it easy: $45 a vehicle, everything included.",
        "My manager Ruben will call you on Friday about the $46,000 offer.",
        "The board has to sign off on anything over $50,000 at your end, am I right?",
        "We have 40 trucks in the pilot and room for ten more.",
        "I have approval to share the roadmap with you.",
        "You told me your finance team won't accept more than $45,000.",
        "Is there any flexibility in your budget?",
        "I'm allowed to show you the reporting screens now.",
        "Jonas let me know that 12 drivers are missing in the file.",
        "The planner lost 20% of the stops in the test, we are looking into it.",
        "We have cleared 40 stops, the rest follows.",
        "The app lets us change up to 50 tours at once.",
        "We keep 10% of the seats free for peak days.",
        "The minimum contract term is 12 months.",
        "The limit is 600 calls a minute.",
    ],
)
def test_what_has_only_one_of_the_parts_is_not(text: str) -> None:
    assert results("content.price_floor", found(f"Hello.\n\n{text}"), facts()) == []
