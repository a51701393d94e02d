"""Markdown tables and the figures in them."""

from collections.abc import Iterable, Sequence

from extractors.training.measure import Score, Share
from extractors.training.report import intervals
from extractors.training.report.intervals import Estimate

NOTHING = "–"


def figure(estimate: Estimate | None) -> str:
    """ ".912 (.881–.940)"; a dash where there was nothing to count."""
    if estimate is None:
        return NOTHING
    return f"{_short(estimate.value)} ({_short(estimate.low)}–{_short(estimate.high)})"


def _short(value: float) -> str:
    return f"{value:.3f}".removeprefix("0")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table whose columns, but for the first, are set to the right. Raises ValueError for a row that is
    longer or shorter than the head.
    """
    lines = [_line(head), _line([":--", *["--:"] * (len(head) - 1)])]
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"a row of {len(row)} cells under a head of {len(head)}: {row}")
        lines.append(_line(row))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def score_cells(scores: Sequence[Score]) -> list[str]:
    """How many were labelled, then precision, recall and F1."""
    labelled = sum(score.right + score.missed for score in scores)
    return [
        str(labelled),
        figure(intervals.precision(scores)),
        figure(intervals.recall(scores)),
        figure(intervals.f1(scores)),
    ]


def share_cell(shares: Iterable[Share]) -> str:
    return figure(intervals.share(shares))
