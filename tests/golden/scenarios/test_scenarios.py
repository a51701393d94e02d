"""Every check speaks where it should and only there, over a table of made-up situations."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from app.checks import CHECKS
from app.checks.check import Check
from tests.golden.scenarios.run import Outcome, run
from tests.golden.scenarios.scenario import Expectation, read_scenarios
from tests.golden.scenarios.table import lines, scores

SCENARIOS = read_scenarios(Path(__file__).parent)
LEAST = 0.95


@cache
def outcome_of(scenario_index: int) -> Outcome:
    """What came of a scenario, judged once for all tests."""
    return run(SCENARIOS[scenario_index])


@pytest.mark.parametrize("index", range(len(SCENARIOS)), ids=[str(scenario) for scenario in SCENARIOS])
def test_the_check_does_what_the_scenario_says(index: int) -> None:
    assert outcome_of(index).complaint() is None


def test_every_check_is_precise_and_misses_little() -> None:
    table = scores([outcome_of(index) for index in range(len(SCENARIOS))])
    print("\n".join(lines(table)))
    short = {name: s for name, s in table.items() if s.precision < LEAST or s.recall < LEAST}
    assert short == {}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_every_check_has_hits_near_misses_and_gaps(check: Check) -> None:
    expected = [scenario.expect for scenario in SCENARIOS if scenario.check == check.id]
    assert expected.count(Expectation.HIT) >= 2
    assert expected.count(Expectation.SILENT) >= 2
    assert not check.needs or Expectation.UNKNOWN in expected


def test_no_scenario_is_about_a_check_that_is_not_there() -> None:
    assert {scenario.check for scenario in SCENARIOS} <= {check.id for check in CHECKS}
