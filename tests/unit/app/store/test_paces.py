"""The pace of a mailbox as it is kept: slots, bursts, what the provider asks for, and two workers at once."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.ports import Pace
from app.store.store import NoWakeUps, Store, Transaction
from tests.support.gates import START

PACE = Pace(interval=timedelta(seconds=10))
BURST = Pace(interval=timedelta(seconds=10), burst=3)
MAILBOX = ("gmail", "sam@ours.example")
RIVALS = 8


@pytest.fixture
def store(engine: sa.Engine) -> Store:
    return Store(engine, NoWakeUps())


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def take(store: Store, now: datetime, pace: Pace = PACE, mailbox: tuple[str, str] = MAILBOX) -> float:
    """The slot that is given, in seconds after the start."""
    with store.write(now=now) as tx:
        return (tx.paces.take(*mailbox, pace, now=now) - START).total_seconds()


def hold(store: Store, until: datetime, pace: Pace = PACE) -> None:
    with store.write(now=START) as tx:
        tx.paces.hold(*MAILBOX, pace, until=until)


def held(store: Store) -> datetime | None:
    with store.read() as reader:
        return reader.paces.held_until(*MAILBOX)


def test_one_mail_each_interval(store: Store) -> None:
    assert [take(store, START) for _ in range(4)] == [0, 10, 20, 30]


def test_a_burst_goes_ahead_and_fills_up_again(store: Store) -> None:
    assert [take(store, START, BURST) for _ in range(5)] == [0, 0, 0, 10, 20]
    assert [take(store, at(60), BURST) for _ in range(4)] == [60, 60, 60, 70]


def test_time_that_was_not_used_is_not_saved_up(store: Store) -> None:
    take(store, START)
    assert [take(store, at(3600)) for _ in range(2)] == [3600, 3610]


def test_a_clock_that_goes_back_gives_no_slot_twice(store: Store) -> None:
    assert take(store, at(100)) == 100
    assert take(store, at(50)) == 110


def test_each_mailbox_of_each_provider_has_its_own(store: Store) -> None:
    take(store, START)
    assert take(store, START, mailbox=("gmail", "ruth@ours.example")) == 0
    assert take(store, START, mailbox=("outlook", "sam@ours.example")) == 0
    assert take(store, START) == 10


@pytest.mark.parametrize("pace", [PACE, BURST])
def test_nothing_leaves_while_the_provider_wants_quiet_and_no_burst_after_it(store: Store, pace: Pace) -> None:
    hold(store, at(120), pace)
    assert [take(store, START, pace) for _ in range(3)] == [120, 130, 140]


def test_a_shorter_wish_does_not_end_a_longer_one(store: Store) -> None:
    hold(store, at(120))
    hold(store, at(60))
    assert held(store) == at(120)
    assert take(store, START) == 120


def test_a_wish_does_not_bring_slots_forward(store: Store) -> None:
    for _ in range(20):
        take(store, START)
    hold(store, at(60))
    assert take(store, START) == 200
    assert held(store) == at(60)


def test_a_wish_is_known_apart_from_the_slots(store: Store) -> None:
    take(store, START)
    assert held(store) is None


def test_what_a_transaction_takes_back_was_never_taken(store: Store) -> None:
    def take_and_fail() -> None:
        with store.write(now=START) as tx:
            _take_in(tx)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        take_and_fail()
    assert take(store, START) == 0


def test_two_workers_never_get_the_same_slot(engine: sa.Engine) -> None:
    """Each has a store of its own, so that nothing but the database stands between them."""
    start, slots = threading.Barrier(RIVALS), []

    def work() -> None:
        mine = Store(engine, NoWakeUps())
        start.wait(timeout=30)
        for _ in range(3):
            slots.append(take(mine, START))

    threads = [threading.Thread(target=work) for _ in range(RIVALS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slots) == [10.0 * n for n in range(RIVALS * 3)]


def test_a_slot_waits_for_the_end_of_who_took_the_one_before(store: Store, engine: sa.Engine) -> None:
    """The second one is told its slot only when the first has committed."""
    other, order = Store(engine, NoWakeUps()), []

    def second() -> None:
        order.append(f"second got {take(other, START)}")

    with store.write(now=START) as tx:
        _take_in(tx)
        thread = threading.Thread(target=second)
        thread.start()
        thread.join(0.1)
        assert thread.is_alive()
        order.append("first commits")
    thread.join(30)
    assert order == ["first commits", "second got 10.0"]


def _take_in(tx: Transaction) -> None:
    tx.paces.take(*MAILBOX, PACE, now=START)
