"""The path without the trained model: phrase families alone, which say so."""

import pytest

from extractors.commitments import find, find_commitments
from extractors.findings import Commitment
from extractors.segments import sentences


@pytest.fixture
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find, "reader", lambda: None)


def found(text: str) -> list[Commitment]:
    return find_commitments(list(sentences(text)), [])


@pytest.mark.usefixtures("_no_model")
@pytest.mark.parametrize(
    ("text", "rule", "strength"),
    [
        ("I'll send the security pack.", "fallback.will", "firm"),
        ("We should have numbers soon.", "fallback.should", "tentative"),
        ("I can send the deck if useful.", "fallback.can", "conditional"),
    ],
)
def test_without_a_model_the_families_find_and_the_rule_says_so(text: str, rule: str, strength: str) -> None:
    (commitment,) = found(text)
    assert commitment.rule.startswith(rule.rsplit(".", 1)[0] + ".")
    assert commitment.strength == strength


@pytest.mark.usefixtures("_no_model")
def test_without_a_model_requests_are_left_alone() -> None:
    assert found("Please send the purchase order by Friday.") == []


@pytest.mark.usefixtures("_no_model")
def test_without_a_model_slots_come_from_the_words_around_the_verb() -> None:
    (commitment,) = found("I'll send you the revised quote.")
    assert (commitment.action, commitment.object, commitment.recipient) == ("send", "the revised quote", "you")
