"""Entries that are not confirmed."""

from __future__ import annotations

from app.core.checks import Severity
from tests.unit.app.checks.builders import busy, facts, failed, ny, results, rewritten
from tests.unit.app.checks.calendar.scenes import meeting, part_of_day, tentative

AT_3 = meeting("Let's meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))
AFTERNOON = part_of_day("Thursday afternoon suits me", "Thursday afternoon", ny(19, 12), 6)


def test_a_hold_is_worth_a_look_and_another_time_avoids_it() -> None:
    (result,) = results("calendar.tentative", AT_3, facts(busy=(tentative(ny(19, 15), 1),)))

    assert result.severity is Severity.MEDIUM
    assert "not confirmed: Hold: planning, Thursday 19 Nov 15:00–16:00" in result.message
    assert rewritten(AT_3, result) == "Let's meet Thursday at 2:30pm"


def test_a_hold_is_no_certain_conflict() -> None:
    assert results("calendar.busy", AT_3, facts(busy=(tentative(ny(19, 15), 1),))) == []


def test_beside_a_confirmed_entry_the_hold_is_not_worth_a_word() -> None:
    world = facts(busy=(tentative(ny(19, 15), 1), busy(ny(19, 15), 1)))

    assert results("calendar.tentative", AT_3, world) == []
    assert len(results("calendar.busy", AT_3, world)) == 1


def test_of_a_part_of_a_day_only_the_last_free_half_hour_matters() -> None:
    assert results("calendar.tentative", AFTERNOON, facts(busy=(tentative(ny(19, 13), 2),))) == []
    assert results("calendar.tentative", AFTERNOON, facts(busy=(tentative(ny(19, 12), 6),)))
    assert results("calendar.busy", AFTERNOON, facts(busy=(tentative(ny(19, 12), 6),))) == []


def test_a_hold_for_this_customer_is_this_meeting() -> None:
    assert results("calendar.tentative", AT_3, facts(busy=(tentative(ny(19, 15), 1, "Hold: Acme"),))) == []


def test_without_the_calendar_nothing_is_guessed() -> None:
    assert results("calendar.tentative", AT_3, failed("calendar", busy=(tentative(ny(19, 15), 1),))) == []
