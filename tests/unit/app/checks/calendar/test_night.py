"""The reader's night."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from app.core.checks import Severity
from app.core.thresholds import USUAL
from tests.unit.app.checks.builders import draft, failed, ny, results, rewritten
from tests.unit.app.checks.calendar.scenes import meeting, part_of_day, reader_in

CHECK = "calendar.night"
AT_9 = meeting("Let's talk Thursday at 9am", "Thursday at 9am", ny(19, 9))


def test_a_call_in_the_night_is_moved_to_the_readers_morning() -> None:
    (result,) = results(CHECK, AT_9, reader_in("America/Los_Angeles"))

    assert result.severity is Severity.MEDIUM
    assert result.message == "'Thursday at 9am' is 06:00 on Thursday for Dana Reyes (America/Los_Angeles)"
    assert rewritten(AT_9, result) == "Let's talk Thursday at 10am"


def test_where_no_hour_suits_both_there_is_no_suggestion() -> None:
    afternoon = meeting("Let's talk Thursday at 3pm", "Thursday at 3pm", ny(19, 15))

    (result,) = results(CHECK, afternoon, reader_in("Asia/Kolkata"))

    assert "01:30 on Friday" in result.message


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Chicago", None])
def test_by_day_or_where_the_zone_is_not_known_nothing_is_said(zone: str | None) -> None:
    assert results(CHECK, AT_9, reader_in(zone)) == []


def test_the_quiet_hours_are_a_threshold() -> None:
    early = replace(reader_in("America/Los_Angeles"), thresholds=replace(USUAL, quiet_until=time(6)))
    siesta = replace(reader_in("America/Chicago"), thresholds=replace(USUAL, quiet_from=time(8), quiet_until=time(9)))

    assert results(CHECK, AT_9, early) == []
    assert results(CHECK, AT_9, siesta)


def test_who_is_in_copy_is_not_called() -> None:
    mail = draft(to=("lee@acme.example",), cc=("dana@acme.example",))

    assert results(CHECK, AT_9, reader_in("America/Los_Angeles"), mail) == []


def test_a_part_of_a_day_is_in_the_night_only_as_a_whole() -> None:
    morning = part_of_day("Thursday morning suits me", "Thursday morning", ny(19, 6), 6)
    choice = meeting("I'm free Thursday from 9 to 1", "Thursday from 9 to 1", ny(19, 9), 240, kind="range")

    assert results(CHECK, morning, reader_in("America/Los_Angeles")) == []
    assert results(CHECK, choice, reader_in("America/Los_Angeles")) == []
    assert results(CHECK, morning, reader_in("Asia/Tokyo"))


def test_without_the_crm_nobody_knows_where_the_reader_is() -> None:
    world = failed("crm", recipients=reader_in("America/Los_Angeles").recipients)

    assert results(CHECK, AT_9, world) == []
