"""The check of promises against the time that is left in a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.checks.workload.weeks import hours_for, look_at_week
from app.core.checks import Severity
from app.core.facts import Facts
from app.core.findings import DateMention, Findings, Kind, Strength
from tests.unit.app.checks.builders import (
    SAM,
    busy,
    facts,
    failed,
    found,
    ny,
    owed,
    promise,
    results,
    rewritten,
)

WORKSHOP = tuple(busy(ny(day, 9, month=month), 8) for day, month in ((30, 11), (1, 12), (2, 12), (3, 12)))
"""Thirty-two hours in the week of 30 November, of Sam's thirty."""
DUE = date(2026, 12, 3)
BY_THURSDAY = found("I'll send it by December 3", promise("I'll send it by December 3", due=("December 3", DUE)))


@pytest.mark.parametrize(
    "world",
    [
        facts(busy=WORKSHOP),
        facts(busy=WORKSHOP[:3], ledger=tuple(owed(f"plan {n}", DUE, id=f"L-{n}") for n in range(3))),
    ],
    ids=["meetings alone", "meetings and promises"],
)
def test_a_full_week_takes_no_more(world: Facts) -> None:
    (result,) = results("workload.week", BY_THURSDAY, world)

    assert result.severity is Severity.MEDIUM
    assert "0.0 h" in result.message
    assert {fact.source for fact in result.evidence} == {"people", "calendar", "ledger"}


def test_the_suggestion_is_the_first_day_of_a_week_with_room() -> None:
    world = facts(busy=WORKSHOP, busy_until=ny(14, 0, month=12))

    (result,) = results("workload.week", BY_THURSDAY, world)

    assert rewritten(BY_THURSDAY, result) == "I'll send it by December 7"
    (result,) = results("workload.week", BY_THURSDAY, replace(world, busy_until=ny(6, 0, month=12)))
    assert result.suggestion is None


def _promise(**how: object) -> Findings:
    text = "I'll send it by December 3"
    return found(text, promise(text, due=("December 3", DUE), **how))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "world"),
    [
        (BY_THURSDAY, facts(busy=WORKSHOP[:3])),
        (BY_THURSDAY, facts(busy=WORKSHOP, sender=replace(SAM, capacity_hours_per_week=None))),
        (BY_THURSDAY, facts(busy=WORKSHOP, busy_until=ny(2, 0, month=12))),
        (BY_THURSDAY, facts(busy=WORKSHOP, ledger=(owed("it", DUE),))),
        (_promise(strength=Strength.CONDITIONAL), facts(busy=WORKSHOP)),
        (_promise(kind=Kind.MEETING), facts(busy=WORKSHOP)),
        (_promise(actor="Ruth"), facts(busy=WORKSHOP)),
        (found("I'll send it", promise("I'll send it")), facts(busy=WORKSHOP)),
    ],
    ids=[
        "six hours left",
        "no capacity kept",
        "not read that far",
        "promised already",
        "an offer",
        "a meeting",
        "somebody else's work",
        "no day",
    ],
)
def test_no_alarm(findings: Findings, world: Facts) -> None:
    named = replace(findings, commitments=tuple(replace(c, object="the quote") for c in findings.commitments))
    ledger = tuple(replace(entry, object="the quote") for entry in world.ledger)

    assert results("workload.week", named, replace(world, ledger=ledger)) == []


def test_promises_alone_may_be_too_many_where_the_calendar_was_not_read() -> None:
    owes = tuple(replace(owed(f"the model {n}", DUE, id=f"L-{n}"), hours=10) for n in range(3))

    (result,) = results("workload.week", BY_THURSDAY, facts(ledger=owes, busy_until=None))
    assert result.suggestion is None, "nobody knows the weeks behind it"
    assert results("workload.week", BY_THURSDAY, facts(ledger=owes[:2], busy_until=None)) == []


def test_a_day_that_stands_before_the_promise() -> None:
    text = "By December 3 I'll send it"
    when = DateMention(text="December 3", start=3, end=13, kind="date", grain="day", due_day=DUE, ambiguous=False)
    findings = found(text, promise("I'll send it"), lambda _: when)

    assert results("workload.week", findings, facts(busy=WORKSHOP))


@pytest.mark.parametrize("source", ["calendar", "ledger"])
def test_without_calendar_or_ledger_nothing_is_guessed(source: str) -> None:
    assert results("workload.week", BY_THURSDAY, failed(source, busy=WORKSHOP)) == []


