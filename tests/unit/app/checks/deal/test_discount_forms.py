"""What is given away in other forms than a percentage, what it comes to, and what is no giveaway."""

from __future__ import annotations

import pytest

from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import deal, failed, found, promise, results, rewritten

WORLD = deal(discount_cap=15, amount=40_000)


def given(text: str, *, kind: Kind = Kind.CONCESSION) -> Findings:
    return found(text, promise(text.rstrip("."), kind=kind))


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We'll take $8,000 off the first year.", "We'll take $6,000 off the first year."),
        ("I'd knock off eight grand.", "I'd knock off 6 grand."),
        ("We can do a discount of 8k.", "We can do a discount of 6k."),
        ("You get two months free.", "You get one month free."),
        ("We'll add 3 free months.", "We'll add 1 free month."),
        ("You'll get a quarter off the list price.", "You'll get 15% off the list price."),
        ("We'd reduce the price by one fifth.", "We'd reduce the price by 15%."),
        ("50% off the first six months.", "30% off the first six months."),
        ("We'll go from $40,000 down to $30,000 a year.", "We'll go from $40,000 down to $34,000 a year."),
        ("The price is $30,000 instead of $40,000.", "The price is $34,000 instead of $40,000."),
        ("I can do the whole package for $30,000.", "I can do the whole package for $34,000."),
        ("We'll take $900 off per month.", "We'll take $500 off per month."),
    ],
)
def test_it_is_brought_down_to_the_cap_in_its_own_form(text: str, after: str) -> None:
    findings = given(text)

    (result,) = results("discount.cap", findings, WORLD)

    assert rewritten(findings, result) == after


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("The first three months are on us.", "25%"),
        ("We won't charge you for the first quarter.", "25%"),
        ("We'll waive the setup fee of $9,000.", "22.5%"),
        ("The $9,000 setup fee will be waived.", "22.5%"),
        ("We'll include onboarding worth $7,000 at no cost.", "17.5%"),
        ("It's two for one on the seats.", "50%"),
        ("Three licences for the price of two.", "33.3%"),
        ("Buy one year, get one free.", "50%"),
        ("Half price for the first year.", "50%"),
        ("Twelve weeks free of charge.", "23.1%"),
        ("You'll get six months free on a 36-month contract.", "16.7%"),
    ],
)
def test_everything_is_weighed_as_a_percentage_of_the_deal(text: str, percent: str) -> None:
    (result,) = results("discount.cap", given(text), WORLD)

    assert percent in result.message
    assert "15%" in result.message


@pytest.mark.parametrize(
    "text",
    [
        "We'll take $6,000 off.",
        "We'll waive the setup fee of $5,000.",
        "You get one month free.",
        "You get two months free on a 24-month contract.",
        "50% off the first two months.",
        "I can do the whole package for $36,000.",
        "We'll take €8,000 off.",
        "$50 off per seat.",
        "You get a free 30-day trial.",
        "We'll add three months of free support.",
        "We have two weeks free in January for the installation.",
        "We'll credit the 25% deposit to your account.",
        "You'll get service credits of 25%.",
        "We'll reduce your downtime by 30%.",
        "We'll waive the setup fee.",
    ],
)
def test_what_stays_below_it_or_is_something_else_is_not_marked(text: str) -> None:
    assert results("discount.cap", given(text), WORLD) == []


@pytest.mark.parametrize(
    "text",
    [
        "I've applied a 20% discount to the quote.",
        "Your discount is 30%.",
        "The order form includes a 25% discount.",
        "Enjoy 30% off your first year.",
        "You asked for 20% off. That works for us.",
        "How about 20% off?",
    ],
)
def test_what_is_given_without_a_promise_counts_too(text: str) -> None:
    assert results("discount.cap", found(text), WORLD)


@pytest.mark.parametrize(
    "text",
    [
        "A competitor offers 30% off.",
        "You asked for 30% off; we can't do that.",
        "You asked for 20% off. That works only with my manager's approval.",
        "Unfortunately a 25% discount is not something we can offer.",
        "A 25% discount would need my VP's approval.",
        "Last year you had a 25% discount.",
        "Was it the 30% discount that you had in mind?",
    ],
)
def test_what_was_asked_for_refused_or_is_somebody_elses_does_not(text: str) -> None:
    assert results("discount.cap", found(text), WORLD) == []


def test_two_that_are_given_together_are_weighed_together() -> None:
    (result,) = results("discount.cap", given("We'll give you a 10% discount plus one month free."), WORLD)

    assert "18.3% together" in result.message
    assert result.suggestion is None


@pytest.mark.parametrize(
    "text",
    [
        "We can do 10% off or one month free.",
        "We'll give you 10% off the Planner and 10% off Inspect.",
    ],
)
def test_alternatives_and_parts_are_not(text: str) -> None:
    assert results("discount.cap", given(text), WORLD) == []


def test_amounts_are_not_weighed_against_a_deal_of_unknown_size() -> None:
    assert results("discount.cap", given("We'll take $8,000 off."), deal(discount_cap=15, amount=0)) == []


def test_without_the_crm_nothing_is_weighed() -> None:
    assert results("discount.cap", given("We'll take 50% off."), failed("crm", deal=None)) == []


@pytest.mark.parametrize(("words", "told"), [("We take $5,000 off. ", 0), ("We take $9,000 off. ", 3_000)])
def test_thousands_of_offers_are_read_one_by_one(words: str, told: int) -> None:
    said = results("discount.cap", found(words * 3_000), deal(discount_cap=15))

    assert len([result for result in said if len(result.spans) == 1]) == told
