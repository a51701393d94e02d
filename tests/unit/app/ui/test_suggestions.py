"""Putting suggestions into a text, and what an edit starts from."""

from __future__ import annotations

import pytest

from app.core.checks import Suggestion
from app.ui.suggestions import apply_suggestion

SHOWN = "We give you 20% off. We give you time."


def suggestion(old: str, new: str) -> Suggestion:
    start = SHOWN.index(old)
    return Suggestion(start=start, end=start + len(old), replacement=new, why="because")


def test_an_unchanged_text_takes_it_in_its_place() -> None:
    assert apply_suggestion(SHOWN, SHOWN, suggestion("20", "15")) == "We give you 15% off. We give you time."


def test_a_place_that_moved_is_found_by_its_words() -> None:
    assert (
        apply_suggestion("Hi! " + SHOWN, SHOWN, suggestion("20%", "15%"))
        == "Hi! We give you 15% off. We give you time."
    )


@pytest.mark.parametrize("current", ["Hi! We give you less.", "Hi! " + SHOWN])
def test_words_that_are_gone_or_stand_twice_are_left_to_the_person(current: str) -> None:
    assert apply_suggestion(current, SHOWN, suggestion("We give you", "We offer you")) in (
        None,
        "Hi! We offer you less.",
    )


def test_an_insertion_into_a_changed_text_is_left_to_the_person() -> None:
    point = Suggestion(start=5, end=5, replacement="x", why="because")
    assert apply_suggestion("other text", SHOWN, point) is None
