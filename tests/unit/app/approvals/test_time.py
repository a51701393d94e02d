"""Reminders, the ladder of managers, expiry: each once, by working time, whatever happens to workers meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.approvals import ApprovalState, Requirement
from app.core.errors import Conflict
from app.core.facts import Person
from app.core.lifecycle import State
from tests.support.deciding import approve, standing
from tests.support.gates import START, Harness, make_harness
from tests.unit.app.approvals.house import LEGAL, MANAGER, PEOPLE, asked, events, kinds, reviews, submit, then, user

HOUR = timedelta(hours=1)
REMIND = Requirement(resolver=MANAGER, remind_after=HOUR, expires_after=timedelta(days=7))
CLIMB = Requirement(resolver=MANAGER, escalate_after=HOUR, expires_after=timedelta(days=7))


def due(harness: Harness, draft_id: str) -> datetime | None:
    return standing(harness, draft_id).row.due_at


def test_those_who_have_not_answered_are_reminded_after_so_much_working_time(harness: Harness) -> None:
    shown = submit(harness, REMIND)
    harness.wait(minutes=59)
    assert kinds(harness, "ruth") == ["asked"]
    harness.wait(minutes=1)
    assert kinds(harness, "ruth") == ["asked", "reminded"]
    harness.wait(hours=1)
    assert kinds(harness, "ruth") == ["asked", "reminded", "reminded"]
    harness.wait(hours=14)  # from 17:00 to 07:00, of which half an hour is work
    assert kinds(harness, "ruth").count("reminded") == 2
    harness.wait(hours=3)
    assert kinds(harness, "ruth").count("reminded") == 3
    assert [e["number"] for e in events(harness, shown.row.id, "approval.reminded")] == [1, 2, 3]


def test_a_worker_that_was_away_for_days_reminds_once(harness: Harness) -> None:
    shown = submit(harness, REMIND)
    harness.clock.advance(timedelta(days=5))
    harness.wake_due()
    (event,) = events(harness, shown.row.id, "approval.reminded")
    assert int(str(event["number"])) > 20
    harness.wake_due()
    assert len(events(harness, shown.row.id, "approval.reminded")) == 1


def test_a_timer_that_two_workers_saw_fires_once(harness: Harness) -> None:
    shown = submit(harness, CLIMB)
    harness.clock.advance(HOUR)
    for _ in range(3):
        harness.gate.wake(shown.row.id, shown.row.version)
    assert len(events(harness, shown.row.id, "approval.escalated")) == 1


def test_it_climbs_from_manager_to_manager_and_ends_at_the_top(harness: Harness) -> None:
    shown = submit(harness, CLIMB)
    ladder = [asked(shown)]
    for _ in range(3):
        harness.wait(hours=24)
        ladder.append(asked(standing(harness, shown.row.id)))
    assert ladder == [("ruth",), ("ruth", "vera"), ("ruth", "vera", "olga"), ("ruth", "vera", "olga")]
    assert kinds(harness, "vera") == ["escalated"]
    assert [e["level"] for e in events(harness, shown.row.id, "approval.escalated")] == [1, 2]
    assert len(events(harness, shown.row.id, "approval.ladder_ended")) == 1
    assert due(harness, shown.row.id) == START + timedelta(days=7)
    assert approve(harness, shown, "olga").row.state is State.SCHEDULED


def test_the_ladder_passes_over_who_may_not_decide(harness: Harness) -> None:
    demand = replace(CLIMB, resolver=user("tom"), separate_duties=True)
    shown = submit(harness, demand, on_behalf_of="ruth")
    harness.wait(hours=1)
    assert asked(standing(harness, shown.row.id)) == ("tom", "vera"), "tom's manager is the sender"


def test_silence_never_sends(harness: Harness) -> None:
    shown = submit(harness, replace(CLIMB, remind_after=HOUR))
    for _ in range(10):
        harness.wait(days=1)
    now = standing(harness, shown.row.id)
    assert (now.row.state, now.approvals[-1].state) == (State.EXPIRED, ApprovalState.EXPIRED)
    assert harness.mail.delivered == []
    assert kinds(harness, "sam") == ["expired"]
    assert kinds(harness, "olga")[-1] == "expired"


def test_each_asked_persons_own_hours_count(engine: sa.Engine) -> None:
    people = tuple(
        replace(p, timezone="America/Los_Angeles") if p.id == "lena" else p for p in PEOPLE
    )  # at 15:00 in London it is 07:00 there
    harness = make_harness(engine, people=people)
    both = submit(harness, replace(REMIND, needed=2, resolver=LEGAL))
    one = submit(harness, replace(REMIND, resolver=LEGAL))
    assert due(harness, one.row.id) == START + HOUR, "one of them has had an hour"
    assert due(harness, both.row.id) == datetime(2026, 11, 18, 18, 0, tzinfo=UTC), "both have had an hour"


@pytest.mark.parametrize(
    ("asked_at", "reminded_at"),
    [
        ("2026-10-23T17:00:00+02:00", "2026-10-26T09:30:00+01:00"),
        ("2027-03-26T17:00:00+01:00", "2027-03-29T09:30:00+02:00"),
    ],
)
def test_a_timer_over_the_night_the_clocks_change_keeps_to_the_wall(
    engine: sa.Engine, asked_at: str, reminded_at: str
) -> None:
    people = tuple(replace(p, timezone="Europe/Berlin") for p in PEOPLE)
    harness = make_harness(engine, people=people)
    moment = datetime.fromisoformat(asked_at)
    harness.clock._now = moment.astimezone(UTC)
    shown = submit(harness, REMIND)
    assert due(harness, shown.row.id) == datetime.fromisoformat(reminded_at)


def test_a_clock_that_was_set_back_fires_nothing_twice(harness: Harness) -> None:
    shown = submit(harness, CLIMB)
    harness.wait(hours=1)
    harness.clock._now = START - timedelta(days=1)
    harness.wake_due()
    row = standing(harness, shown.row.id).row
    harness.gate.wake(row.id, row.version)
    harness.clock._now = START + timedelta(hours=1, minutes=30)
    harness.wake_due()
    assert len(events(harness, shown.row.id, "approval.escalated")) == 1


def test_timers_follow_from_the_rows_alone(engine: sa.Engine) -> None:
    first = make_harness(engine, people=PEOPLE)
    shown = submit(first, CLIMB)
    second = make_harness_again(engine, first, people=PEOPLE)
    second.wait(hours=1)
    assert asked(standing(second, shown.row.id)) == ("ruth", "vera")


def make_harness_again(engine: sa.Engine, before: Harness, *, people: tuple[Person, ...]) -> Harness:
    """The house after a restart: nothing is left but the database and the clock on the wall."""
    gate = replace(before.gate)
    return replace(before, gate=gate, store=gate.store)


def test_a_new_stage_begins_its_own_ladder(harness: Harness) -> None:
    shown = submit(harness, replace(CLIMB, then=(then(user("lena")),)))
    harness.wait(hours=1)
    after = approve(harness, shown, "vera")
    assert asked(after) == ("lena",)
    assert after.pending is not None
    assert after.pending.level == 0
    harness.wait(hours=18)
    assert asked(standing(harness, shown.row.id)) == ("lena", "olga"), "vera has approved already"


def test_an_expired_request_refuses_even_before_the_timer_rings(harness: Harness) -> None:
    shown = submit(harness, CLIMB)
    harness.clock.advance(timedelta(days=7))
    with pytest.raises(Conflict, match="expired"):
        approve(harness, shown)


def test_who_is_away_has_no_time_that_counts(harness: Harness) -> None:
    shown = submit(harness, replace(REMIND, resolver=LEGAL))
    reviews(harness).absences.add(
        person="lena", start=START, until=START + timedelta(days=2), delegate=None, by="lena"
    )
    assert due(harness, shown.row.id) == START + HOUR