def test_only_what_is_left_of_a_week_counts() -> None:
    week = look_at_week(date(2026, 11, 16), facts())
    thanksgiving = look_at_week(date(2026, 11, 23), facts())

    assert week is not None
    assert week.capacity == pytest.approx(18)
    assert thanksgiving is not None
    assert thanksgiving.capacity == pytest.approx(24)


def test_meetings_on_top_of_each_other_count_once_and_nights_not_at_all() -> None:
    slots = (busy(ny(30, 10), 2), busy(ny(30, 11), 2), busy(ny(30, 20), 3), busy(ny(28, 10), 5))

    week = look_at_week(date(2026, 11, 30), facts(busy=slots))

    assert week is not None
    assert week.meetings == pytest.approx(3)


def test_a_day_away_has_no_capacity() -> None:
    leave = replace(busy(ny(30, 0), 24, "Leave", all_day=True), away=True)

    week = look_at_week(date(2026, 11, 30), facts(busy=(leave,)))

    assert week is not None
    assert week.capacity == pytest.approx(24)
    assert week.meetings == 0


def test_a_week_away_has_no_room_and_the_work_goes_behind_it() -> None:
    leave = tuple(replace(busy(ny(day, 0, month=month), 24), away=True) for day, month in DAYS_OF_THE_WEEK)

    (result,) = results("workload.week", BY_THURSDAY, facts(busy=leave, busy_until=ny(14, 0, month=12)))

    assert "leaves Sam Ito 0.0 h" in result.message
    assert rewritten(BY_THURSDAY, result) == "I'll send it by December 7"


DAYS_OF_THE_WEEK = ((30, 11), (1, 12), (2, 12), (3, 12), (4, 12))


@pytest.mark.parametrize(("effort", "hours"), [({}, 2.0), ({Kind.DELIVERABLE: 7.5}, 7.5), ({Kind.OTHER: 9.0}, 2.0)])
def test_effort_is_what_history_says_else_what_the_company_reckons(effort: dict[Kind, float], hours: float) -> None:
    assert hours_for(Kind.DELIVERABLE, facts(effort=effort)) == hours


def test_what_a_kind_has_cost_decides() -> None:
    half_full = facts(busy=WORKSHOP[:3])

    assert results("workload.week", BY_THURSDAY, half_full) == []
    assert results("workload.week", BY_THURSDAY, replace(half_full, effort={Kind.DELIVERABLE: 8.0}))


def _two() -> Findings:
    first, second = "I'll send it by December 3", "I'll draw up the model by December 4"
    return found(
        f"{first}. {second}.",
        promise(second, thing="the model", due=("December 4", date(2026, 12, 4))),
        promise(first, thing="the plan", due=("December 3", DUE)),
    )


def test_promises_take_their_hours_in_the_order_of_their_days() -> None:
    three_left = facts(busy=(*WORKSHOP[:3], busy(ny(4, 9, month=12), 3)), busy_until=ny(14, 0, month=12))

    (result,) = results("workload.week", _two(), three_left)

    assert "leaves Sam Ito 1.0 h" in result.message
    assert rewritten(_two(), result).endswith("by December 7.")


def test_a_promise_that_only_moves_within_the_week_is_counted_once() -> None:
    four_left = facts(busy=WORKSHOP[:3], ledger=tuple(owed(f"plan {n}", DUE, id=f"L-{n}") for n in range(2)))
    text = "I'll send the quote by December 3"
    moved = found(text, promise(text, thing="the quote", due=("December 3", DUE)))
    quote = owed("the quote", date(2026, 12, 1), id="L-9")

    assert results("workload.week", moved, replace(four_left, ledger=(*four_left.ledger, quote))) == []


def test_an_open_offer_takes_no_hours() -> None:
    offers = tuple(owed(f"plan {n}", DUE, id=f"L-{n}", strength=Strength.CONDITIONAL) for n in range(20))

    assert results("workload.week", BY_THURSDAY, facts(ledger=offers)) == []


def test_the_day_is_the_first_by_which_the_hours_are_free() -> None:
    following = tuple(busy(ny(day, 9, month=12), 8.5) for day in (7, 8))
    world = facts(busy=(*WORKSHOP, *following), busy_until=ny(14, 0, month=12))

    (result,) = results("workload.week", BY_THURSDAY, world)

    assert rewritten(BY_THURSDAY, result) == "I'll send it by December 9"
