from datetime import date

import pytest

from extractors import ExtractionError, WorkingHours
from extractors.dates import business_calendar
from extractors.dates.feasts import feast_in


def test_last_working_day_of_a_month_that_ends_on_a_weekend() -> None:
    calendar = business_calendar(WorkingHours(), None)
    assert calendar.last_working_day(date(2026, 10, 1), date(2026, 10, 31)) == date(2026, 10, 30)


def test_a_week_that_is_worked_from_sunday_to_thursday() -> None:
    calendar = business_calendar(WorkingHours(days=frozenset({6, 0, 1, 2, 3})), None)
    assert calendar.add_working_days(date(2026, 11, 19), 1) == date(2026, 11, 22)


def test_nobody_works_and_counting_still_ends() -> None:
    calendar = business_calendar(WorkingHours(days=frozenset()), None)
    assert calendar.add_working_days(date(2026, 11, 18), 3) > date(2026, 11, 18)
    assert calendar.last_working_day(date(2026, 11, 1), date(2026, 11, 30)) == date(2026, 11, 30)


def test_an_unknown_country_says_what_to_give() -> None:
    with pytest.raises(ExtractionError, match="ISO 3166"):
        business_calendar(WorkingHours(), "ZZ")


def test_great_britain_means_england_unless_a_part_is_named() -> None:
    easter_monday = date(2026, 4, 6)
    assert not business_calendar(WorkingHours(), "GB").works(easter_monday)
    assert business_calendar(WorkingHours(), "GB-SCT").works(easter_monday)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("easter", date(2027, 3, 28)),
        ("good friday", date(2027, 3, 26)),
        ("thanksgiving", date(2027, 11, 25)),
        ("black friday", date(2027, 11, 26)),
        ("memorial", date(2027, 5, 31)),
        ("cyber monday", date(2027, 11, 29)),
        ("corpus christi", date(2027, 5, 27)),
        ("mlk", date(2027, 1, 18)),
        ("christmas", date(2027, 12, 25)),
    ],
)
def test_feasts(name: str, day: date) -> None:
    assert feast_in(name, 2027) == day
