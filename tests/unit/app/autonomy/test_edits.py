"""How much people changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.autonomy.edits import changed_share, edit_outcome
from app.core.autonomy import Outcome
from tests.support.gates import a_draft

TEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize(
    ("after", "share"),
    [
        (TEN, 0.0),
        ([], 1.0),
        ([*TEN, "eleven"], 0.1),
        (TEN[1:], 0.1),
        ([*TEN[:4], "FIVE", *TEN[5:]], 0.1),
        (["1", *TEN[1:5], "x", "y", *TEN[6:9]], 0.4),
        (["other"] * 20, 2.0),
    ],
)
def test_words_that_went_came_or_changed_are_counted(after: list[str], share: float) -> None:
    assert changed_share(TEN, after) == pytest.approx(share)


def test_an_empty_text_that_was_filled_was_changed() -> None:
    assert changed_share([], ["a"]) == 1.0


def test_what_is_too_long_to_compare_counts_as_changed_throughout() -> None:
    before = [str(n) for n in range(3000)]
    assert changed_share(before, ["new", *before]) == pytest.approx(1 / 3000)
    assert changed_share(before, ["new", *before[:-1], "end"]) == pytest.approx(3001 / 3000)


LONG = a_draft("Hello there", text="word " * 98, html="<p>" + "word " * 98 + "</p>")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.UNCHANGED),
        ({"subject": "Hello you"}, Outcome.LIGHT_EDIT),
        ({"text": "word " * 90, "html": None}, Outcome.LIGHT_EDIT),
        ({"text": "word " * 88, "html": None}, Outcome.HEAVY_EDIT),
        ({"html": "<p>Something else</p>"}, Outcome.HEAVY_EDIT),
        ({"to": ("else@theirs.example",)}, Outcome.HEAVY_EDIT),
        ({"bcc": ("boss@ours.example",)}, Outcome.HEAVY_EDIT),
    ],
)
def test_an_edit_is_light_below_a_tenth_of_the_words(changes: dict[str, object], outcome: Outcome) -> None:
    assert edit_outcome(LONG, replace(LONG, **changes)) is outcome  # type: ignore[arg-type]
