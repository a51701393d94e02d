"""The ledger as people use it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import icalendar
import pytest
import sqlalchemy as sa

from app.core.commitments import CommitmentState
from app.core.errors import InvalidInput, MoveNotAllowed, NotFound, NotPermitted
from app.core.facts import Person
from app.ledger.service import MOST_HOURS, as_calendar, as_csv, settle
from app.store.store import Store
from tests.support.gates import START, make_harness
from tests.unit.app.monitoring.test_due import an_entry, keep

SAM = Person(id="sam", email="sam@ours.example", name="Sam")
RUTH = Person(id="ruth", email="ruth@ours.example", name="Ruth", roles=("manager",))
TOM = Person(id="tom", email="tom@ours.example", name="Tom")


@pytest.fixture
def store(engine: sa.Engine) -> Store:
    harness = make_harness(engine)
    keep(harness, an_entry())
    return harness.store


def say(store: Store, state: CommitmentState, person: Person = SAM, reason: str = "sent it") -> CommitmentState:
    return settle(store, "cm_1", state, person=person, reason=reason, now=START).state


def test_who_owes_it_and_managers_may_settle_it_and_nobody_else(store: Store) -> None:
    with pytest.raises(NotPermitted, match="tom"):
        say(store, CommitmentState.KEPT, TOM)
    assert say(store, CommitmentState.KEPT) is CommitmentState.KEPT
    assert say(store, CommitmentState.DISPUTED, RUTH) is CommitmentState.DISPUTED


def test_the_same_word_twice_is_one_event(store: Store) -> None:
    say(store, CommitmentState.KEPT)
    say(store, CommitmentState.KEPT)
    with store.read() as reader:
        events = [e for e in reader.audit.events() if e.kind == "commitment.kept"]
    assert len(events) == 1
    assert events[0].facts["reason"] == "sent it"


def test_what_keeping_it_cost_is_kept_and_can_be_mended(store: Store) -> None:
    def keep(hours: float) -> None:
        entry = settle(store, "cm_1", CommitmentState.KEPT, person=SAM, reason="", now=START, hours=hours)
        assert entry.hours == hours

    keep(2.5)
    keep(2.5)
    keep(3.0)
    say(store, CommitmentState.KEPT)
    with store.read() as reader:
        told = [e.facts.get("hours") for e in reader.audit.events() if e.kind == "commitment.kept"]
        entry = reader.ledger.get("cm_1")
    assert told == [2.5, 3.0]
    assert (entry.state, entry.hours) == (CommitmentState.KEPT, 3.0)


@pytest.mark.parametrize(
    ("state", "hours"),
    [
        (CommitmentState.BROKEN, 1.0),
        (CommitmentState.KEPT, -1.0),
        (CommitmentState.KEPT, float("nan")),
        (CommitmentState.KEPT, MOST_HOURS + 1),
    ],
)
def test_hours_that_cannot_be_are_refused(store: Store, state: CommitmentState, hours: float) -> None:
    with pytest.raises(InvalidInput, match="hours"):
        settle(store, "cm_1", state, person=SAM, reason="", now=START, hours=hours)


def test_what_is_withdrawn_stays_withdrawn(store: Store) -> None:
    say(store, CommitmentState.WITHDRAWN)
    with pytest.raises(MoveNotAllowed):
        say(store, CommitmentState.KEPT)


def test_an_unknown_promise_and_a_bad_reason_are_refused(store: Store) -> None:
    with pytest.raises(NotFound, match="cm_9"):
        settle(store, "cm_9", CommitmentState.KEPT, person=SAM, reason="", now=START)
    with pytest.raises(InvalidInput, match="reason"):
        say(store, CommitmentState.KEPT, reason="a\x00b")


def test_it_can_be_taken_along_as_csv_without_running_as_a_formula() -> None:
    hostile = replace(an_entry(), text='=HYPERLINK("http://x","y")')
    (header, row) = csv.reader(io.StringIO(as_csv([hostile], now=START)))
    assert dict(zip(header, row, strict=True))["text"] == '\'=HYPERLINK("http://x","y")'


def test_it_can_be_taken_along_as_a_calendar() -> None:
    calendar = icalendar.Calendar.from_ical(as_calendar([an_entry(1), an_entry(2, due_in_hours=None)], now=START))
    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == "Due: I will send the plan"
    assert event.decoded("DTSTART") == an_entry(1).due_day
