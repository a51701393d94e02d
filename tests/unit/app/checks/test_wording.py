"""Other days and times, said in the form that the writer chose."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from app.checks.wording import day_reworded, time_reworded
from app.checks.worktime import Span
from tests.unit.app.checks.builders import ny

TODAY = date(2026, 11, 18)
TUESDAY, FRIDAY, FAR = date(2026, 11, 24), date(2026, 11, 20), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("Tuesday", FRIDAY, "Friday"),
        ("Tue", FRIDAY, "Fri"),
        ("EOD Tuesday", FRIDAY, "EOD Friday"),
        ("Tuesday", FAR, "Tuesday, December 1"),
        ("next Tuesday", FRIDAY, "Friday, November 20"),
        ("Tuesday, November 24", FRIDAY, "Friday, November 20"),
        ("Tue 24 Nov", FRIDAY, "Fri 20 Nov"),
        ("November 24th, 2026", FAR, "December 1st, 2026"),
        ("the 24th of November", FRIDAY, "the 20th of November"),
        ("2026-11-24", FAR, "2026-12-01"),
        ("11/24", FAR, "12/01"),
        ("24/11/26", FAR, "01/12/26"),
        ("24.11.", FAR, "01.12."),
        ("tomorrow", FRIDAY, "Friday, November 20"),
        ("in two weeks", FRIDAY, "by Friday, November 20"),
        ("next week", FRIDAY, "Friday, November 20"),
        ("Tuesday next week", FRIDAY, "Friday, November 20"),
        ("May 24", FRIDAY, "November 20"),
    ],
)
def test_days(text: str, new: date, expected: str) -> None:
    assert day_reworded(text, TUESDAY, new, today=TODAY) == expected


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("Tuesday at 3pm", ny(24, 15), ny(24, 16, 30), "Tuesday at 4:30pm"),
        ("Tuesday at 3:00 PM ET", ny(24, 15), ny(24, 10), "Tuesday at 10:00 AM ET"),
        ("3 p.m. on Nov 24", ny(24, 15), ny(20, 9), "9 a.m. on Nov 20"),
        ("Tuesday at 3", ny(24, 15), ny(24, 4), "Tuesday at 4 am"),
        ("Tuesday, 14:00", ny(24, 14), ny(20, 9), "Friday, 09:00"),
        ("24.11. um 14:00", ny(24, 14), ny(20, 9), "20.11. um 09:00"),
        ("3pm", ny(24, 15), ny(24, 16), "4pm"),
        ("3pm", ny(24, 15), ny(20, 16), None),
        ("Tuesday next week at 3pm", ny(24, 15), ny(20, 16), None),
        ("Tuesday afternoon", ny(24, 12), ny(24, 16), None),
        ("Tuesday at 3pm in room 12", ny(24, 15), ny(24, 16), None),
    ],
)
def test_times(text: str, old: datetime, new: datetime, expected: str | None) -> None:
    half = timedelta(minutes=30)

    said = time_reworded(text, Span(start=old, end=old + half), Span(start=new, end=new + half), today=TODAY)

    assert said == expected


def test_a_range_keeps_both_ends() -> None:
    old, new = Span(start=ny(24, 14), end=ny(24, 16)), Span(start=ny(24, 11), end=ny(24, 13))

    assert time_reworded("Tuesday 2-4pm", old, new, today=TODAY) == "Tuesday 11 am-1pm"
    assert time_reworded("from 14:00 to 16:00", old, new, today=TODAY) == "from 11:00 to 13:00"
