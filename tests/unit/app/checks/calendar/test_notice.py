"""How soon after the mail a meeting may begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.checks import Severity
from app.core.drafts import Draft
from app.core.facts import Facts
from app.core.findings import Findings
from app.core.thresholds import USUAL
from tests.unit.app.checks.builders import busy, draft, facts, failed, ny, results, rewritten
from tests.unit.app.checks.calendar.scenes import meeting

CHECK = "calendar.notice"
AT_1130 = meeting("Can we talk today at 11:30 am?", "today at 11:30 am", ny(18, 11, 30))


def test_a_time_too_soon_is_moved_to_the_first_that_is_not() -> None:
    (result,) = results(CHECK, AT_1130, facts())

    assert result.severity is Severity.MEDIUM
    assert "1 h 30 min after the mail is sent; 2 hours" in result.message
    assert rewritten(AT_1130, result) == "Can we talk today at 12:00 pm?"


def test_a_time_from_now_is_said_as_a_time_of_day() -> None:
    findings = meeting("Can we talk in an hour?", "in an hour", ny(18, 11), 0, kind="duration", grain="hour")

    (result,) = results(CHECK, findings, facts())

    assert rewritten(findings, result) == "Can we talk on Wednesday, November 18 at 12:00 pm?"


def test_a_bare_hour_of_this_morning_is_an_hour() -> None:
    findings = meeting("Shall we meet at 11 this morning?", "11 this morning", ny(18, 11), 60, grain="hour")

    (result,) = results(CHECK, findings, facts())

    assert result.suggestion is None


def test_the_least_notice_is_a_threshold() -> None:
    less = replace(USUAL, short_notice=timedelta(minutes=30))

    assert results(CHECK, AT_1130, facts(thresholds=less)) == []
    assert results(CHECK, meeting("Free at noon?", "noon", ny(18, 12)), facts()) == []


def test_a_mail_that_waits_leaves_less() -> None:
    noon = meeting("Can we talk today at 1pm?", "today at 1pm", ny(18, 13))

    assert results(CHECK, noon, facts()) == []
    assert results(CHECK, noon, facts(), draft(send_after=ny(18, 11, 30)))


@pytest.mark.parametrize(
    ("findings", "world", "mail"),
    [
        (meeting("As agreed, I'll call today at 11:30", "today at 11:30", ny(18, 11, 30)), facts(), draft()),
        (meeting("See you today at 11:30", "today at 11:30", ny(18, 11, 30)), facts(), draft()),
        (meeting("11:30 works for me", "11:30", ny(18, 11, 30)), facts(), draft()),
        (AT_1130, facts(), draft(action="meeting_confirmation")),
        (AT_1130, facts(busy=(busy(ny(18, 11, 30), 0.5, "Call with Dana Reyes"),)), draft()),
        (
            meeting("Let's talk this afternoon", "this afternoon", ny(18, 10, 30), 60, grain="hour"),
            facts(),
            draft(),
        ),
    ],
    ids=["agreed", "a goodbye", "accepted", "a confirmation", "in the calendar", "a part of the day"],
)
def test_what_both_know_or_leave_open_is_no_surprise(findings: Findings, world: Facts, mail: Draft) -> None:
    assert results(CHECK, findings, world, mail) == []


def test_without_the_calendar_it_may_have_been_agreed() -> None:
    assert results(CHECK, AT_1130, failed("calendar", busy_until=None)) == []
