"""Getting from one place to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.checks import Severity
from app.core.findings import Findings
from app.core.thresholds import USUAL
from tests.unit.app.checks.builders import busy, facts, failed, ny, results, rewritten
from tests.unit.app.checks.calendar.scenes import NAMED, meeting, part_of_day, somewhere

CHECK = "calendar.travel"
GARY = somewhere(ny(19, 13), 2, "Nordwerk plant, Gary")


def at_3(text: str) -> Findings:
    return meeting(text, "Thursday at 3pm", ny(19, 15))


@pytest.mark.parametrize(
    "text",
    [
        "I'll come by your office Thursday at 3pm",
        "Let's meet on site Thursday at 3pm",
        "Let's meet in Boston Thursday at 3pm",
        "I can visit you Thursday at 3pm",
        "Thursday at 3pm at your Boston warehouse",
    ],
)
def test_there_has_to_be_time_to_get_there(text: str) -> None:
    (result,) = results(CHECK, at_3(text), facts(busy=(GARY,)))

    assert result.severity is Severity.MEDIUM
    assert "less than 30 minutes for Nordwerk plant, Gary" in result.message
    assert rewritten(at_3(text), result) == text.replace("3pm", "3:30pm")


def test_to_the_next_place_too() -> None:
    early = meeting("I'll come by your office Thursday at 12pm", "Thursday at 12pm", ny(19, 12))

    assert results(CHECK, early, facts(busy=(somewhere(ny(19, 12, 45), 2, "Gary"),)))
    assert results(CHECK, early, facts(busy=(somewhere(ny(19, 13, 0), 2, "Gary"),))) == []


def test_how_long_it_takes_is_a_threshold() -> None:
    later = meeting("I'll come by your office Thursday at 4pm", "Thursday at 4pm", ny(19, 16))

    assert results(CHECK, later, facts(busy=(GARY,))) == []
    assert results(CHECK, later, facts(busy=(GARY,), thresholds=replace(USUAL, travel=timedelta(hours=2))))


@pytest.mark.parametrize(
    "location",
    ["", "https://meet.example/x", "Zoom", "Microsoft Teams Meeting", "Phone", "Acme Mills, Dayton", "Millworks"],
)
def test_no_place_a_call_and_the_same_place_are_near(location: str) -> None:
    world = facts(busy=(somewhere(ny(19, 13), 2, location),), account=NAMED)

    assert results(CHECK, at_3("I'll come by your office Thursday at 3pm"), world) == []


@pytest.mark.parametrize(
    "text",
    [
        "Let's have a call Thursday at 3pm",
        "Let's meet on Zoom Thursday at 3pm",
        "Let's meet Thursday at 3pm",
        "Let's meet in November, Thursday at 3pm",
        "Let's meet in Gary Thursday at 3pm",
    ],
)
def test_a_call_can_be_taken_on_the_way_and_an_unnamed_place_may_be_near(text: str) -> None:
    assert results(CHECK, at_3(text), facts(busy=(GARY,))) == []


def test_from_a_room_to_the_own_office_is_no_way() -> None:
    room = somewhere(ny(19, 13), 2, "Room 4")

    assert results(CHECK, at_3("Come to our office Thursday at 3pm"), facts(busy=(room,))) == []
    assert results(CHECK, at_3("I'll come by your plant Thursday at 3pm"), facts(busy=(room,)))


def test_a_part_of_a_day_leaves_room_and_an_overlap_is_another_check() -> None:
    afternoon = part_of_day("I can visit you Thursday afternoon", "Thursday afternoon", ny(19, 12), 6)

    assert results(CHECK, afternoon, facts(busy=(GARY,))) == []
    assert results(CHECK, at_3("I can visit you Thursday at 3pm"), facts(busy=(busy(ny(19, 14, 30), 1),))) == []


def test_without_the_calendar_nothing_is_guessed() -> None:
    assert results(CHECK, at_3("I can visit you Thursday at 3pm"), failed("calendar", busy_until=None)) == []
