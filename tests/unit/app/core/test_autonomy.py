"""The bound, against figures from the literature and against what has to be true of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.autonomy import Figures, Outcome, shown, wilson_lower


@pytest.mark.parametrize(
    ("successes", "trials", "lower"),
    [
        (0, 0, 0.0),
        (0, 10, 0.0),
        (1, 1, 0.2065),
        (8, 10, 0.4902),
        (95, 100, 0.8882),
        (30, 30, 0.8865),
        (35, 35, 0.9011),
    ],
)
def test_the_bound_is_wilsons(successes: int, trials: int, lower: float) -> None:
    assert wilson_lower(successes, trials) == pytest.approx(lower, abs=5e-5)


@given(st.integers(1, 5000), st.data())
def test_the_bound_lies_below_the_share_and_grows_with_every_success(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    bound = wilson_lower(successes, trials)
    assert 0 <= bound <= successes / trials
    assert bound < wilson_lower(successes + 1, trials + 1)
    assert wilson_lower(successes, trials + 1) <= bound


def test_every_outcome_counts_but_what_no_person_had_a_say_in() -> None:
    figures = Figures(counts=dict.fromkeys(Outcome, 2))
    assert (figures.unchanged, figures.decided) == (2, 10)
    assert figures.in_words == "2 of 10 approved unchanged, lower bound 0.056"
    assert Figures(counts={}).bound == 0


def test_what_is_below_a_level_never_reads_as_if_it_reached_it() -> None:
    assert (shown(0.89999), shown(0.9), shown(1.0)) == ("0.899", "0.900", "1.000")
