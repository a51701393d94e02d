"""Timers and wake-ups, on DBOS. It holds no state that matters: the rows do, and a sweep finds what it lost."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
import structlog
from dbos import DBOS, DBOSClient, DBOSConfig

from app.core.clock import Clock
from app.core.limits import LONGEST_WINDOW
from app.gate import Gate
from app.limits.rejudging import judge_freed
from app.monitoring.due import raise_due_alerts
from app.store.store import Store

_APPLICATION = "countersign"
_QUEUE = "wake"
_WORKFLOW = "wake"
# Constant for ever: DBOS leaves work that waits under another version string stranded.
_VERSION = "gate-1"
_POLL_SECONDS = 0.1
_CONCURRENCY = 16
_SWEEP_SECONDS = 5.0
_SWEEP_GRACE = timedelta(seconds=5)
"""How long after its timer rang a draft may stand still before the sweep wakes it again."""
_SWEEP_BATCH = 500
_FINISHED = ["SUCCESS", "ERROR", "CANCELLED"]
_TIDY_BATCH = 1000
_KEPT = timedelta(minutes=10)
"""How long the engine's rows of wake-ups that are over are kept."""

_log = structlog.get_logger(__name__)


class DbosWakeUps:
    """Sets timers as DBOS workflows, in the caller's transaction. Any process may, not only a worker."""

    def __init__(self, engine: sa.Engine) -> None:
        self._client = DBOSClient(system_database_engine=engine, application_name=_APPLICATION, lazy=True)

    def enqueue(self, connection: sa.Connection, draft_id: str, version: int, *, at: datetime, now: datetime) -> None:
        """Have the draft woken at `at`; the same draft and version twice is one wake-up."""
        self._enqueue(connection, draft_id, version, f"{draft_id}:{version}", delay=at - now)

    def enqueue_swept(self, connection: sa.Connection, draft_id: str, version: int, *, now: datetime) -> None:
        """Have a draft woken again whose wake-up was lost; at most once in each stretch of grace."""
        stretch = int(now.timestamp() / _SWEEP_GRACE.total_seconds())
        self._enqueue(connection, draft_id, version, f"{draft_id}:{version}:sweep:{stretch}", delay=timedelta(0))

    def _enqueue(
        self, connection: sa.Connection, draft_id: str, version: int, workflow_id: str, *, delay: timedelta
    ) -> None:
        self._client.enqueue_in_transaction(
            connection,
            {
                "workflow_name": _WORKFLOW,
                "queue_name": _QUEUE,
                "workflow_id": workflow_id,
                "app_version": _VERSION,
                "delay_seconds": max(0.0, delay.total_seconds()),
            },
            draft_id,
            version,
        )

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
        self, *, engine: sa.Engine, wake_ups: DbosWakeUps, gate: Gate, store: Store, clock: Clock, name: str
    ) -> None:
        self._engine = engine
        self._wake_ups = wake_ups
        self._gate = gate
        self._store = store
        self._clock = clock
        self._name = name
        self._stopping = threading.Event()
        self._sweeper = threading.Thread(target=self._sweep_until_stopped, name="sweeper", daemon=True)

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

        def wake(draft_id: str, version: int) -> None:
            self._wake(draft_id, version)  # the engine marks what it is given, and a method cannot be marked

        DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=None)(wake)
        DBOS.launch()
        DBOS.register_queue(_QUEUE, worker_concurrency=_CONCURRENCY, polling_interval_sec=_POLL_SECONDS)
        self._sweeper.start()

    def stop(self) -> None:
        """Take no more wake-ups, finish those that were begun, and return."""
        self._stopping.set()
        self._sweeper.join()
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=30)

    def sweep(self) -> int:
        """Wake what should have been woken. Returns how many drafts were."""
        now = self._clock.now()
        with self._store.read() as reader:
            overdue = reader.drafts.overdue(now=now, grace=_SWEEP_GRACE, limit=_SWEEP_BATCH)
        if overdue:
            with self._engine.begin() as connection:
                for draft_id, version in overdue:
                    self._wake_ups.enqueue_swept(connection, draft_id, version, now=now)
        return len(overdue)

    def _wake(self, draft_id: str, version: int) -> None:
        try:
            self._gate.wake(draft_id, version)
        except Exception as error:  # noqa: BLE001 - the row still says when it was due: the sweep tries again
            _log.error("wake failed", draft=draft_id, version=version, error=f"{type(error).__name__}: {error}")

    def _sweep_until_stopped(self) -> None:
        while not self._stopping.wait(_SWEEP_SECONDS):
            for task in (self.sweep, self._judge_freed, self._raise_alerts, self._tidy):
                try:
                    task()
                except Exception as error:  # noqa: BLE001 - one bad row must not stop what all drafts wait for
                    _log.error("sweep failed", task=task.__name__, error=f"{type(error).__name__}: {error}")

    def _raise_alerts(self) -> None:
        raise_due_alerts(self._store, now=self._clock.now())

    def _judge_freed(self) -> None:
        judge_freed(self._gate)

    def _tidy(self) -> None:
        self._wake_ups.tidy(before=datetime.now(UTC) - _KEPT)
        now = self._clock.now()
        with self._store.write(now=now) as tx:
            tx.uses.forget(before=now - LONGEST_WINDOW)
            tx.stops.forget()
