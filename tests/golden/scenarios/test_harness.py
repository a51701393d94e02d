"""The table can be relied on: a scenario that does not come out as it says is told, and a slip in one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import InvalidWorld
from tests.golden.scenarios.overlay import merged
from tests.golden.scenarios.run import Outcome, run
from tests.golden.scenarios.scenario import Scenario, read_scenarios
from tests.golden.scenarios.table import lines, scores

OFF_DAY = "Hi Elena,\n\nI'll send the summary by Saturday, November 21.\n\nBest regards,\nMaya\n"
GOOD_DAY = "Hi Elena,\n\nI'll send the summary by Friday, November 20.\n\nBest regards,\nMaya\n"


def scenario(folder: Path, text: str = OFF_DAY, **fields: str) -> Scenario:
    """A scenario about working hours, read from a file; `fields` are lines of YAML."""
    told = {"check": "calendar.working_hours", "expect": "hit", "draft": f"{{text: {text!r}}}", **fields}
    written = "\n".join(f"  {name}: {value}" for name, value in told.items())
    file = folder / "one.yaml"
    file.write_text(f"- name: one\n{written}\n".replace("\\n", "\n\n  "), encoding="utf-8")
    (read,) = read_scenarios(file)
    return read


def outcome(folder: Path, text: str = OFF_DAY, **fields: str) -> Outcome:
    return run(scenario(folder, text, **fields))


def test_a_scenario_that_comes_out_as_it_says(tmp_path: Path) -> None:
    assert outcome(tmp_path, severity="medium", suggests='"Monday, November 23"').complaint() is None
    assert outcome(tmp_path, GOOD_DAY, expect="silent").complaint() is None


@pytest.mark.parametrize(
    ("text", "fields", "complaint"),
    [
        (GOOD_DAY, {}, "calendar.working_hours said nothing; found: deliverable 'I'll send the summary"),
        (OFF_DAY, {"expect": "silent"}, "calendar.working_hours spoke: "),
        (OFF_DAY, {"expect": "unknown"}, "calendar.working_hours spoke although it cannot know"),
        (GOOD_DAY, {"expect": "unknown"}, "the draft goes to auto_send, not to review"),
        (
            GOOD_DAY,
            {"expect": "unknown", "missing": "library", "world": "{failing: [crm]}"},
            "missing is crm, not library",
        ),
        (OFF_DAY, {"severity": "block"}, "rated medium, not block"),
        (OFF_DAY, {"suggests": "Sunday"}, "suggests ['Monday, November 23'], not 'Sunday'"),
    ],
)
def test_one_that_does_not_is_told(tmp_path: Path, text: str, fields: dict[str, str], complaint: str) -> None:
    assert complaint in str(outcome(tmp_path, text, **fields).complaint())


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"expects": "hit"}, "expects is no field of a scenario; known are also, check"),
        ({"check": "calendar"}, "must be a check's id such as calendar.busy"),
        ({"expect": "maybe"}, "must be one of hit, silent, unknown"),
        ({"now": "2026-11-18T10:00:00"}, "a moment with an offset"),
        ({"world": "{weather: {}}"}, "the world has no part 'weather'; there are accounts"),
        ({"world": "{failing: [clock]}"}, "there is no source 'clock'; there are approved"),
        ({"world": "{calendars: {zoe: []}}"}, "calendars.zoe is nobody's"),
        ({"world": "{calendars: {maya: [{start: x, busy: maybe}]}}"}, "must be one of busy, tentative, away, free"),
    ],
)
def test_a_slip_is_refused_with_what_to_do(tmp_path: Path, fields: dict[str, str], complaint: str) -> None:
    with pytest.raises((ValueError, InvalidWorld), match=complaint):
        outcome(tmp_path, **fields)


def test_changes_are_laid_over_the_base_world() -> None:
    base = {"deals": {"D-1": {"amount": 1, "owner": "maya"}, "D-2": {}}, "ledger": [1]}
    change = {"deals": {"D-1": {"amount": 2}, "D-2": None, "D-3": {"amount": 3}}, "ledger": [2]}
    assert merged(base, change) == {
        "deals": {"D-1": {"amount": 2, "owner": "maya"}, "D-3": {"amount": 3}},
        "ledger": [1, 2],
    }


def test_the_table_counts_words_too_much_and_too_few(tmp_path: Path) -> None:
    outcomes = [
        outcome(tmp_path),
        outcome(tmp_path, GOOD_DAY),
        outcome(tmp_path, expect="silent"),
        outcome(tmp_path, check="ledger.duplicate", expect="silent"),
        outcome(tmp_path, check="ledger.duplicate", expect="silent", also="[calendar.working_hours]"),
    ]
    score = scores(outcomes)["calendar.working_hours"]
    assert (len(score.hits), len(score.missed), len(score.stray)) == (1, 1, 2)
    assert (round(score.precision, 3), score.recall) == (0.333, 0.5)
    assert "stray   calendar.working_hours in ledger.duplicate: one" in "\n".join(lines(scores(outcomes)))
