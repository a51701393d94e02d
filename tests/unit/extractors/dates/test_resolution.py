"""Fiscal years, zones, lists, other readings and the reading of last resort."""

import sys
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from extractors import DateMention, ExtractionError, WorkingHours
from extractors.dates import Moment, business_calendar, find_dates
from extractors.dates.zones import zone_named, zone_written
from extractors.segments import Sentence
from tests.unit.extractors.drafts import SENT_AT, ZONE, dates_of, only_date


def found_in(text: str, *, fiscal_year_start: int = 1, working_days: str = "01234") -> list[DateMention]:
    moment = Moment(
        sent_at=SENT_AT,
        zone=ZoneInfo(ZONE),
        calendar=business_calendar(WorkingHours(days=frozenset(map(int, working_days))), None),
        day_first=False,
        fiscal_year_start=fiscal_year_start,
    )
    return find_dates(Sentence(text=text, start=0, item=False), moment)


# Seen from 18 November 2026.
FISCAL = [
    (2, "by the end of Q4.", "2027-01-29"),
    (2, "by the end of FY27.", "2027-01-29"),
    (2, "by the end of the fiscal year.", "2027-01-29"),
    (4, "by EOQ.", "2026-12-31"),
    (4, "by the end of Q4.", "2027-03-31"),
    (4, "in FY27 Q1.", "2026-06-30"),
    (4, "in H1 FY28.", "2027-09-30"),
    (10, "by the end of Q1.", "2026-12-31"),
    (10, "next quarter.", "2027-03-31"),
    (10, "by year-end.", "2026-12-31"),
]


@pytest.mark.parametrize(("start", "words", "day"), FISCAL)
def test_quarters_follow_the_fiscal_year(start: int, words: str, day: str) -> None:
    (mention,) = found_in(f"We will deliver it {words}", fiscal_year_start=start)
    assert mention.to is not None
    expected = date.fromisoformat(day)
    assert mention.due_day == (expected if expected >= SENT_AT.date() else None)


def test_a_week_worked_from_sunday_to_thursday_ends_on_thursday() -> None:
    (mention,) = found_in("We will deliver it by EOW.", working_days="60123")
    assert mention.due_day == date(2026, 11, 22)  # the Sunday that closes the week of the calendar


def test_your_time_is_a_zone_nobody_knows() -> None:
    assert only_date("Let's talk at 3pm your time.").due_day is None
    assert only_date("Let's talk on Friday at 3pm your time.").due_day == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("name", "offset"),
    [("et", -5), ("pt", -8), ("utc+2", 2), ("gmt-3", -3), ("+05:30", 5.5), ("stockholm", 1), ("my", -5), ("z", 0)],
)
def test_zones_as_written(name: str, offset: float) -> None:
    zone = zone_written(name, ZoneInfo(ZONE))
    shift = SENT_AT.astimezone(zone).utcoffset()
    assert shift is not None
    assert shift.total_seconds() == offset * 3600


def test_an_unknown_zone_says_what_to_give() -> None:
    with pytest.raises(ExtractionError, match="IANA"):
        zone_named("Mars/Olympus")


def test_a_weekday_that_does_not_fit_its_date_lists_the_other_day() -> None:
    mention = only_date("I'll send it by Tuesday, November 25.")
    assert mention.due_day == date(2026, 11, 25)
    assert [reading.due_day for reading in mention.alternatives] == [date(2026, 11, 24)]


def test_a_day_just_gone_is_taken_for_the_past_and_lists_the_coming_one() -> None:
    mention = only_date("Second report: November 4.")
    assert mention.due_day is None
    assert mention.from_ is not None
    assert mention.from_.date() == date(2026, 11, 4)
    assert [reading.due_day for reading in mention.alternatives] == [date(2027, 11, 4)]


def test_days_that_may_be_either_are_two_mentions() -> None:
    found = dates_of("I'll send it by Tues or Wed.")
    assert [(mention.text, str(mention.due_day)) for mention in found] == [
        ("Tues", "2026-11-24"),
        ("Wed", "2026-11-25"),
    ]


