"""Proposed times and due days against the sender's own calendar and working time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from app.core.checks import Severity
from app.core.facts import BusySlot, Facts, WorkingHours
from app.core.findings import Findings, Kind, Strength
from tests.unit.app.checks.builders import (
    SAM,
    at,
    busy,
    draft,
    facts,
    failed,
    found,
    ny,
    promise,
    results,
    rewritten,
)
from tests.unit.app.checks.calendar.scenes import meeting

THURSDAY_AT_3 = meeting("Let's meet Thursday at 3pm", "Thursday at 3pm", ny(19, 15))


@pytest.mark.parametrize(
    ("findings", "slot", "after"),
    [
        (THURSDAY_AT_3, busy(ny(19, 15), 1), "Let's meet Thursday at 2:30pm"),
        (THURSDAY_AT_3, busy(ny(19, 9), 8), "Let's meet Thursday at 5pm"),
        (THURSDAY_AT_3, busy(ny(19, 15, 20), 0.1), "Let's meet Thursday at 2:30pm"),
        (THURSDAY_AT_3, busy(ny(19, 15), 1, "Planner release"), "Let's meet Thursday at 2:30pm"),
        (THURSDAY_AT_3, busy(ny(19, 14, 45), 1, "Acme board"), "Let's meet Thursday at 2pm"),
        (THURSDAY_AT_3, busy(ny(19, 0), 24, all_day=True), "Let's meet Friday at 3pm"),
        (
            meeting("I'm free on Nov 19 from 2-4 PM ET", "Nov 19 from 2-4 PM ET", ny(19, 14), 120, kind="range"),
            busy(ny(19, 15), 0.5),
            "I'm free on Nov 19 from 1-3 PM ET",
        ),
        (
            meeting("Let's do 11/19 at 14:00", "11/19 at 14:00", ny(19, 14)),
            busy(ny(19, 9), 9),
            "Let's do 11/20 at 14:00",
        ),
        (
            meeting("Lunch call tomorrow at noon", "tomorrow at noon", ny(19, 12)),
            busy(ny(19, 0), 24, all_day=True),
            "Lunch call Friday, November 20 at 12:00 pm",
        ),
        (
            meeting("Thursday afternoon suits me", "Thursday afternoon", ny(19, 12), 360, grain="hour"),
            busy(ny(19, 12), 6),
            "Thursday, November 19 at 11:30 am suits me",
        ),
        (
            meeting("I'm around on Thursday", "Thursday", ny(19, 0), 1440, kind="date", grain="day"),
            busy(ny(19, 0), 24, all_day=True),
            "I'm around on Friday",
        ),
    ],
)
def test_a_taken_time_is_moved_to_the_nearest_free_one(findings: Findings, slot: BusySlot, after: str) -> None:
    (result,) = results("calendar.busy", findings, facts(busy=(slot,)))

    assert result.severity is Severity.HIGH
    assert slot.summary in result.message
    assert rewritten(findings, result) == after


def test_a_stated_length_counts() -> None:
    text = "Could we talk for an hour on Thursday at 3pm"
    findings = meeting(text, "Thursday at 3pm", ny(19, 15))

    assert results("calendar.busy", findings, facts(busy=(busy(ny(19, 15, 45), 1),)))
    assert not results("calendar.busy", THURSDAY_AT_3, facts(busy=(busy(ny(19, 15, 45), 1),)))


def test_a_time_in_another_zone_is_compared_as_a_moment_and_suggested_in_that_zone() -> None:
    denver = ZoneInfo("America/Denver")
    findings = meeting("Let's say 1:00 pm MT", "1:00 pm MT", datetime(2026, 11, 19, 13, 0, tzinfo=denver))

    (result,) = results("calendar.busy", findings, facts(busy=(busy(ny(19, 15), 0.5),)))

    assert rewritten(findings, result) == "Let's say 12:30 pm MT"


def test_a_confirmed_time_needs_no_promise_around_it() -> None:
    findings = found("Confirming our call on Thursday at 3pm.", at("Thursday at 3pm", ny(19, 15)))
    world = facts(busy=(busy(ny(19, 15), 1),))

    assert results("calendar.busy", findings, world, draft(action="meeting_confirmation"))
    assert not results("calendar.busy", findings, world, draft(action="reply"))


@pytest.mark.parametrize(
    ("findings", "slot"),
    [
        (THURSDAY_AT_3, busy(ny(19, 15, 30), 1)),
        (THURSDAY_AT_3, busy(ny(19, 14), 1)),
        (THURSDAY_AT_3, busy(ny(19, 15), 0.5, "Call with Dana Reyes")),
        (THURSDAY_AT_3, busy(ny(19, 15), 0.5, "Acme: walk-through")),
        (
            meeting("I can do Thursday afternoon", "Thursday afternoon", ny(19, 12), 360, grain="hour"),
            busy(ny(19, 13), 2),
        ),
        (
            found(
                "I'll call you by 3pm",
                promise("I'll call you by 3pm", kind=Kind.FOLLOW_UP, action="call"),
                at("3pm", ny(18, 15)),
            ),
            busy(ny(18, 14), 3),
        ),
        (
            found(
                "I'll send it at 3pm",
                promise("I'll send it at 3pm"),
                at("3pm", ny(18, 15)),
            ),
            busy(ny(18, 14), 3),
        ),
        (
            found(
                "Ruth will join at 3pm",
                promise("Ruth will join at 3pm", kind=Kind.MEETING, actor="Ruth"),
                at("3pm", ny(18, 15)),
            ),
            busy(ny(18, 14), 3),
        ),
        (meeting("Instead of Thursday at 3pm, let's talk", "Thursday at 3pm", ny(19, 15)), busy(ny(19, 15), 1)),
        (meeting("Thursday at 3pm doesn't work for me", "Thursday at 3pm", ny(19, 15)), busy(ny(19, 15), 1)),
        (meeting("I am in a meeting Thursday at 3pm", "Thursday at 3pm", ny(19, 15)), busy(ny(19, 15), 1)),
        (meeting("As we met today at 9am", "today at 9am", ny(18, 9)), busy(ny(18, 9), 1)),
    ],
    ids=[
        "begins when it ends",
        "ends when it begins",
        "the meeting itself, by person",
        "the meeting itself, by account",
        "an afternoon with room",
        "a deadline",
        "no meeting",
        "somebody else's time",
        "passed over",
        "refused",
        "the reason for a refusal",
        "past",
    ],
)
def test_free_times_and_times_of_no_meeting_are_fine(findings: Findings, slot: BusySlot) -> None:
    assert results("calendar.busy", findings, facts(busy=(slot,))) == []


def test_without_the_calendar_nothing_is_guessed() -> None:
    assert results("calendar.busy", THURSDAY_AT_3, failed("calendar", busy_until=None)) == []
    assert results("calendar.busy", THURSDAY_AT_3, facts(busy_until=ny(19, 0), busy=(busy(ny(19, 15), 1),))) == []


def test_a_full_calendar_has_no_suggestion() -> None:
    world = facts(busy=(busy(ny(18, 0), 24 * 30),))

    (result,) = results("calendar.busy", THURSDAY_AT_3, world)

    assert result.suggestion is None


def test_words_that_are_not_understood_are_left_alone() -> None:
    findings = meeting("Same time in room 4 at 3pm", "Same time in room 4 at 3pm", ny(19, 15))

    (result,) = results("calendar.busy", findings, facts(busy=(busy(ny(19, 15), 1),)))

    assert result.suggestion is None


@pytest.mark.parametrize(
    ("findings", "after"),
    [
        (meeting("Free Saturday at 10am", "Saturday at 10am", ny(21, 10)), "Free Monday at 10am"),
        (meeting("Let's say 8pm on Friday", "8pm on Friday", ny(20, 20)), "Let's say 5pm on Friday"),
        (
            meeting("Does Nov 26 at 11:00 work?", "Nov 26 at 11:00", ny(26, 11)),
            "Does Nov 27 at 11:00 work?",
        ),
    ],
)
def test_times_outside_working_hours_are_moved_inside(findings: Findings, after: str) -> None:
    (result,) = results("calendar.working_hours", findings, facts())

    assert result.severity is Severity.MEDIUM
    assert rewritten(findings, result) == after


@pytest.mark.parametrize(
    ("text", "words", "day", "after"),
    [
        (
            "I'll send it by Thursday, Nov 26",
            "Thursday, Nov 26",
            date(2026, 11, 26),
            "I'll send it by Friday, Nov 27",
        ),
        ("I'll send it Saturday", "Saturday", date(2026, 11, 21), "I'll send it Monday"),
        (
            "I'll send it within 4 days",
            "within 4 days",
            date(2026, 11, 22),
            "I'll send it by Monday, November 23",
        ),
        ("I'll send it on 26 Nov", "26 Nov", date(2026, 11, 26), "I'll send it on 27 Nov"),
    ],
)
def test_days_off_are_no_deadline(text: str, words: str, day: date, after: str) -> None:
    findings = found(text, promise(text, due=(words, day)))

    (result,) = results("calendar.working_hours", findings, facts())

    assert rewritten(findings, result) == after


def test_a_holiday_is_named() -> None:
    findings = found("By Nov 26", promise("By Nov 26", due=("Nov 26", date(2026, 11, 26))))

    (result,) = results("calendar.working_hours", findings, facts())

    assert result.message == "'Nov 26' is a holiday for Sam Ito: Thanksgiving Day, Thursday 26 Nov"


GERMAN = replace(SAM, holidays="DE", timezone="Europe/Berlin")
SUNDAYS = replace(SAM, working_hours=WorkingHours(start=time(8), end=time(12), days=(6,)))


@pytest.mark.parametrize(
    ("findings", "world"),
    [
        (found("By Friday", promise("By Friday", due=("Friday", date(2026, 11, 20)))), facts()),
        (found("By Nov 26", promise("By Nov 26", due=("Nov 26", date(2026, 11, 26)))), facts(sender=GERMAN)),
        (found("By Sunday", promise("By Sunday", due=("Sunday", date(2026, 11, 22)))), facts(sender=SUNDAYS)),
        (
            found(
                "this quarter",
                promise("this quarter", due=("this quarter", date(2026, 11, 26)), grain="quarter"),
            ),
            facts(),
        ),
        (
            found(
                "Price held until Nov 26",
                promise("Price held until Nov 26", kind=Kind.CONCESSION, due=("Nov 26", date(2026, 11, 26))),
            ),
            facts(),
        ),
        (
            found("Ruth by Sunday", promise("Ruth by Sunday", actor="Ruth", due=("Sunday", date(2026, 11, 22)))),
            facts(),
        ),
        (found("on Sunday", promise("on Sunday", due=("Sunday", date(2026, 11, 15)))), facts()),
        (meeting("We are open on Saturdays from 9am", "9am", ny(21, 9)), facts()),
        (meeting("Free at 5pm", "5pm", ny(19, 17)), facts()),
        (meeting("Free Thursday morning", "Thursday morning", ny(19, 6), 360, grain="hour"), facts()),
    ],
    ids=[
        "a working day",
        "no holiday there",
        "works on Sundays",
        "a whole quarter",
        "a price, not work",
        "somebody else's day",
        "past",
        "opening hours",
        "the last half hour",
        "a morning reaches into the hours",
    ],
)
def test_working_time_is_fine(findings: Findings, world: Facts) -> None:
    assert results("calendar.working_hours", findings, world) == []


def test_hours_are_the_senders_own() -> None:
    nine_in_new_york = meeting("Free Thursday at 9am ET", "Thursday at 9am ET", ny(19, 9))
    in_denver = replace(SAM, timezone="America/Denver")

    (result,) = results("calendar.working_hours", nine_in_new_york, facts(sender=in_denver))

    assert "07:00" in result.message
    assert rewritten(nine_in_new_york, result) == "Free Thursday at 11am ET"


def test_working_hours_are_known_without_the_calendar() -> None:
    (result,) = results(
        "calendar.working_hours",
        meeting("Free Saturday at 10am", "Saturday at 10am", ny(21, 10)),
        failed("calendar", busy_until=None),
    )

    assert result.suggestion is None


def test_conditional_times_count_and_each_option_is_judged() -> None:
    text = "Would Thursday at 3pm or Friday at 10am work?"
    findings = found(
        text,
        promise(text, kind=Kind.MEETING, strength=Strength.CONDITIONAL),
        at("Thursday at 3pm", ny(19, 15)),
        at("Friday at 10am", ny(20, 10)),
    )
    both = (busy(ny(19, 15), 1), busy(ny(20, 10), 1))

    assert len(results("calendar.busy", findings, facts(busy=both))) == 2
    assert len(results("calendar.busy", findings, facts(busy=both[:1]))) == 1
