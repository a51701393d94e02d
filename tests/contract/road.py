"""One draft on its way through a real gate to the provider under test, each of its timers rung in turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import groupby

import sqlalchemy as sa

from app.audit.service import verify_store
from app.core.lifecycle import State
from app.core.notices import NoticeKind
from app.core.ports import MailProvider, Pace
from app.delivery.dispatch import Dispatcher, send_id_for
from app.delivery.outcomes import REMIND_AFTER
from app.gate import Gate
from app.standing import Standing
from app.store.rows import DraftRow, SendIntent
from tests.contract.watched import Watched
from tests.support.deciding import standing
from tests.support.gates import Harness, a_draft, make_harness

ENDS = frozenset({State.SENT, State.FAILED, State.NEEDS_PERSON})
_MOST_WAKE_UPS = 60


@dataclass(kw_only=True)
class Road:
    """The draft, the house around it, and the states it was in after each wake-up."""

    harness: Harness
    watched: Watched
    shown: Standing
    path: list[State] = field(default_factory=list)

    @property
    def row(self) -> DraftRow:
        """Where the draft is now."""
        return self.now.row

    @property
    def now(self) -> Standing:
        """All about the draft, now."""
        return standing(self.harness, self.shown.row.id)

    @property
    def send_id(self) -> str:
        """Under which id it leaves."""
        return send_id_for(self.shown.row)

    @property
    def intent(self) -> SendIntent | None:
        """What was written down before the provider was called."""
        with self.harness.store.read() as reader:
            return reader.sends.find(self.send_id)

    def another_worker(self, name: str) -> Gate:
        """One more gate on the same database and mailbox."""
        gate = self.harness.gate
        return replace(gate, dispatcher=Dispatcher(provider=self.watched, worker=name))

    def woken_at_its_time(self) -> Callable[[], None]:
        """The wake-up of the timer that rings now, for somebody else to make."""
        row, clock, gate = self.row, self.harness.clock, self.harness.gate
        assert row.due_at is not None
        clock.advance(max(timedelta(0), row.due_at - clock.now()))
        return partial(gate.wake, row.id, row.version)

    def ring(self, gate: Gate | None = None) -> State:
        """Let the timer of the draft ring, and have it woken once. Returns where it is then."""
        row, clock = self.row, self.harness.clock
        assert row.due_at is not None, f"{row.state} has no timer: nobody would ever look again"
        clock.advance(max(timedelta(0), row.due_at - clock.now()))
        (gate or self.harness.gate).wake(row.id, row.version)
        after = self.row
        self.path.append(after.state)
        self._require_timer(after)
        return after.state

    def to_its_end(self, gate: Gate | None = None, *, each: Callable[[int], None] = lambda _: None) -> State:
        """Ring until it has left, or a person has to look. `each` hears how often it has rung."""
        for rung in range(1, _MOST_WAKE_UPS):
            if self.row.state in ENDS:
                return self.row.state
            self.ring(gate)
            each(rung)
        raise AssertionError(f"no end after {_MOST_WAKE_UPS} wake-ups: {self.path_text}")

    @property
    def path_text(self) -> str:
        """The states one after the other, such as `unknown ×3 → sent`."""
        return " → ".join(_runs(self.path))

    def told(self, person: str) -> int:
        """How often the person was told about it."""
        with self.harness.store.read() as reader:
            notices = reader.notices.for_recipient(person, limit=100)
        return sum(n.kind is NoticeKind.STUCK and n.draft_id == self.row.id for n in notices)

    def require_sound(self, deliveries: Sequence[bytes]) -> None:
        """What holds at every moment: at most one delivery, of the saved bytes; the trail tells it all."""
        assert self.watched.objections == []
        assert len(deliveries) <= 1, f"delivered {len(deliveries)} times"
        row, intent = self.row, self.intent
        if deliveries:
            assert intent is not None, "it left, and nobody had written that down"
            assert list(deliveries) == [intent.raw], "other bytes left than those that were approved"
        if row.state is State.SENT:
            assert intent is not None
            assert intent.sent_at is not None
            assert len(deliveries) == 1, "it is called sent and has not left"
        if row.state is State.FAILED:
            assert deliveries == [], "it is called certainly not sent, and has left"
        if row.state in (State.FAILED, State.NEEDS_PERSON):
            assert self.told("sam") >= 1
            assert self.told("ruth") >= 1
        with self.harness.store.snapshot() as reader:
            verify_store(reader)

    def _require_timer(self, row: DraftRow) -> None:
        now = self.harness.clock.now()
        match row.state:
            case State.SENT:
                assert row.due_at is None
            case State.FAILED | State.NEEDS_PERSON:
                assert row.due_at == now + REMIND_AFTER
            case _:
                assert row.due_at is not None
                assert row.due_at > now, f"{row.state} would be woken for ever"


def _runs(path: Sequence[State]) -> Iterator[str]:
    for state, run in groupby(path):
        times = len(list(run))
        yield state.value if times == 1 else f"{state.value} ×{times}"


def set_out(database: sa.Engine, provider: MailProvider, *, pace: Pace | None = None) -> Road:
    """A draft that may leave by a rule, right before it is due, in a house of its own."""
    harness = make_harness(database)
    watched = Watched(inside=provider, store=harness.store, clock=harness.clock, pace=pace)
    gate = replace(harness.gate, dispatcher=Dispatcher(provider=watched, worker="first"))
    harness = replace(harness, gate=gate)
    return Road(harness=harness, watched=watched, shown=gate.submit(a_draft()))