def test_slips_keep_their_place_in_the_text() -> None:
    text = "Tomorow, or by the end of Febuary, or next wendesday."
    found = dates_of(text)
    assert [text[mention.start : mention.end] for mention in found] == [
        "Tomorow",
        "the end of Febuary",
        "next wendesday",
    ]


def test_letters_that_grow_in_lower_case_do_not_shift_offsets() -> None:
    text = "İİİ will be in İzmir by Friday."
    (mention,) = dates_of(text)
    assert text[mention.start : mention.end] == "Friday"


def test_midnight_ends_the_day_it_is_said_of() -> None:
    mention = only_date("I'll send it by midnight on Friday.")
    assert mention.due_day == date(2026, 11, 20)
    assert mention.from_ == datetime.fromisoformat("2026-11-21T00:00:00-05:00")


def test_a_range_of_times_across_noon() -> None:
    mention = only_date("I'm free Thursday 11-1pm.")
    assert mention.from_ == datetime.fromisoformat("2026-11-19T11:00:00-05:00")
    assert mention.to == datetime.fromisoformat("2026-11-19T13:00:00-05:00")


def test_a_time_with_both_days_of_a_range() -> None:
    mention = only_date("The switch runs from 12-04-2026 6:00am until 12-05-2026 8:00pm.")
    assert mention.from_ == datetime.fromisoformat("2026-12-04T06:00:00-05:00")
    assert mention.to == datetime.fromisoformat("2026-12-05T20:01:00-05:00")


@pytest.mark.parametrize("words", ["2026 Nov 27", "27, Nov 2026", "27 of the Nov 2026"])
def test_the_reading_of_last_resort(words: str) -> None:
    mention = only_date(f"I'll send it by {words}.")
    assert (mention.text, mention.due_day) == (words, date(2026, 11, 27))


def test_plain_dates_need_no_reading_of_last_resort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser", None)
    assert only_date("I'll send it by Friday, November 27, 2026.").due_day == date(2026, 11, 27)


@pytest.mark.parametrize(
    "unit", ["monday ", "1 ", "12/11/2026 ", "in the next ", "from 2 to ", "5" + " " * 40, "Q1 "]
)
def test_long_runs_of_one_thing_are_read_to_the_end(unit: str) -> None:
    text = unit * 2000 + "and it ships by December 4."
    assert dates_of(text)[-1].due_day == date(2026, 12, 4)


@pytest.mark.parametrize(
    ("text", "words", "starts"),
    [
        ("I hold Thursday 2:00–2:30 PM Central for us.", "Thursday 2:00–2:30 PM Central", "2026-11-19T14:00-06:00"),
        (
            "I am free Friday between 3 and 5 pm Eastern.",
            "Friday between 3 and 5 pm Eastern",
            "2026-11-20T15:00-05:00",
        ),
        ("Call me on Friday at 3 pm (Pacific).", "Friday at 3 pm (Pacific)", "2026-11-20T15:00-08:00"),
        ("We release it on Friday evening Korea time.", "Friday evening Korea time", "2026-11-20T18:00+09:00"),
        (
            "We are there today 14:00–15:00 (Brasília time).",
            "today 14:00–15:00 (Brasília time)",
            "2026-11-18T14:00-03:00",
        ),
        ("Meet me on Friday at 3pm in Pacific Hall.", "Friday at 3pm", "2026-11-20T15:00-05:00"),
        ("Let's meet Friday 3 pm Central Station.", "Friday 3 pm", "2026-11-20T15:00-05:00"),
    ],
)
def test_a_zone_may_go_by_its_name_alone(text: str, words: str, starts: str) -> None:
    mention = only_date(text)
    assert mention.text == words
    assert mention.from_ == datetime.fromisoformat(starts)


def test_a_morning_that_has_begun_is_tomorrows() -> None:
    mention = only_date("Call me from 9:00 to 12:00.")
    assert (mention.from_, mention.to) == tuple(
        datetime.fromisoformat(f"2026-11-19T{hour}-05:00") for hour in ("09:00", "12:00")
    )
