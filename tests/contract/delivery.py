"""What holds for every provider behind the real gate, whatever goes wrong: delivered once, or before a person.

A new provider is one subclass of `DeliveryContract`. It gives the provider and says how to hurt it; see
docs/providers.md. What became of each fault is pinned in `outcomes.txt`.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import ClassVar

import pytest
import sqlalchemy as sa

from app.core.errors import MoveNotAllowed
from app.core.lifecycle import State
from app.core.ports import MailProvider
from app.delivery.dispatch import LEASE
from tests.contract import table
from tests.contract.road import ENDS, Road, set_out
from tests.contract.scenes import CELLS, Cell, Scene
from tests.contract.watched import Died, Frozen, die
from tests.support.provider.faults import ASKS_TO_WAIT, RETRY_AFTER, Fault, Step

_SIGNS_IN_AFTER = 3
"""Wake-ups after which the owner of a mailbox signs in again."""
_RIVALS = 8
_FELT = frozenset({Fault.UNANSWERED, Fault.ERROR_AFTER, Fault.DROPPED, Fault.ERROR_BEFORE, Fault.BUSY, Fault.REVOKED})
"""What no provider can overlook when it sends."""
_MOST_ATTEMPTS = 6

Tell = Callable[[str, str, str], None]


def _lose_the_answer() -> None:
    raise ConnectionResetError("the answer was lost")


class DeliveryContract(ABC):
    """The promises of delivery. Everything is tried through the gate, on a database of its own."""

    label: ClassVar[str]
    """The provider's name in the table."""
    databases: ClassVar[Sequence[str]] = ("sqlite",)
    """On which databases workers die and freeze."""

    # ── what a provider gives ─────────────────────────────────────────────────────────────────────────────

    @pytest.fixture
    @abstractmethod
    def provider(self) -> MailProvider:
        """A fresh provider whose mailbox is open and empty."""

    @abstractmethod
    def deliveries(self) -> Sequence[bytes]:
        """The raw bytes of everything that has left."""

    @classmethod
    @abstractmethod
    def cannot(cls, scene: Scene, fault: Fault) -> str:
        """Why the provider cannot have this fault there; empty where it can."""

    @abstractmethod
    def hurt(self, step: Step, fault: Fault) -> None:
        """Have the next call of the step go wrong like this, after what it was told before."""

    def sign_in(self) -> None:  # noqa: B027 - a provider without accounts has nobody to sign in
        """The owner lets the gate into the mailbox again."""

    # ── how it is tried ───────────────────────────────────────────────────────────────────────────────────

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One test a fault that the provider can have; one a step at which a worker may die or freeze."""
        if "cell" in metafunc.fixturenames:
            possible = [cell for cell in CELLS if not self.cannot(*cell)]
            metafunc.parametrize("cell", possible, ids=["-".join(cell).replace(" ", "_") for cell in possible])
        if "kind" in metafunc.fixturenames:
            marks = {"postgres": pytest.mark.postgres}
            metafunc.parametrize("kind", [pytest.param(k, marks=marks.get(k, ())) for k in self.databases])

    @pytest.fixture
    def road(self, provider: MailProvider, database: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Road:
        """A draft that may leave, in a house of its own whose patience is short."""
        monkeypatch.setattr("app.delivery.outcomes.MOST_ATTEMPTS", _MOST_ATTEMPTS)
        return set_out(database, provider)

    @pytest.fixture
    def tell(self, record_property: Callable[[str, object], None]) -> Tell:
        """Enter an outcome in the table, and compare it with the pinned one."""

        def enter(where: str, what: str, outcome: str) -> None:
            one = table.line(self.label, where, what, outcome)
            record_property(table.PROPERTY, one)
            table.check(one)

        return enter

    def finished(self, road: Road) -> str:
        """What became of the draft, in the words of the table."""
        deliveries = self.deliveries()
        road.require_sound(deliveries)
        return f"{len(deliveries)} delivered, {road.path_text}"

    # ── every fault at every step ─────────────────────────────────────────────────────────────────────────

    def test_a_fault_at_a_step(self, cell: Cell, road: Road, tell: Tell) -> None:
        scene, fault = cell
        if scene.comes_after is not None:
            self.hurt(Step.SEND, scene.comes_after)
        self.hurt(scene.step, fault)
        asked_for_quiet = 0

        def each(rung: int) -> None:
            nonlocal asked_for_quiet
            row, now = road.row, road.harness.clock.now()
            asked_for_quiet += row.due_at is not None and row.due_at >= now + RETRY_AFTER
            if rung == 1:
                road.require_sound(self.deliveries())
            if rung == _SIGNS_IN_AFTER:
                assert fault is not Fault.REVOKED or road.told("sam") == 1, "nobody knows that it waits for a sign-in"
                self.sign_in()

        road.to_its_end(each=each)
        if fault in ASKS_TO_WAIT and set(road.path) - ENDS:
            assert asked_for_quiet, (
                "the provider's Retry-After was not honoured: the error that was raised needs its `retry_after`"
            )
        if scene is Scene.SEND and fault in _FELT:
            assert road.path_text != State.SENT, "nothing went wrong: does `hurt` reach the server?"
        tell(scene, fault, self.finished(road))

    def test_every_other_fault_is_declared(self, record_property: Callable[[str, object], None]) -> None:
        declared = []
        for scene, fault in CELLS:
            why = self.cannot(scene, fault)
            if why:
                declared.append(table.line(self.label, scene, fault, f"cannot be: {why}"))
        for one in declared:
            record_property(table.PROPERTY, one)
        for one in declared:
            table.check(one)

    # ── workers that die, and workers that freeze ─────────────────────────────────────────────────────────

    @pytest.mark.usefixtures("kind")
    @pytest.mark.parametrize("moment", ["before", "after"])
    @pytest.mark.parametrize("step", list(Step), ids=str)
    def test_a_worker_dies(self, step: Step, moment: str, road: Road, tell: Tell) -> None:
        if step is Step.FIND:
            road.watched.after[Step.SEND] = _lose_the_answer
            road.ring()
        if road.row.state is State.NEEDS_PERSON:
            tell(step, f"worker dies {moment}", "cannot be: nobody is asked")
            return
        hooks = road.watched.before if moment == "before" else road.watched.after
        hooks[step] = die
        with pytest.raises(Died):
            road.ring()
        road.path.append(road.row.state)
        road.require_sound(self.deliveries())
        road.to_its_end(road.another_worker("second"))
        tell(step, f"worker dies {moment}", self.finished(road))

    @pytest.mark.usefixtures("kind")
    @pytest.mark.parametrize("step", list(Step), ids=str)
    def test_a_worker_freezes_and_thaws_after_another_took_over(self, step: Step, road: Road, tell: Tell) -> None:
        if step is Step.FIND:
            road.watched.after[Step.SEND] = _lose_the_answer
            road.ring()
        if road.row.state is State.NEEDS_PERSON:
            tell(step, "worker freezes", "cannot be: nobody is asked")
            return
        frozen = Frozen(road.watched, step, road.woken_at_its_time())
        assert frozen.reached()
        road.path.append(road.row.state)
        assert road.row.due_at == road.harness.clock.now() + LEASE
        road.to_its_end(road.another_worker("second"))
        frozen.thaw()
        if road.row.state is not road.path[-1]:
            road.path.append(road.row.state)
        tell(step, "worker freezes", self.finished(road))

    def test_a_wake_up_that_comes_many_times_sends_once(self, road: Road) -> None:
        row, gate = road.row, road.harness.gate
        assert row.due_at is not None
        road.harness.clock.advance(row.due_at - road.harness.clock.now())
        threads = [threading.Thread(target=gate.wake, args=(row.id, row.version)) for _ in range(_RIVALS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert road.row.state is State.SENT
        assert len(self.deliveries()) == 1
        road.require_sound(self.deliveries())

    # ── people ────────────────────────────────────────────────────────────────────────────────────────────

    def test_a_person_who_has_looked_says_that_it_left(self, road: Road) -> None:
        self._before_a_person(road)
        row, gate = road.row, road.harness.gate
        gate.settle_send(row.id, person="sam", digest=row.digest, left=True, reason="it is in the sent folder")
        assert road.row.state is State.SENT
        with road.harness.store.read() as reader:
            assert len(reader.ledger.entries()) == 1
        road.require_sound(self.deliveries())
        with pytest.raises(MoveNotAllowed):
            gate.settle_send(row.id, person="sam", digest=row.digest, left=False, reason="or did it?")

    def test_a_person_who_found_no_trace_has_it_tried_again(self, road: Road) -> None:
        self._before_a_person(road, delivered=False)
        row, gate = road.row, road.harness.gate
        gate.settle_send(row.id, person="sam", digest=row.digest, left=False, reason="it is nowhere")
        assert road.row.state is State.SCHEDULED
        assert road.to_its_end() is State.SENT
        assert len(self.deliveries()) == 1
        road.require_sound(self.deliveries())

    def _before_a_person(self, road: Road, *, delivered: bool = True) -> None:
        """A send whose answer was lost, with a provider that can never tell what became of it."""
        hooks = road.watched.after if delivered else road.watched.before
        hooks[Step.SEND] = _lose_the_answer

        def each(_: int) -> None:
            road.watched.before[Step.FIND] = _lose_the_answer

        each(0)
        assert road.to_its_end(each=each) is State.NEEDS_PERSON
        assert len(self.deliveries()) == delivered
        road.require_sound(self.deliveries())
        road.watched.before.clear()
