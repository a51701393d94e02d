"""Metrics for Prometheus, in a registry of their own.

What happened is counted in the process in which it happened, after it was committed; how things stand is read from
the database whenever somebody asks. So every process may be asked: counters add up, gauges are the same everywhere.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from app.core.clock import Clock
from app.core.lifecycle import State
from app.store.gauges import MOST_COUNTED, Depths, read_depths
from app.store.observing import Moved

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_VERDICT_BUCKETS = (0.002, 0.005, 0.01, 0.015, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
_LATE_BUCKETS = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
_OUTCOMES = ("sent", "scheduled", "unknown", "needs_person", "failed")
_BEGUN = frozenset({"sending", "reconciling"})
"""States in which an attempt goes on."""
_PUT_OFF = "send.deferred"
"""The mailbox may not send yet: nothing was attempted."""


class Metrics:
    """Counts what this process does, and answers Prometheus."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._registry = CollectorRegistry()
        self._moves = Counter(
            "countersign_moves", "Drafts that this process moved into a state.", ["state"], registry=self._registry
        )
        self._sends = Counter(
            "countersign_sends",
            "Attempts to send that this process ended, by the state they led to: sent, unknown, and so on.",
            ["outcome"],
            registry=self._registry,
        )
        self._verdicts = Histogram(
            "countersign_verdict_seconds",
            "How long a verdict took, facts included.",
            buckets=_VERDICT_BUCKETS,
            registry=self._registry,
        )
        self._late = Histogram(
            "countersign_wake_late_seconds",
            "How long a timer had rung when this process moved its draft.",
            buckets=_LATE_BUCKETS,
            registry=self._registry,
        )
        for state in State:
            self._moves.labels(state.value)  # a series that is not there cannot be seen to rise
        for outcome in _OUTCOMES:
            self._sends.labels(outcome)
        self._registry.register(_Standing(engine, clock))
        ProcessCollector(registry=self._registry)

    def moved(self, moves: Sequence[Moved]) -> None:
        """Count moves that were kept."""
        for move in moves:
            self._moves.labels(move.state.value).inc()
            if _ends_an_attempt(move):
                self._sends.labels(move.state.value).inc()
            if move.late_by is not None:
                self._late.observe(move.late_by.total_seconds())

    def judged(self, took: timedelta) -> None:
        """Count one verdict."""
        self._verdicts.observe(took.total_seconds())

    def exposition(self) -> bytes:
        """Everything in Prometheus' text format. Where the database is silent, `countersign_database_up` is 0."""
        return generate_latest(self._registry)


def _ends_an_attempt(move: Moved) -> bool:
    is_sending = move.kind == "draft.sent" or move.kind.startswith("send.")
    return is_sending and move.kind != _PUT_OFF and move.state.value not in _BEGUN


class _Standing(Collector):
    """How things stand, read when it is asked for."""

    def __init__(self, engine: sa.Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def describe(self) -> Iterator[Metric]:
        """Nothing: otherwise the registry would ask the database before anybody else does."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        """The gauges; without the database only that it is not there."""
        try:
            with self._engine.connect() as connection:
                depths = read_depths(connection, now=self._clock.now())
        except SQLAlchemyError:
            yield _gauge("countersign_database_up", "Whether the database answered.", 0)
            return
        yield _gauge("countersign_database_up", "Whether the database answered.", 1)
        yield from _families(depths)


def _families(depths: Depths) -> Iterator[Metric]:
    drafts = GaugeMetricFamily(
        "countersign_drafts", f"Drafts in a state that does not last, counted up to {MOST_COUNTED}.", labels=["state"]
    )
    overdue = GaugeMetricFamily(
        "countersign_oldest_due_seconds", "How long the earliest timer in a state has rung.", labels=["state"]
    )
    for state, count in depths.drafts.items():
        drafts.add_metric([state.value], count)
    for state, seconds in depths.overdue_seconds.items():
        overdue.add_metric([state.value], seconds)
    yield drafts
    yield overdue
    yield _gauge(
        "countersign_oldest_waiting_seconds", "How long the oldest open request has waited.", depths.waiting_seconds
    )
    yield _gauge("countersign_audit_head", "The number of the newest event in the trail.", depths.trail_length)


def _gauge(name: str, help: str, value: float) -> Metric:
    return GaugeMetricFamily(name, help, value=value)


@contextmanager
def timed(hear: Callable[[timedelta], None]) -> Iterator[None]:
    """Tell how long the block took, also where it raised."""
    began = time.perf_counter()
    try:
        yield
    finally:
        hear(timedelta(seconds=time.perf_counter() - began))
