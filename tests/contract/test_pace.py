"""The pace of a mailbox, kept by two gates on one database together; and what the provider asks for on top of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.errors import SendUnavailable, SendUncertain
from app.core.lifecycle import State
from app.core.ports import Pace
from app.delivery.dispatch import Dispatcher
from app.gate import Gate
from integrations.mail.outbox import OutboxMail
from tests.contract.watched import Watched
from tests.support.gates import START, Harness, a_draft, make_harness
from tests.support.provider.faults import Step

PACE = Pace(interval=timedelta(seconds=10), burst=2)
QUIET = timedelta(minutes=5)
DRAFTS = 7


class House:
    """Two gates that send through one mailbox."""

    def __init__(self, engine: sa.Engine, folder: Path) -> None:
        self.folder = folder
        self.harness: Harness = make_harness(engine)
        store, clock = self.harness.store, self.harness.clock
        self.watched = Watched(inside=OutboxMail(folder), store=store, clock=clock, pace=PACE)
        self.gates: Sequence[Gate] = [self._gate("first"), self._gate("second")]
        self.ids = [self.gates[0].submit(a_draft()).row.id for _ in range(DRAFTS)]

    def _gate(self, worker: str) -> Gate:
        return replace(self.harness.gate, dispatcher=Dispatcher(provider=self.watched, worker=worker))

    def states(self) -> set[State]:
        with self.harness.store.read() as reader:
            return {reader.drafts.get(one).state for one in self.ids}

    def run(self, until: Callable[[], bool]) -> None:
        """Wake what is due, by turns, and let time pass in between."""
        store, clock = self.harness.store, self.harness.clock
        for _ in range(2000):
            if until():
                return
            with store.read() as reader:
                due = reader.drafts.overdue(now=clock.now(), grace=timedelta(0), limit=100)
            for number, (draft_id, version) in enumerate(due):
                self.gates[number % 2].wake(draft_id, version)
            if not due:
                clock.advance(timedelta(seconds=1))
        raise AssertionError("they never came to their end")

    def moments(self) -> list[float]:
        """When the provider was told to send, in seconds since the first time."""
        return [(moment - self.watched.moments[0]).total_seconds() for moment in self.watched.moments]


pytestmark = [
    pytest.mark.usefixtures("kind"),
    pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]),
]


@pytest.fixture
def house(database: sa.Engine, tmp_path: Path) -> House:
    return House(database, tmp_path / "outbox")


def test_two_gates_keep_the_pace_of_one_mailbox(house: House) -> None:
    house.run(lambda: house.states() == {State.SENT})
    assert house.moments() == [0, 0, 10, 20, 30, 40, 50]
    assert house.watched.objections == []


@pytest.mark.parametrize("error", [SendUnavailable, SendUncertain])
def test_a_retry_after_holds_back_the_whole_mailbox_those_with_a_slot_too(
    house: House, error: type[SendUnavailable | SendUncertain]
) -> None:
    house.run(lambda: len(house.watched.moments) == 2)

    def throttle() -> None:
        raise error("slow down", retry_after=QUIET)

    house.watched.before[Step.SEND] = throttle
    house.run(lambda: Step.SEND not in house.watched.before)
    throttled_at = (house.harness.clock.now() - house.watched.moments[0]).total_seconds()
    house.run(lambda: house.states() == {State.SENT})
    later = house.moments()[2:]
    assert len(later) == DRAFTS - 2
    assert min(later) >= throttled_at + QUIET.total_seconds()
    # They keep the pace afterwards too; the one that was throttled may come on top of it.
    assert max(later) - min(later) >= (DRAFTS - 4) * PACE.interval.total_seconds()
    assert len(list(house.folder.glob("*.eml"))) == DRAFTS


def test_another_mailbox_is_not_held_back(house: House) -> None:
    with house.harness.store.write(now=START) as tx:
        tx.paces.hold(house.watched.name, "somebody.else@ours.example", PACE, until=START + timedelta(days=1))
    house.run(lambda: len(house.watched.moments) == 2)
    assert house.harness.clock.now() - START < timedelta(minutes=1)


def test_what_nobody_heard_of_is_not_asked_about_while_the_provider_wants_quiet(house: House) -> None:
    def lose() -> None:
        raise ConnectionResetError("scripted")

    house.watched.after[Step.SEND] = lose
    house.run(lambda: State.UNKNOWN in house.states())
    now = house.harness.clock.now()
    with house.harness.store.write(now=now) as tx:
        tx.paces.hold(house.watched.name, "sam@ours.example", PACE, until=now + QUIET)
    house.watched.calls.clear()
    house.run(lambda: Step.FIND in house.watched.calls)
    assert house.harness.clock.now() >= now + QUIET
    house.run(lambda: house.states() == {State.SENT})
