"""Rounds on both databases: everybody's turn comes, nothing goes twice, and what is broken holds nobody up."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.errors import Busy
from app.core.lifecycle import State
from app.delivery.sending import Begun, Departure
from app.gate import LATE, Gate
from app.rounds import BATCH, Rounds
from app.standing import Standing
from tests.support.deciding import standing
from tests.support.gates import Harness, a_draft, make_harness


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    made = make_harness(engine)
    made.publish(2, undo_window="0s")
    return made


def rounds(harness: Harness, name: str = "here") -> Rounds:
    return Rounds(gate=harness.gate, store=harness.store, clock=harness.clock, worker=name)


def hand_in(harness: Harness, count: int, *, sender: str = "sam") -> list[str]:
    return [harness.gate.submit(a_draft(on_behalf_of=sender)).row.id for _ in range(count)]


def warmed_up(harness: Harness) -> Rounds:
    """Rounds that one draft has gone through already."""
    here = rounds(harness)
    hand_in(harness, 1)
    here.work()
    return here


def states(harness: Harness) -> dict[State, int]:
    with harness.store.read() as reader:
        return reader.drafts.counts()


def test_everything_that_is_due_leaves_once(harness: Harness) -> None:
    drafts = hand_in(harness, 3 * BATCH + 1)
    assert rounds(harness).work() == len(drafts)
    assert states(harness) == {State.SENT: len(drafts)}
    assert sorted(mail.draft_id for mail in harness.mail.delivered) == sorted(drafts)


def test_what_is_not_due_waits(harness: Harness) -> None:
    harness.publish(3, undo_window="30s")
    hand_in(harness, 2)
    assert rounds(harness).work() == 0
    harness.clock.advance(timedelta(seconds=31))
    assert rounds(harness).work() == 2


def test_one_draft_behind_many_of_another_sender_leaves_in_the_next_round(harness: Harness) -> None:
    here = warmed_up(harness)
    hand_in(harness, 10 * BATCH)
    (alone,) = hand_in(harness, 1, sender="tom")
    turns = iter((True, False))
    here.work(go_on=lambda: next(turns))
    assert standing(harness, alone).row.state is State.SENT
    assert states(harness) == {State.SENT: 1 + BATCH, State.SCHEDULED: 9 * BATCH + 1}


def test_senders_take_turns(harness: Harness) -> None:
    for sender in ("sam", "tom", "ruth", "ada"):
        hand_in(harness, 3 * BATCH, sender=sender)
    with harness.store.read() as reader:
        front = reader.due.front(now=harness.clock.now(), limit=BATCH, chance=random.Random(1))  # noqa: S311
        senders = [reader.drafts.get(due.draft_id).on_behalf_of for due in front]
    assert {sender: senders.count(sender) for sender in senders} == dict.fromkeys(
        ("sam", "tom", "ruth", "ada"), BATCH // 4
    )


def test_help_is_called_for_as_long_as_there_is_more_than_one_round(harness: Harness) -> None:
    here = warmed_up(harness)
    hand_in(harness, 2 * BATCH)
    calls: list[int] = []
    here.work(on_more=lambda: calls.append(1))
    assert len(calls) == 2


def test_a_process_judges_its_first_draft_alone_and_then_calls_for_help(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(harness, 3)
    here = rounds(harness)
    sent_when_called: list[int] = []
    beside: list[int] = []
    look_again = Gate._look_again

    def while_another_lane_comes(gate: Gate, draft: Standing) -> Departure:
        if not sent_when_called:
            beside.append(here.work())
        return look_again(gate, draft)

    monkeypatch.setattr(Gate, "_look_again", while_another_lane_comes)
    here.work(on_more=lambda: sent_when_called.append(len(harness.mail.delivered)))
    assert sent_when_called == [1]
    assert beside == [0], "while the first one loads what judging needs, the others leave it the processor"
    assert states(harness) == {State.SENT: 3}


def test_a_first_draft_that_takes_for_ever_holds_the_others_up_for_seconds_only(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(harness, 3)
    here = rounds(harness)
    beside: list[int] = []
    look_again = Gate._look_again

    def endless(gate: Gate, draft: Standing) -> Departure:
        if not beside:
            beside.append(0)
            harness.clock.advance(timedelta(seconds=5))
            beside.append(here.work())
        return look_again(gate, draft)

    monkeypatch.setattr(Gate, "_look_again", endless)
    here.work()
    assert beside == [0, 2]
    assert states(harness) == {State.SENT: 3}


@pytest.mark.parametrize("lanes", [4])
def test_lanes_side_by_side_send_nothing_twice(harness: Harness, lanes: int) -> None:
    drafts = hand_in(harness, 6 * BATCH)
    workers = [rounds(harness, f"w{n}") for n in range(2)]
    threads = [threading.Thread(target=workers[n % 2].work) for n in range(lanes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rounds(harness, "last").work()
    assert sorted(mail.draft_id for mail in harness.mail.delivered) == sorted(drafts)
    assert states(harness) == {State.SENT: len(drafts)}


def test_a_draft_that_breaks_its_round_rests_and_holds_nobody_up(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = warmed_up(harness)
    bad, *good = hand_in(harness, 5)
    look_again = Gate._look_again
    tried: list[str] = []

    def sometimes(gate: Gate, draft: Standing) -> Departure:
        tried.append(draft.row.id)
        if draft.row.id == bad:
            raise RecursionError("nobody foresaw this")
        return look_again(gate, draft)

    monkeypatch.setattr(Gate, "_look_again", sometimes)
    here.work()
    assert {standing(harness, each).row.state for each in good} == {State.SENT}
    seen = tried.count(bad)
    here.work()
    assert tried.count(bad) == seen, "it rests"
    harness.clock.advance(timedelta(seconds=6))
    here.work()
    assert tried.count(bad) > seen
    assert standing(harness, bad).row.state is State.SCHEDULED


def test_a_draft_that_a_person_takes_back_in_the_middle_costs_only_itself(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = warmed_up(harness)
    taken, *others = hand_in(harness, 4)
    look_again = Gate._look_again
    alone: list[Departure] = []

    def begin_alone(_gate: Gate, departure: Departure) -> list[Begun]:
        alone.append(departure)
        return []

    def undone_meanwhile(gate: Gate, draft: Standing) -> Departure:
        if draft.row.id == taken and draft.row.state is State.SCHEDULED:
            harness.gate.undo(taken, person="sam")
        return look_again(gate, draft)

    monkeypatch.setattr(Gate, "_look_again", undone_meanwhile)
    monkeypatch.setattr(Gate, "_begin_alone", begin_alone)
    here.work()
    assert not alone, "the others are still begun together"
    assert standing(harness, taken).row.state is State.UNDONE
    assert {standing(harness, each).row.state for each in others} == {State.SENT}


def test_what_nobody_knows_is_asked_in_the_same_round(harness: Harness) -> None:
    harness.mail.failures = ["unanswered"]
    hand_in(harness, 1)
    rounds(harness).work()
    assert states(harness) == {State.UNKNOWN: 1}
    hand_in(harness, 3)
    harness.clock.advance(timedelta(seconds=6))
    assert rounds(harness).work() == 4
    assert states(harness) == {State.SENT: 4}
    assert len(harness.mail.delivered) == 4


def test_where_far_more_waits_than_leaves_nothing_new_is_taken_in(harness: Harness) -> None:
    strict = replace(harness, gate=replace(harness.gate, most_overdue=2))
    known = [strict.gate.submit(a_draft(client_id=f"c{n}")).row.id for n in range(3)]
    harness.clock.advance(LATE + timedelta(seconds=1))
    with pytest.raises(Busy, match="more than 2 mails are overdue to leave: hand it in again in 60 s"):
        strict.gate.submit(a_draft(client_id="c9"))
    again = strict.gate.submit(a_draft(client_id="c0"))
    assert again.row.id == known[0], "what was taken in before is told"
    rounds(strict).work()
    assert strict.gate.submit(a_draft(client_id="c9")).new
