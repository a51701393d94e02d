"""Every draft of the sample company goes where it should, for the reason it should; every check has a draft there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.checks.registry import CHECKS
from app.core.clock import ManualClock
from app.core.lifecycle import State
from app.core.routes import Route
from app.demo import submit_later_samples, submit_samples
from app.services import Services, open_services
from app.settings import Settings
from app.standing import Standing
from tests.support.databases import lay_tables

WORLD = Path(__file__).resolve().parents[2] / "sample_data"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((WORLD / "drafts" / "expected.yaml").read_text(encoding="utf-8"))
FILES = {f.name for f in (WORLD / "drafts").rglob("*") if f.suffix in (".json", ".eml")}
NOT_SHOWN: Mapping[str, str] = {}
"""Checks that no sample draft shows, each with the reason why it cannot."""


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Standing]:
    """The sample run without its waiting: how each draft stood when it had been handed in, by file."""
    clock = ManualClock(datetime(2026, 11, 18, 15, 0, tzinfo=UTC))
    settings = Settings(home=lay_tables(tmp_path_factory.mktemp("home")), world=WORLD)
    services = open_services(settings, base_clock=clock)
    try:
        results = list(submit_samples(services))
        clock.advance(timedelta(minutes=1))
        _send_what_may_leave(services)
        results += submit_later_samples(services)
    finally:
        services.close()
    return {result.file: result.standing for result in results}


def _send_what_may_leave(services: Services) -> None:
    with services.store.read() as reader:
        scheduled = reader.drafts.in_states([State.SCHEDULED])
    for row in scheduled:
        services.gate.wake(row.id, row.version)


def test_every_draft_has_an_expectation() -> None:
    assert set(EXPECTED) == FILES
    assert len(FILES) >= 60
    assert sum(name.endswith(".eml") for name in FILES) >= 10
    assert {e["route"] for e in EXPECTED.values()} == set(Route)


@pytest.mark.parametrize("file", sorted(EXPECTED))
def test_a_sample_draft_goes_where_it_should(verdicts: Mapping[str, Standing], file: str) -> None:
    verdict = verdicts[file].assessment
    expected = EXPECTED[file]
    assert (verdict.route.value, verdict.ruling.rule) == (expected["route"], expected["rule"])
    assert set(expected.get("checks", [])) <= {result.check for result in verdict.checks}
    assert verdict.unknown == ()


def test_every_check_is_the_reason_of_some_draft() -> None:
    shown = {check for expected in EXPECTED.values() for check in expected.get("checks", [])}
    known = {check.id for check in CHECKS}
    assert shown <= known, "expected.yaml names checks that there are not"
    assert known - shown == set(NOT_SHOWN), "add a sample draft for the check, or say in NOT_SHOWN why there is none"
