"""Every draft of the sample company goes where it should, for the reason it should."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.core.drafts import Draft
from app.core.routes import Route
from app.intake import read_drafts
from app.trial import Trial, open_trial

WORLD = Path(__file__).resolve().parents[2] / "sample_data"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((WORLD / "drafts" / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def trial() -> Trial:
    return open_trial(WORLD)


def test_every_draft_has_an_expectation() -> None:
    files = {f.name for f in (WORLD / "drafts").iterdir() if f.suffix in (".json", ".eml")}
    assert files == set(EXPECTED)
    assert len(files) >= 60
    assert sum(name.endswith(".eml") for name in files) >= 10
    assert {e["route"] for e in EXPECTED.values()} == set(Route)


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_a_sample_draft_goes_where_it_should(trial: Trial, file: str) -> None:
    (draft,) = read_drafts(WORLD / "drafts" / file)
    assert isinstance(draft, Draft)
    verdict = trial.assess(draft)
    expected = EXPECTED[file]
    assert (verdict.route.value, verdict.ruling.rule) == (expected["route"], expected["rule"])
    assert set(expected.get("checks", [])) <= {result.check for result in verdict.checks}
    assert verdict.unknown == ()
