"""Work that falls due while its sender is away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.core.checks import Severity
from app.core.facts import Facts
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import busy, facts, failed, found, ny, promise, results, rewritten
from tests.unit.app.checks.calendar.scenes import away


def due(words: str, day: date, **how: str) -> Findings:
    text = f"I'll send it {words}"
    return found(text, promise(text, due=(words, day), **how))  # type: ignore[arg-type]


TUESDAY = due("by Tuesday, Nov 24", date(2026, 11, 24))


def test_the_first_working_day_back_is_suggested() -> None:
    (result,) = results("calendar.absence", TUESDAY, facts(busy=(away(ny(23, 0), 2),)))

    assert result.severity is Severity.MEDIUM
    assert "Sam Ito is away" in result.message
    assert rewritten(TUESDAY, result) == "I'll send it by Wednesday, Nov 25"


def test_holidays_and_weekends_are_no_days_back() -> None:
    (result,) = results("calendar.absence", TUESDAY, facts(busy=(away(ny(23, 0), 3),)))

    assert rewritten(TUESDAY, result) == "I'll send it by Friday, Nov 27"


def test_two_absences_may_cover_one_day_together() -> None:
    halves = (replace(busy(ny(24, 8), 5), away=True), replace(busy(ny(24, 13), 6), away=True))

    assert results("calendar.absence", TUESDAY, facts(busy=halves))
    assert results("calendar.absence", TUESDAY, facts(busy=halves[:1])) == []


def test_a_week_has_to_be_away_as_a_whole() -> None:
    week = due("next week", date(2026, 11, 27), grain="week")

    assert results("calendar.absence", week, facts(busy=(away(ny(23, 0), 5),)))
    assert results("calendar.absence", week, facts(busy=(away(ny(23, 0), 3),))) == []


@pytest.mark.parametrize(
    ("findings", "world"),
    [
        (TUESDAY, facts(busy=(busy(ny(24, 0), 24, all_day=True),))),
        (TUESDAY, facts(busy=(away(ny(25, 0)),))),
        (due("by Saturday, Nov 21", date(2026, 11, 21)), facts(busy=(away(ny(20, 0), 3),))),
        (due("in November", date(2026, 11, 30), grain="month"), facts(busy=(away(ny(30, 0)),))),
        (
            found(
                "Price held until Nov 24",
                promise("Price held until Nov 24", kind=Kind.CONCESSION, due=("Nov 24", date(2026, 11, 24))),
            ),
            facts(busy=(away(ny(24, 0)),)),
        ),
        (
            found(
                "Ruth will by Nov 24",
                promise("Ruth will by Nov 24", actor="Ruth", due=("Nov 24", date(2026, 11, 24))),
            ),
            facts(busy=(away(ny(24, 0)),)),
        ),
    ],
    ids=["meetings all day", "another day", "no working day", "a whole month", "a price", "somebody else"],
)
def test_other_days_and_other_work_are_fine(findings: Findings, world: Facts) -> None:
    assert results("calendar.absence", findings, world) == []


def test_leave_past_the_end_of_what_was_read_has_no_suggestion() -> None:
    (result,) = results("calendar.absence", TUESDAY, facts(busy=(away(ny(23, 0), 20),), busy_until=ny(30, 0)))

    assert result.suggestion is None


def test_without_the_calendar_nothing_is_guessed() -> None:
    assert results("calendar.absence", TUESDAY, failed("calendar", busy_until=None)) == []
    assert results("calendar.absence", TUESDAY, facts(busy=(away(ny(24, 0)),), busy_until=None)) == []
