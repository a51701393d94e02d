"""Working time of a person, across nights, weekends, holidays and the days when clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from app.core.facts import Person, WorkingHours
from app.core.worktime import after_working_time

BERLIN = Person(
    id="b",
    email="b@ours.example",
    name="B",
    timezone="Europe/Berlin",
    working_hours=WorkingHours(start=time(9), end=time(17)),
    holidays="DE",
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-18T10:00+01:00", 2, "2026-11-18T12:00+01:00"),
        ("2026-11-18T16:30+01:00", 2, "2026-11-19T10:30+01:00"),
        ("2026-11-18T20:00+01:00", 1, "2026-11-19T10:00+01:00"),
        ("2026-11-18T05:00+01:00", 1, "2026-11-18T10:00+01:00"),
        ("2026-11-20T16:00+01:00", 2, "2026-11-23T10:00+01:00"),
        ("2026-12-24T16:00+01:00", 2, "2026-12-28T10:00+01:00"),  # Christmas and a weekend
        ("2026-10-23T16:00+02:00", 2, "2026-10-26T10:00+01:00"),  # the clocks go back on Sunday the 25th
        ("2027-03-26T00:00+01:00", 1, "2027-03-30T10:00+02:00"),  # Easter, and the clocks go forward
        ("2026-11-18T10:00+01:00", 20, "2026-11-20T14:00+01:00"),
    ],
)
def test_working_time_passes_only_while_the_person_works(start: str, hours: float, end: str) -> None:
    assert after_working_time(BERLIN, utc(start), timedelta(hours=hours)) == utc(end)


def test_a_shift_over_the_night_the_clocks_change_is_as_long_as_it_is() -> None:
    night = Person(
        id="n",
        email="n@ours.example",
        name="N",
        timezone="Europe/Berlin",
        working_hours=WorkingHours(start=time(0), end=time(8), days=(6,)),
    )
    start = utc("2026-10-25T00:00+02:00")
    assert after_working_time(night, start, timedelta(hours=9)) == utc("2026-10-25T08:00+01:00")


def test_somebody_who_never_works_has_no_working_time() -> None:
    never = Person(id="x", email="x@ours.example", name="X", working_hours=WorkingHours(days=()))
    assert after_working_time(never, utc("2026-11-18T10:00+00:00"), timedelta(hours=1)) is None
