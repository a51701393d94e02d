"""Claims to be free for all of a stretch."""

from __future__ import annotations

import pytest

from app.core.checks import Severity
from app.core.facts import Facts, UnknownFact
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import at, busy, facts, failed, found, ny, promise, results, rewritten
from tests.unit.app.checks.calendar.scenes import meeting, part_of_day, tentative

REVIEW = busy(ny(19, 13), 2)
CHECK = "calendar.availability"


def afternoon(text: str) -> Findings:
    return part_of_day(text, "Thursday afternoon", ny(19, 12), 6)


def thursday(text: str) -> Findings:
    return part_of_day(text, "Thursday", ny(19, 0), 24)


@pytest.mark.parametrize(
    ("findings", "after"),
    [
        (afternoon("I'm free all Thursday afternoon"), "I'm free Thursday afternoon from 3 pm to 5:30 pm"),
        (
            afternoon("I'm completely free Thursday afternoon"),
            "I'm completely free Thursday afternoon from 3 pm to 5:30 pm",
        ),
        (afternoon("My Thursday afternoon is wide open"), "My Thursday afternoon from 3 pm to 5:30 pm is wide open"),
        (thursday("I'm free any time Thursday"), "I'm free Thursday from 9 am to 1 pm"),
        (thursday("I'm free any time on Thursday"), "I'm free Thursday from 9 am to 1 pm"),
        (thursday("I'm free the whole day on Thursday"), "I'm free Thursday from 9 am to 1 pm"),
        (thursday("Thursday, all day, works"), "Thursday from 9 am to 1 pm works"),
        (thursday("I have no meetings on Thursday"), "I have no meetings on Thursday from 9 am to 1 pm"),
        (thursday("Not before 09:00, but any time Thursday"), "Not before 09:00, but Thursday from 09:00 to 13:00"),
        (
            thursday("The entire afternoon is free on Thursday"),
            "The entire afternoon is free on Thursday from 3 pm to 5:30 pm",
        ),
        (
            meeting(
                "Any time between 1pm and 5pm Thursday", "between 1pm and 5pm Thursday", ny(19, 13), 240, kind="range"
            ),
            "Any time between 3pm and 5pm Thursday",
        ),
    ],
)
def test_the_longest_free_stretch_is_said_instead(findings: Findings, after: str) -> None:
    (result,) = results(CHECK, findings, facts(busy=(REVIEW,)))

    assert result.severity is Severity.MEDIUM
    assert rewritten(findings, result) == after
    assert results("calendar.busy", findings, facts(busy=(REVIEW,))) == []


def test_every_entry_in_it_counts() -> None:
    world = facts(busy=(REVIEW, busy(ny(19, 16), 1)))

    (result,) = results(CHECK, afternoon("I'm free all Thursday afternoon"), world)

    assert "and 1 more" in result.message
    assert len(result.evidence) == 2


def test_listed_days_share_one_claim() -> None:
    text = "Any time Wednesday or Thursday works for me"
    days = [at(d, ny(n, 0), 1440, kind="date", grain="day") for d, n in (("Wednesday", 25), ("Thursday", 19))]
    findings = found(text, promise(text, kind=Kind.MEETING, action="work"), *days)

    (result,) = results(CHECK, findings, facts(busy=(REVIEW,)))

    assert rewritten(findings, result) == "Any time Wednesday or Thursday from 9 am to 1 pm works for me"


def test_a_claim_belongs_to_its_own_day() -> None:
    text = "I could do Thursday afternoon, or any time Friday"
    findings = found(
        text,
        promise(text, kind=Kind.MEETING, action="do"),
        at("Thursday afternoon", ny(19, 12), 360, grain="hour"),
        at("Friday", ny(20, 0), 1440, kind="date", grain="day"),
    )

    assert results(CHECK, findings, facts(busy=(REVIEW,))) == []
    assert results(CHECK, findings, facts(busy=(busy(ny(20, 13), 1),)))


def test_a_whole_week_is_held_against_its_entries() -> None:
    findings = meeting("Any time next week suits me", "next week", ny(23, 0), 7 * 1440, kind="date", grain="week")

    (result,) = results(CHECK, findings, facts(busy=(busy(ny(24, 10), 1),)))

    assert rewritten(findings, result) == "Monday, November 23 from 9 am to 5:30 pm suits me"


def test_what_is_excepted_is_no_conflict() -> None:
    text = "I'm free all Thursday afternoon except 1-3pm"
    claim = promise(text, kind=Kind.MEETING, action="be")
    spared = at("1-3pm", ny(18, 13), 120, kind="range")
    findings = found(text, claim, at("Thursday afternoon", ny(19, 12), 360, grain="hour"), spared)
    vague = afternoon("I'm free all Thursday afternoon except over lunch")

    assert results(CHECK, findings, facts(busy=(REVIEW,))) == []
    assert results(CHECK, findings, facts(busy=(busy(ny(19, 16), 1),)))
    assert results(CHECK, vague, facts(busy=(REVIEW,))) == []


@pytest.mark.parametrize(
    ("findings", "world"),
    [
        (afternoon("Thursday afternoon works for me"), facts(busy=(REVIEW,))),
        (afternoon("I'm free all Thursday afternoon"), facts(busy=(busy(ny(19, 10), 2),))),
        (afternoon("I'm free all Thursday afternoon"), facts(busy=(busy(ny(19, 18), 2),))),
        (afternoon("I'm free all Thursday afternoon"), facts(busy=(tentative(ny(19, 13), 2),))),
        (afternoon("All the best for Thursday afternoon"), facts(busy=(REVIEW,))),
    ],
    ids=["some of it", "before it", "after hours", "not confirmed", "a wish"],
)
def test_smaller_claims_are_fine(findings: Findings, world: Facts) -> None:
    assert results(CHECK, findings, world) == []


def test_a_day_without_half_an_hour_has_no_suggestion() -> None:
    (result,) = results(CHECK, afternoon("I'm free all Thursday afternoon"), facts(busy=(busy(ny(19, 12), 6),)))

    assert result.suggestion is None


def test_what_is_not_known_is_not_judged() -> None:
    gap = UnknownFact(source="calendar of tom", reason="timed out")
    claim = afternoon("I'm free all Thursday afternoon")

    assert results(CHECK, claim, failed("calendar", busy_until=None)) == []
    assert results(CHECK, claim, facts(busy=(REVIEW,), busy_until=None)) == []
    (result,) = results(CHECK, claim, facts(busy=(REVIEW,), unknown=(gap,)))
    assert result.suggestion is None
