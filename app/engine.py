"""Timers and wake-ups, on DBOS. It holds no state that matters: the rows do, and a sweep finds what it lost."""

from __future__ import annotations

import math
import secrets
import threading
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions

from app.core.clock import Clock, SystemClock
from app.gate import Gate
from app.limits.rejudging import judge_freed
from app.monitoring.due import raise_due_alerts
from app.repeating import Repeating, Task
from app.rounds import Rounds
from app.store.store import Store, Token

_APPLICATION = "countersign"
_QUEUE = "wake"
_WORKFLOW = "wake"
# Constant for ever: DBOS leaves work that waits under another version string stranded.
_VERSION = "gate-1"
_POLL_SECONDS = 0.225
"""Asking costs an idle worker most of its processor time, waiting longer costs every send."""
_LANES = 4
"""How many rounds a worker goes at the same time."""
_SLOT_SECONDS = 0.05
_AT_ONCE = ":now:"
"""In the id of a look that was queued without a delay, before its slot."""
_SLOTS_REMEMBERED = 4096
_SWEEP = timedelta(seconds=1)
_CHORES = timedelta(seconds=5)
_SWEEP_GRACE = timedelta(seconds=1)
"""How long after its timer rang a draft may stand still before the sweep has it looked at."""
_FINISHED = ["SUCCESS", "ERROR", "CANCELLED"]
_TIDY_BATCH = 1000
_KEPT = timedelta(minutes=10)
"""How long the engine's rows of wake-ups that are over are kept."""

_log = structlog.get_logger(__name__)


class DbosWakeUps:
    """Sets timers as DBOS workflows, in the caller's transaction. Any process may, not only a worker.

    A workflow is one look at what is due. Moments are rounded up to the next slot but one, and each process sets a
    slot once: a thousand drafts that are due in the same instant cost one workflow, not a thousand. The engine looks
    every second for timers that have rung; what is due already is queued at once instead, and need not wait for that.
    """

    def __init__(self, engine: sa.Engine, *, wall: Clock | None = None) -> None:
        self._client = DBOSClient(system_database_engine=engine, application_name=_APPLICATION, lazy=True)
        self._wall = wall or SystemClock()
        self._process = secrets.token_hex(6)
        self._set: dict[int, None] = {}

    def enqueue(self, connection: sa.Connection, moments: Collection[datetime], *, now: datetime) -> Token:
        """Have a worker look for what is due at each of these moments, or very soon after."""
        wall = self._wall.now().timestamp()
        later = {_slot(wall + (moment - now).total_seconds()) for moment in moments if moment > now}
        for slot in sorted(later.difference(self._set)):
            self._enqueue(connection, f"{self._process}:{slot}", delay=slot * _SLOT_SECONDS - wall)
        at_once = {-_slot(wall)} if any(moment <= now for moment in moments) else set()  # below 0: told apart
        if at_once.difference(self._set):
            self.enqueue_now(connection)
        return frozenset(later | at_once)

    def committed(self, token: Token) -> None:
        """These slots are set for good: nobody in this process has to set them again."""
        for slot in token:
            self._set[slot] = None
        while len(self._set) > _SLOTS_REMEMBERED:
            self._set.pop(next(iter(self._set)), None)

    def enqueue_now(self, connection: sa.Connection) -> None:
        """Have workers look at once; at most once in a slot by each process."""
        self._enqueue(connection, f"{self._process}{_AT_ONCE}{_slot(self._wall.now().timestamp())}")

    def rest_of_slot(self, workflow_id: str) -> float:
        """Seconds until all is kept, very likely, that shares this look at what is due at once; 0 for other looks."""
        _, at_once, slot = workflow_id.partition(_AT_ONCE)
        return max(0.0, int(slot) * _SLOT_SECONDS - self._wall.now().timestamp()) if at_once else 0.0

    def _enqueue(self, connection: sa.Connection, workflow_id: str, *, delay: float | None = None) -> None:
        options: EnqueueOptions = {
            "workflow_name": _WORKFLOW,
            "queue_name": _QUEUE,
            "workflow_id": workflow_id,
            "app_version": _VERSION,
        }
        if delay is not None:  # with a delay of nothing, too, the engine would wait for its next look at timers
            options["delay_seconds"] = max(0.0, delay)
        self._client.enqueue_in_transaction(connection, options)

    def tidy(self, *, before: datetime) -> int:
        """Delete the engine's rows of wake-ups that were over by then, or were taken by a worker that died.

        Returns how many. Deleting one that still runs would lose nothing: what matters is in the drafts' rows.
        """
        done = self._list(status=_FINISHED, completed_before=before.isoformat())
        orphaned = self._list(status=["PENDING"], dequeued_before=before.isoformat())
        self._client.delete_workflows([*done, *orphaned])
        return len(done) + len(orphaned)

    def _list(self, **conditions: Any) -> list[str]:
        found = self._client.list_workflows(
            queue_name=_QUEUE, limit=_TIDY_BATCH, load_input=False, load_output=False, **conditions
        )
        return [workflow.workflow_id for workflow in found]


