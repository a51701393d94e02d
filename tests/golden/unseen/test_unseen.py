"""Scenarios by writers who knew what the checks are for and had not seen how they work.

Each file's first run, before anything was mended on it, is in docs/checks.md. Since then they are a floor: what they
showed was mended as a class where it could be, so the figures of today say nothing about text nobody has seen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.scenarios.run import run
from tests.golden.scenarios.scenario import Scenario, read_scenarios

SCENARIOS = read_scenarios(Path(__file__).parent)
AS_THEY_SHOULD_BE = 0.92
"""The share of scenarios that come out right."""


@pytest.fixture(scope="module")
def wrong() -> list[Scenario]:
    """The scenarios in which a check said what it should not, or did not say what it should."""
    return [scenario for scenario in SCENARIOS if run(scenario).complaint() is not None]


def test_most_come_out_as_a_stranger_expects(wrong: list[Scenario]) -> None:
    assert 1 - len(wrong) / len(SCENARIOS) >= AS_THEY_SHOULD_BE, [str(scenario) for scenario in wrong]
