"""The extractors on the project's own labelled mails: a change that makes them worse does not pass.

The floors lie a little below what was reached on the day they were set. Raise them, with a new day, when the figures
have risen for good; never lower one to make a change pass. `make extraction-report` shows the figures with intervals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from extractors.training.baselines.product_dates import as_answer
from extractors.training.measure import Score, Share
from extractors.training.report import scoring, slots
from extractors.training.report.findings import found_by_product, spans_of
from extractors.training.report.golden import golden_mails
from extractors.training.report.scoring import Judged

FLOORS_SET_ON = "2026-11-21"
FLOORS = {
    "commitments: precision": 0.77,
    "commitments: recall": 0.76,
    "commitments: firm recall": 0.74,
    "strength": 0.93,
    "kind": 0.45,
    "due day": 0.85,
    "action": 0.82,
    "object": 0.70,
    "recipient": 0.85,
    "dates: precision": 0.95,
    "dates: recall": 0.93,
    "dates: due day": 0.92,
    "attachment claims: precision": 0.87,
    "attachment claims: recall": 0.75,
    "authored text: precision": 0.97,
    "authored text: recall": 0.97,
}


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    judged = [Judged(mail=mail, found=found_by_product(mail)) for mail in golden_mails()]
    return {
        **_precision_and_recall("commitments", (_commitments(one) for one in judged)),
        **_made_of_them(judged),
        **_precision_and_recall("dates", (_dates(one) for one in judged)),
        "dates: due day": _share(_due_days(one) for one in judged),
        **_precision_and_recall("attachment claims", (_attachments(one) for one in judged)),
        **_precision_and_recall("authored text", (_authored(one) for one in judged)),
    }


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name], f"{name} was above {FLOORS[name]} on {FLOORS_SET_ON}"


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert figures.keys() == FLOORS.keys()


def _made_of_them(judged: Sequence[Judged]) -> dict[str, float]:
    """Firm recall, and what is right of the commitments that were found."""
    matched = [scoring.matches(one) for one in judged]
    return {
        "commitments: firm recall": _share(
            scoring.firm_recall(one.mail, spans_of(one.found.commitments)) for one in judged
        ),
        "strength": _share(scoring.share_of(matches, scoring.right_strength) for matches in matched),
        "kind": _share(scoring.share_of(matches, scoring.right_kind) for matches in matched),
        "due day": _share(scoring.due_days(matches) for matches in matched),
        **{
            slot: _share(scoring.share_of_slot(matches, slot, slots.same) for matches in matched)
            for slot in ("action", "object", "recipient")
        },
    }


def _commitments(one: Judged) -> Score:
    return scoring.score_commitments(one.mail, spans_of(one.found.commitments))


def _dates(one: Judged) -> Score:
    return scoring.score_dates(one.mail, spans_of(one.found.dates))


def _due_days(one: Judged) -> Share:
    return scoring.due_days_of_dates(one.mail, [as_answer(mention) for mention in one.found.dates], future=True)


def _attachments(one: Judged) -> Score:
    return scoring.score_spans(one.mail, spans_of(one.found.attachments), one.mail.attachments)


def _authored(one: Judged) -> Score:
    return scoring.score_authored(one.mail, one.found.authored)


def _precision_and_recall(name: str, scores: Iterable[Score]) -> dict[str, float]:
    total = Score()
    for score in scores:
        total.add(score)
    return {f"{name}: precision": total.precision, f"{name}: recall": total.recall}


def _share(shares: Iterable[Share]) -> float:
    counted = list(shares)
    return sum(share.right for share in counted) / sum(share.of for share in counted)
