import pytest

from extractors.training.measure import Score, Share
from extractors.training.report import intervals
from extractors.training.report.intervals import estimate


def test_a_ratio_is_one_of_sums_and_not_a_mean_of_ratios() -> None:
    found = estimate([(1, 1), (0, 3)])
    assert found is not None
    assert (found.value, found.of) == (0.25, 4)


def test_the_interval_holds_the_value_and_is_the_same_every_time() -> None:
    documents = [(nth % 3, 2) for nth in range(30)]
    found = estimate(documents)
    assert found is not None
    assert 0 < found.low < found.value < found.high < 1
    assert found == estimate(documents)


def test_the_interval_is_that_of_a_share_of_independent_documents() -> None:
    found = estimate([(1, 1)] * 50 + [(0, 1)] * 50)
    assert found is not None
    assert found.low == pytest.approx(0.5 - 1.96 * 0.05, abs=0.02)
    assert found.high == pytest.approx(0.5 + 1.96 * 0.05, abs=0.02)


def test_documents_are_drawn_whole() -> None:
    """Ten findings of one mail tell as much as one: all right or all wrong, the interval stays as wide."""
    alone = estimate([(1, 1), (0, 1)] * 10)
    together = estimate([(10, 10), (0, 10)] * 10)
    assert alone is not None
    assert together is not None
    assert (alone.low, alone.high) == (together.low, together.high)


def test_nothing_to_divide_by() -> None:
    assert estimate([]) is None
    assert estimate([(0, 0)]) is None


def test_draws_without_anything_to_divide_by_are_left_out() -> None:
    found = estimate([(1, 1), (0, 0), (0, 0)])
    assert found is not None
    assert (found.low, found.high) == (1, 1)


def test_precision_recall_and_f1_of_scores() -> None:
    scores = [Score(right=3, false=1, missed=2), Score(right=0, false=2, missed=0)]
    values = [ratio(scores) for ratio in (intervals.precision, intervals.recall, intervals.f1)]
    assert [value.value for value in values if value] == [3 / 6, 3 / 5, 6 / 11]


def test_a_share() -> None:
    found = intervals.share([Share(right=1, of=2), Share(right=1, of=2)])
    assert found is not None
    assert found.value == 0.5
