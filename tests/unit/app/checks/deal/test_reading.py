"""Numbers, amounts, days and sentences as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from app.checks.deal.money import amounts, numbers_as_money
from app.checks.deal.named_days import named_days
from app.checks.deal.sentences import sentences
from app.core.findings import Findings
from tests.unit.app.checks.builders import found


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$8,000", 8000, "USD"),
        ("$8,000", 8000, "CAD"),
        ("8.000,50 €", 8000.5, "EUR"),
        ("€78k", 78_000, "EUR"),
        ("£1.2m", 1_200_000, "GBP"),
        ("five thousand dollars", 5000, "USD"),
        ("two hundred and fifty euros", 250, "EUR"),
        ("CHF 36'000", 36_000, "CHF"),
        ("US$ 20", 20, "USD"),
    ],
)
def test_an_amount_has_a_value_and_currencies_that_it_may_be_in(text: str, value: float, currency: str) -> None:
    (money,) = amounts(f"It is {text} then")

    assert money.value == value
    assert money.may_be(currency)
    assert money.text == text


@pytest.mark.parametrize(("text", "currency"), [("US$ 20", "CAD"), ("€20", "USD"), ("20 pounds", "USD")])
def test_and_none_that_it_may_not(text: str, currency: str) -> None:
    (money,) = amounts(text)

    assert not money.may_be(currency)


@pytest.mark.parametrize(
    ("text", "value", "restated"),
    [("$8,000", 6000, "6,000"), ("8k off", 6000, "6k"), ("8k off", 6250, "6,250"), ("8.000 €", 6000, "6.000")],
)
def test_another_amount_is_written_in_the_form_of_the_first(text: str, value: float, restated: str) -> None:
    (money,) = numbers_as_money(text)

    assert money.restated(value) == restated


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("by 20 Nov", [date(2026, 11, 20)]),
        ("on November 20th, 2027", [date(2027, 11, 20)]),
        ("2026-12-01", [date(2026, 12, 1)]),
        ("in January", [date(2027, 1, 1)]),
        ("on 3 June", [date(2026, 6, 3)]),
        ("it may be 31 Feb", []),
        ("wait for legal", []),
    ],
)
def test_days_are_the_nearest_of_their_name(text: str, days: list[date]) -> None:
    assert [named.day for named in named_days(text, near=date(2026, 11, 18))] == days


def test_sentences_are_cut_where_they_end_and_not_at_abbreviations() -> None:
    text = "Hi Dana,\n\nThe price is approx. 5k. Fine?\n- one\n- two\n\nBest"

    assert [s.text for s in sentences(found(text))] == ["The price is approx. 5k.", "Fine?", "- one", "- two", "Best"]


def test_quoted_text_has_no_sentences() -> None:
    text = "Yes.\n> 50% off?"

    assert [s.text for s in sentences(Findings(text=text, authored=((0, 4),)))] == ["Yes."]


def test_what_never_ends_is_cut_so_that_no_check_reads_on_for_ever() -> None:
    text = "$5 off and " * 2_000

    cut = sentences(found(text))

    assert max(len(sentence.text) for sentence in cut) <= 1_000
    assert "".join(text[s.start : s.end] for s in cut).replace(" ", "") == text.replace(" ", "")
