import pytest

from extractors.training.measure import Score
from extractors.training.report.intervals import Estimate
from extractors.training.report.tables import figure, score_cells, table


def test_figures_are_short() -> None:
    assert figure(Estimate(value=0.91234, low=0.8806, high=1.0, of=9)) == ".912 (.881–1.000)"
    assert figure(None) == "–"


def test_a_table() -> None:
    assert table(("", "n"), [("dates", "3")]) == "|  | n |\n| :-- | --: |\n| dates | 3 |"


def test_a_row_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells under a head of 2"):
        table(("", "n"), [("dates",)])


def test_score_cells_begin_with_the_number_of_labels() -> None:
    cells = score_cells([Score(right=1, false=1, missed=0)])
    assert cells[0] == "1"
    assert [cell.split()[0] for cell in cells[1:]] == [".500", "1.000", ".667"]


def test_without_labels_or_findings_there_are_no_figures() -> None:
    assert score_cells([Score()]) == ["0", "–", "–", "–"]