class Worker:
    """Wakes drafts in this process until it is stopped. Run as many as you like, on one machine or many."""

    def __init__(
        self,
        *,
        engine: sa.Engine,
        wake_ups: DbosWakeUps,
        gate: Gate,
        store: Store,
        clock: Clock,
        name: str,
        chores: Sequence[Task] = (),
        errands: Sequence[Task] = (),
    ) -> None:
        """`chores` are done every few seconds beside drafts.

        `errands` too, each in a thread of its own: what one waits for outside holds up nothing else.
        """
        self._engine = engine
        self._wake_ups = wake_ups
        self._gate = gate
        self._store = store
        self._clock = clock
        self._name = name
        self._rounds = Rounds(gate=gate, store=store, clock=clock, worker=name)
        self._stopping = threading.Event()
        own = (self._judge_freed, self._raise_alerts, self._tidy)
        self._beside = (
            Repeating("sweep", every=_SWEEP, tasks=[self.sweep]),
            Repeating("chore", every=_CHORES, tasks=[*chores, *own]),
            *(Repeating(f"errand {n}", every=_CHORES, tasks=[task]) for n, task in enumerate(errands, start=1)),
        )

    def start(self) -> None:
        """Begin to take wake-ups. One worker a process, and once: make another one after `stop`."""
        config: DBOSConfig = {
            "name": _APPLICATION,
            "system_database_engine": self._engine,
            "system_database_url": self._engine.url.render_as_string(hide_password=False),
            "application_version": _VERSION,
            "executor_id": self._name,
            "log_level": "ERROR",
            "run_migrations": False,
        }
        DBOS(config=config)

        def wake() -> None:
            self._look(DBOS.workflow_id or "")  # the engine marks what it is given, and a method cannot be marked

        self._call_for_help()  # what rang while no worker ran need not wait for the first sweep
        DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=None)(wake)
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=_LANES, polling_interval_sec=_POLL_SECONDS)
        for repeating in self._beside:
            repeating.start()

    def stop(self) -> None:
        """Take no more wake-ups, finish those that were begun, and return."""
        self._stopping.set()
        for repeating in self._beside:
            repeating.stop()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=30)

    def sweep(self) -> bool:
        """Have workers look where something stands still that should have been woken. Returns whether any does."""
        with self._store.read() as reader:
            overdue = reader.due.is_any(before=self._clock.now() - _SWEEP_GRACE)
        if overdue:
            self._call_for_help()
        return overdue

    def _call_for_help(self) -> None:
        with self._engine.begin() as connection:
            self._wake_ups.enqueue_now(connection)

    def _look(self, workflow_id: str) -> None:
        self._go_round()
        rest = self._wake_ups.rest_of_slot(workflow_id)
        if rest and not self._stopping.wait(rest):
            self._go_round()

    def _go_round(self) -> None:
        self._rounds.work(on_more=self._call_for_help, go_on=lambda: not self._stopping.is_set())

    def _raise_alerts(self) -> None:
        raise_due_alerts(self._store, now=self._clock.now())

    def _judge_freed(self) -> None:
        judge_freed(self._gate)

    def _tidy(self) -> None:
        self._wake_ups.tidy(before=datetime.now(UTC) - _KEPT)
        with self._store.write(now=self._clock.now()) as tx:
            tx.stops.forget()


def _slot(moment: float) -> int:
    """The slot, some hundredths of a second ahead, by which a transaction that begins now is very likely kept.

    One that takes longer is found by the sweep.
    """
    return math.ceil(moment / _SLOT_SECONDS) + 1
