"""What Prometheus is told: counted once committed, read with few indexed questions, and never a failure."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families

from app.audit.chain import Event
from app.core.approvals import Verdict
from app.core.lifecycle import State
from app.operations.metrics import Metrics, timed
from app.store import gauges
from app.store.gauges import LIVING, MOST_COUNTED, read_depths
from app.store.observing import Observer
from app.store.store import NoWakeUps, Store
from tests.support.databases import sqlite_engine
from tests.support.gates import START, Harness, a_draft, make_harness


def with_metrics(engine: sa.Engine) -> tuple[Harness, Metrics]:
    """A gate whose store tells these metrics of its moves."""
    harness = make_harness(engine)
    metrics = Metrics(engine, harness.clock)
    return observed_by(harness, metrics), metrics


def observed_by(harness: Harness, observer: Observer) -> Harness:
    harness.store._observer = observer  # the harness makes its own store
    return harness


def values(metrics: Metrics) -> dict[tuple[str, str], float]:
    """Every sample by its name and its first label's value."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in families
        for sample in family.samples
    }


def test_moves_and_sends_are_counted_by_where_they_led(engine: sa.Engine) -> None:
    harness, metrics = with_metrics(engine)
    before = values(metrics)
    assert before["countersign_sends_total", "sent"] == 0, "there from the beginning, so that it can be seen to rise"
    harness.gate.submit(a_draft(client_id="one"))
    harness.gate.submit(a_draft(client_id="two"))
    harness.gate.submit(a_draft("block"))
    harness.mail.failures.extend(["unanswered"])
    harness.wait(seconds=31)

    seen = values(metrics)

    assert seen["countersign_moves_total", "scheduled"] == 2
    assert seen["countersign_moves_total", "blocked"] == 1
    assert (seen["countersign_sends_total", "sent"], seen["countersign_sends_total", "unknown"]) == (1, 1)
    assert seen["countersign_drafts", "unknown"] == 1
    assert ("countersign_drafts", "sent") not in seen, "what only grows is not counted again and again"


def test_what_was_rolled_back_is_not_counted(engine: sa.Engine) -> None:
    harness, metrics = with_metrics(engine)
    row = harness.gate.submit(a_draft("review")).row
    with contextlib.suppress(RuntimeError), harness.store.write(now=harness.clock.now()) as tx:
        tx.move(row, replace(row, version=2), Event(kind="test", actor="test", facts={}))
        raise RuntimeError("power cut")
    assert values(metrics)["countersign_moves_total", "in_review"] == 1


def test_how_late_timers_were_heard(engine: sa.Engine) -> None:
    harness, metrics = with_metrics(engine)
    harness.gate.submit(a_draft())
    harness.clock.advance(timedelta(seconds=30 + 7))
    harness.wake_due()
    seen = values(metrics)
    assert seen["countersign_wake_late_seconds_count", ""] == 1
    assert seen["countersign_wake_late_seconds_sum", ""] == pytest.approx(7)


def test_how_things_stand(engine: sa.Engine) -> None:
    harness, metrics = with_metrics(engine)
    asked = harness.gate.submit(a_draft("review"))
    harness.gate.submit(a_draft())
    harness.clock.advance(timedelta(seconds=90))
    seen = values(metrics)
    assert seen["countersign_database_up", ""] == 1
    assert (seen["countersign_drafts", "in_review"], seen["countersign_drafts", "scheduled"]) == (1, 1)
    assert seen["countersign_oldest_waiting_seconds", ""] == 90
    assert seen["countersign_oldest_due_seconds", "scheduled"] == 60
    assert seen["countersign_oldest_due_seconds", "in_review"] == 0
    with harness.store.read() as reader:
        assert seen["countersign_audit_head", ""] == reader.audit.head().seq

    harness.gate.decide(asked.row.id, person="ruth", verdict=Verdict.REJECT, digest=asked.row.digest)
    assert values(metrics)["countersign_oldest_waiting_seconds", ""] == 0


def test_every_question_is_answered_from_an_index(tmp_path: Path) -> None:
    """On SQLite, whose plans are the same whatever is stored."""
    with sqlite_engine(tmp_path) as engine:
        must_use_indexes(engine)


def must_use_indexes(engine: sa.Engine) -> None:
    asked: list[tuple[str, object]] = []

    @sa.event.listens_for(engine, "before_cursor_execute")
    def note(_conn: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        asked.append((statement, parameters))

    with engine.connect() as connection:
        read_depths(connection, now=START)
    sa.event.remove(engine, "before_cursor_execute", note)
    assert len(asked) <= 2 * len(LIVING) + 3
    with engine.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
            steps = [row[-1] for row in plan]
            assert not any("TEMP B-TREE" in step for step in steps), (statement, steps)
            scanned = {step.split()[1] for step in steps if step.startswith("SCAN")}
            assert not scanned & {"drafts", "approvals", "action_approvals"}, (statement, steps)


def test_counting_stops_early(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_COUNTED == 100_000
    harness, metrics = with_metrics(engine)
    for number in range(3):
        harness.gate.submit(a_draft("review", client_id=str(number)))
    few = {State.IN_REVIEW: gauges._up_to(State.IN_REVIEW, 2)}
    monkeypatch.setattr(gauges, "_LIVING_DRAFTS", few)
    assert values(metrics)["countersign_drafts", "in_review"] == 2


def test_without_a_database_the_process_still_tells_what_it_did(engine: sa.Engine) -> None:
    harness, _ = with_metrics(engine)
    nowhere = sa.create_engine("sqlite:////nowhere/at/all.db")
    metrics = Metrics(nowhere, harness.clock)
    observed_by(harness, metrics).gate.submit(a_draft())
    seen = values(metrics)
    assert seen["countersign_database_up", ""] == 0
    assert seen["countersign_moves_total", "scheduled"] == 1
    assert not any(name == "countersign_drafts" for name, _ in seen)


def test_verdicts_are_timed_also_where_they_fail(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    _, metrics = with_metrics(engine)
    moments = iter([10.0, 10.02, 20.0, 20.3])
    monkeypatch.setattr("app.operations.metrics.time.perf_counter", lambda: next(moments))
    with timed(metrics.judged):
        pass
    with pytest.raises(ValueError, match="bad"), timed(metrics.judged):
        raise ValueError("bad")
    seen = values(metrics)
    assert seen["countersign_verdict_seconds_count", ""] == 2
    assert seen["countersign_verdict_seconds_sum", ""] == pytest.approx(0.32)


def test_two_sets_of_metrics_know_nothing_of_each_other(engine: sa.Engine) -> None:
    harness, first = with_metrics(engine)
    second = Metrics(engine, harness.clock)
    harness.gate.submit(a_draft())
    assert values(first)["countersign_moves_total", "scheduled"] == 1
    assert values(second)["countersign_moves_total", "scheduled"] == 0


def test_a_store_without_an_observer_says_nothing(engine: sa.Engine) -> None:
    with Store(engine, NoWakeUps()).write(now=make_harness(engine).clock.now()) as tx:
        assert tx.moves == []
