from datetime import date, datetime

import pytest

from extractors import extract
from tests.unit.extractors.drafts import SENT_AT, ZONE, dates_of, only_date

# (text, span, due day), seen from Wednesday 2026-11-18 10:00 in New York.
DUE = [
    ("by EOD Friday.", "EOD Friday", "2026-11-20"),
    ("by Monday.", "Monday", "2026-11-23"),
    ("by next Tuesday.", "next Tuesday", "2026-11-24"),
    ("on Wednesday.", "Wednesday", "2026-11-25"),
    ("within 48 hours.", "within 48 hours", "2026-11-20"),
    ("in 3 business days.", "in 3 business days", "2026-11-23"),
    ("by mid-December.", "mid-December", "2026-12-20"),
    ("early next week.", "early next week", "2026-11-24"),
    ("late next week.", "late next week", "2026-11-27"),
    ("by the end of the month.", "the end of the month", "2026-11-30"),
    ("by EOM.", "EOM", "2026-11-30"),
    ("by EOW.", "EOW", "2026-11-20"),
    ("before December 4.", "December 4", "2026-12-03"),
    ("in two weeks.", "in two weeks", "2026-12-02"),
    ("by the 20th.", "the 20th", "2026-11-20"),
    ("by 11/30.", "11/30", "2026-11-30"),
    ("by 2027-01-31.", "2027-01-31", "2027-01-31"),
    ("in Q1 2027.", "Q1 2027", "2027-03-31"),
    ("by the end of Q1.", "the end of Q1", "2027-03-31"),
    ("in the week of December 7.", "the week of December 7", "2026-12-11"),
    ("from 6 to 8 January.", "from 6 to 8 January", "2027-01-08"),
    ("on Thursday 2-4pm.", "Thursday 2-4pm", "2026-11-19"),
    ("tomorrow at 10.", "tomorrow at 10", "2026-11-19"),
    ("by year-end.", "year-end", "2026-12-31"),
    ("by COB tomorrow.", "COB tomorrow", "2026-11-19"),
    ("by calendar week 50.", "calendar week 50", "2026-12-11"),
    ("tonight.", "tonight", "2026-11-18"),
    ("in a fortnight.", "in a fortnight", "2026-12-02"),
]
NOT_DATES = [
    "You may call us.",
    "Wait a second please.",
    "We run Python 3.11 here.",
    "It costs $12,000 per seat.",
    "Call +1 415 555 0137.",
    "Support is 24/7.",
    "See room 2.17 and ticket 5511.",
    "Please march on.",
    "He sat with Mon Ami.",
]


@pytest.mark.parametrize(("words", "span", "day"), DUE)
def test_due_days(words: str, span: str, day: str) -> None:
    mention = only_date(f"We will deliver it {words}")
    assert (mention.text, str(mention.due_day)) == (span, day)


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date(text: str) -> None:
    assert dates_of(text) == ()


@pytest.mark.parametrize("text", ["I sent it on Monday.", "We met last week.", "It has been live since June."])
def test_the_past_has_no_due_day(text: str) -> None:
    mention = only_date(text)
    assert mention.due_day is None
    assert mention.to is not None
    assert mention.to <= SENT_AT.replace(hour=23)


def test_holidays_are_skipped() -> None:
    assert only_date("I'll reply within 7 business days.", holidays="US").due_day == date(2026, 11, 30)
    assert only_date("I'll reply within 7 business days.").due_day == date(2026, 11, 27)


def test_a_named_zone_wins() -> None:
    mention = only_date("Let's talk tomorrow at 9 am CET.")
    assert mention.from_ == datetime.fromisoformat("2026-11-19T09:00:00+01:00")
    assert mention.kind == "datetime"


def test_a_time_range_keeps_its_meridiem() -> None:
    mention = only_date("I'm free Thursday 2-4pm.")
    assert mention.from_ == datetime.fromisoformat("2026-11-19T14:00:00-05:00")
    assert mention.to == datetime.fromisoformat("2026-11-19T16:00:00-05:00")
    assert mention.kind == "range"


def test_next_friday_lists_the_nearer_reading() -> None:
    mention = only_date("I'll send it next Friday.")
    assert mention.ambiguous
    assert mention.due_day == date(2026, 11, 27)
    assert [reading.due_day for reading in mention.alternatives] == [date(2026, 11, 20)]


@pytest.mark.parametrize(("locale", "day", "other"), [("en_US", 12, 11), ("en_GB", 11, 12)])
def test_the_locale_decides_day_month_order(locale: str, day: int, other: int) -> None:
    mention = only_date("We'll ship it by 12/11/2027.", locale=locale)
    assert mention.due_day is not None
    assert mention.due_day.month == day
    assert [reading.due_day.month for reading in mention.alternatives if reading.due_day] == [other]


def test_a_duration_from_another_event_has_no_due_day() -> None:
    assert only_date("We will pay within 30 days of signature.").due_day is None


def test_hours_elapse_across_a_change_of_the_clock() -> None:
    sent_at = datetime.fromisoformat("2026-10-31T20:00:00-04:00")
    (mention,) = extract("I'll answer within 24 hours.", sent_at=sent_at, timezone=ZONE).dates
    assert mention.to == datetime.fromisoformat("2026-11-01T19:00:00-05:00")


def test_without_a_moment_dates_are_found_but_not_resolved() -> None:
    (mention,) = extract("I'll send it by Friday.").dates
    assert (mention.text, mention.from_, mention.to, mention.due_day) == ("Friday", None, None, None)


@pytest.mark.parametrize("text", ["We'll meet on February 30.", "It will end in 999 years.", "Due by 31/02/2027."])
def test_impossible_days_are_no_error(text: str) -> None:
    assert all(mention.due_day is None or mention.due_day.year < 9999 for mention in dates_of(text))
