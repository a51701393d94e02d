import json
from pathlib import Path

import pytest

from extractors.commitments.kind_model import KindWeights, kind_features, likeliest_kind, read_kind_weights

RECORD = {
    "kinds": ["deliverable", "meeting", "other"],
    "bias": [0, 0, 5],
    "weights": {"word crane": [40, -10, 0], "action lift": [-5, 20, 0], "pair ^ we": [1, 1, 1]},
}


@pytest.fixture
def weights(tmp_path: Path) -> KindWeights:
    (tmp_path / "kinds.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return read_kind_weights(tmp_path)


def test_the_kind_with_the_largest_sum_wins(weights: KindWeights) -> None:
    assert weights.likeliest(["word crane"]) == "deliverable"
    assert weights.likeliest(["action lift"]) == "meeting"
    assert weights.likeliest(["word crane", "action lift"]) == "deliverable"


def test_without_known_features_the_bias_decides(weights: KindWeights) -> None:
    assert weights.likeliest([]) == "other"
    assert weights.likeliest(["word never seen"]) == "other"


def test_features_name_words_pairs_slots_and_the_rule() -> None:
    found = set(kind_features("We ship 40 cranes", action="ship out", thing="40 cranes", dated=True))
    assert found >= {
        "word ship",
        "word #",
        "stem crane",
        "pair ^ we",
        "pair # cranes",
        "pair cranes $",
        "dated True",
        "action ship out",
        "action ship out dated True",
        "thing cranes",
        "verb deliverable",
    }


def test_missing_slots_are_features_too() -> None:
    found = set(kind_features("", action=None, thing=None, dated=False))
    assert {"action None", "pair ^ $", "dated False"} <= found
    assert not any(feature.startswith("thing") for feature in found)


def test_missing_weights_are_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"kinds\.json"):
        read_kind_weights(tmp_path)


@pytest.mark.parametrize(
    ("text", "action", "thing", "dated", "kind"),
    [
        ("I'll send the spectra over tonight", "send over", "the spectra", True, "deliverable"),
        ("I'll call your foreman tomorrow", "call", None, True, "follow_up"),
        ("I'm free Wednesday between 9 and 11", "be", None, True, "meeting"),
        ("we'll knock 5% off the price", "knock off", "5%", False, "concession"),
        ("dark mode ships in version 6 in May", "ship", "dark mode", True, "roadmap"),
    ],
)
def test_the_shipped_weights_tell_plain_cases(
    text: str, action: str, thing: str | None, dated: bool, kind: str
) -> None:
    assert likeliest_kind(text, action=action, thing=thing, dated=dated) == kind
