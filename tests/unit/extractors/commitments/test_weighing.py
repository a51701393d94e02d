import json
from pathlib import Path

import pytest

from extractors.commitments.candidates import candidates
from extractors.commitments.evidence import evidence_of
from extractors.commitments.people import people_of
from extractors.commitments.weighing import Weights, read_weights
from tests.unit.extractors.commitments.seen import seen, sentence

RECORD = {
    "threshold": 0.5,
    "threshold_alone": 0.9,
    "bias": -1.0,
    "weights": {"has send": 2.0, "asked": -3.0},
    "strengths": ["conditional", "firm", "tentative"],
    "strength_bias": [0.0, 0.5, 0.0],
    "strength_weights": {"condition if": [2.0, -1.0, 0.0]},
}


@pytest.fixture
def weights(tmp_path: Path) -> Weights:
    (tmp_path / "weights.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return read_weights(tmp_path)


def test_evidence_moves_the_probability(weights: Weights) -> None:
    assert weights.probability({}) == pytest.approx(0.2689, abs=1e-4)
    assert weights.probability({"has send": 1.0}) == pytest.approx(0.7311, abs=1e-4)
    assert weights.probability({"has send": 1.0, "asked": 1.0}) < weights.probability({})


def test_the_strength_with_the_largest_sum_wins(weights: Weights) -> None:
    assert weights.strength({}) == "firm"
    assert weights.strength({"condition if": 1.0}) == "conditional"


def test_no_probability_overflows(weights: Weights) -> None:
    assert weights.probability({"asked": 1e6}) == pytest.approx(0.0)


def test_what_no_family_saw_takes_more(weights: Weights) -> None:
    assert weights.accepts({"has send": 1.0, "family": 1.0})
    assert not weights.accepts({"has send": 1.0, "no family": 1.0})


def test_missing_weights_are_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"weights\.json"):
        read_weights(tmp_path)


def evidence(text: str, *before: str, item: bool = False) -> dict[str, float]:
    sentences = [sentence(earlier) for earlier in before] + [sentence(text, item=item)]
    words = seen(text, dict.fromkeys(text.split(), ("firm", 0.9)), tags={"will": "MD", "send": "VB", "We": "PRP"})
    tagged = [seen(earlier, {}) for earlier in before] + [words]
    (candidate,) = candidates(sentences, tagged, [])
    return evidence_of(candidate, sentences, words, [], people_of("\n".join([*before, text])))


def test_evidence_names_words_and_form() -> None:
    found = evidence("We will send it")
    assert {"has send", "has will send", "begins we", "first in sentence", "no family", "some MD"} <= set(found)
    assert {"verb VB send", "verb we VB MD"} <= set(found)
    assert found["seen"] == 1.0


def test_evidence_names_the_heading_of_a_list() -> None:
    assert "item under your" in evidence("send it", "On your side:", item=True)
    assert "under our" in evidence("We will send it", "On our side:")


def test_evidence_names_question_and_condition() -> None:
    assert {"asked", "condition if"} <= set(evidence("send it if you want ?"))
