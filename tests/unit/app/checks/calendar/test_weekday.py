"""Weekdays and the dates beside them. The eighteenth of November 2026 is a Wednesday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.core.checks import Severity
from app.core.findings import Kind
from tests.unit.app.checks.builders import NEW_YORK, at, facts, found, ny, promise, results, rewritten

CHECK = "calendar.weekday"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Tuesday, November 25", "Wednesday, November 25"),
        ("Tuesday November 25th, 2026", "Wednesday November 25th, 2026"),
        ("Monday, 24 November 2026", "Tuesday, 24 November 2026"),
        ("Monday the 24th of November", "Tuesday the 24th of November"),
        ("Mon, 24 Nov", "Tue, 24 Nov"),
        ("MONDAY 24 NOV", "TUESDAY 24 NOV"),
        ("on monday, november 24", "on tuesday, november 24"),
        ("Tuesday (Nov 25)", "Wednesday (Nov 25)"),
        ("November 25 (Tuesday)", "November 25 (Wednesday)"),
        ("25 November, a Tuesday", "25 November, a Wednesday"),
        ("Tuesday 2026-11-25", "Wednesday 2026-11-25"),
        ("Tuesday the 26th", "Thursday the 26th"),
        ("Tuesday, the 12th", "Saturday, the 12th"),
        ("tomorrow (Friday)", "tomorrow (Thursday)"),
        ("tomorrow, Friday, at 10", "tomorrow, Thursday, at 10"),
        ("today, Tuesday", "today, Wednesday"),
        ("Thursday, January 15", "Friday, January 15"),
    ],
)
def test_the_right_weekday_is_suggested(text: str, after: str) -> None:
    findings = found(text)

    (result,) = results(CHECK, findings, facts())

    assert result.severity is Severity.HIGH
    assert rewritten(findings, result) == after
    assert results(CHECK, found(after), facts()) == []


def test_the_twelfth_is_a_monday() -> None:
    findings = found("Let's talk on Tuesday the 12th")
    october = facts(now=datetime(2026, 10, 7, 10, tzinfo=NEW_YORK))

    (result,) = results(CHECK, findings, october)

    assert result.message == "'Tuesday the 12th' does not agree: it is Monday 12 October 2026"


@pytest.mark.parametrize(
    "text",
    [
        "Tuesday, November 24",
        "Tuesday the 24th",
        "Monday the 21st",
        "our kickoff on Thursday the 12th",
        "Monday, January 4",
        "Tuesday and Wednesday, November 24 and 25",
        "Thursday and Friday, November 26-27",
        "Monday to Wednesday, 23-25 November",
        "free today, Friday and Monday",
        "see you tomorrow. Friday is fine too",
        "on Tuesday 10.30 works",
        "Tuesday 24/7 support",
        "Tuesday the 2nd floor",
        "Friday 31 November",
        "the Monday, 24 Hours of Le Mans",
    ],
)
def test_what_agrees_or_is_no_date_is_fine(text: str) -> None:
    assert results(CHECK, found(text), facts()) == []


def test_numbers_count_in_either_order_once_they_are_read_as_a_date() -> None:
    def read(text: str, words: str, day: int, month: int) -> list[object]:
        mention = at(words, datetime(2026, month, day, tzinfo=NEW_YORK), 1440, kind="date", grain="day")
        return list(results(CHECK, found(text, mention), facts()))

    assert read("Thursday 11/20", "Thursday 11/20", 20, 11)
    assert read("Friday 11/20", "Friday 11/20", 20, 11) == []
    assert read("Sunday 6/12", "Sunday 6/12", 12, 6) == []
    assert results(CHECK, found("Thursday 11/20"), facts()) == []


def test_only_the_senders_own_words_count() -> None:
    text = "Fine.\n\n> Monday, 24 November 2026"

    assert results(CHECK, replace(found(text), authored=((0, 5),)), facts()) == []


def test_nothing_else_is_said_of_a_day_that_nobody_knows() -> None:
    text = "Let's meet Friday, November 21"
    meets = promise(text, kind=Kind.MEETING, action="meet")
    day = at("Friday, November 21", ny(21, 0), 1440, kind="date", grain="day")
    work = found(
        "By Friday, November 21", promise("By Friday, November 21", due=("Friday, November 21", date(2026, 11, 21)))
    )

    assert results(CHECK, found(text, meets, day), facts())
    assert results("calendar.working_hours", found(text, meets, day), facts()) == []
    assert results("calendar.working_hours", work, facts()) == []
