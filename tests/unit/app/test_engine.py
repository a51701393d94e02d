"""The real engine on real databases: what is due is woken, what was lost is found, what is over is tidied away."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from app.audit.chain import Event
from app.core.clock import ManualClock
from app.core.lifecycle import State
from app.delivery.sending import Departure
from app.engine import DbosWakeUps, Worker
from app.gate import Gate
from app.standing import Standing
from app.store.store import Store
from tests.support.gates import Harness, a_draft, make_harness
from tests.support.processes import wait_until
from tests.unit.app.limits.scenes import resume, stop


def with_engine(harness: Harness, engine: sa.Engine) -> tuple[Harness, Callable[[], Worker]]:
    """The harness with real wake-ups, and a maker of workers on it."""
    wake_ups = DbosWakeUps(engine)
    store = Store(engine, wake_ups)
    gate = replace(harness.gate, store=store)

    def worker() -> Worker:
        return Worker(engine=engine, wake_ups=wake_ups, gate=gate, store=store, clock=gate.clock, name="test-worker")

    return replace(harness, store=store, gate=gate), worker


def state_of(harness: Harness, draft_id: str) -> State:
    with harness.store.read() as reader:
        return reader.drafts.get(draft_id).state


def wake_ups_in(engine: sa.Engine) -> int:
    table = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
    with engine.connect() as connection:
        count: int = connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608
    return count


def test_a_worker_sends_what_is_due_and_stops_when_told(engine: sa.Engine) -> None:
    harness, make_worker = with_engine(make_harness(engine), engine)
    harness.publish(2, undo_window="0s")
    sent = [harness.gate.submit(a_draft(client_id=str(n))).row.id for n in range(5)]
    waiting = harness.gate.submit(a_draft("review"))
    worker = make_worker()
    worker.start()
    try:
        wait_until(
            lambda: all(state_of(harness, i) is State.SENT for i in sent), seconds=30, what="five drafts to be sent"
        )
    finally:
        worker.stop()
    assert state_of(harness, waiting.row.id) is State.IN_REVIEW
    assert len(harness.mail.delivered) == 5


def test_a_worker_looks_at_once_for_what_rang_while_none_ran(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.engine._SWEEP", timedelta(hours=1))
    no_wake_ups = make_harness(engine)
    no_wake_ups.publish(2, undo_window="0s")
    draft_id = no_wake_ups.gate.submit(a_draft()).row.id
    harness, make_worker = with_engine(no_wake_ups, engine)
    worker = make_worker()
    worker.start()
    try:
        wait_until(lambda: state_of(harness, draft_id) is State.SENT, seconds=30, what="the draft to be sent")
    finally:
        worker.stop()


def test_a_wake_up_is_set_only_if_the_move_is_kept(engine: sa.Engine) -> None:
    harness, _ = with_engine(make_harness(engine), engine)
    harness.gate.submit(a_draft(client_id="kept"))
    before = wake_ups_in(engine)
    with contextlib.suppress(RuntimeError), harness.store.write(now=harness.clock.now()) as tx:
        row = tx.drafts.get("dr_000001")
        tx.move(row, replace(row, version=2), Event(kind="test", actor="test", facts={}))
        raise RuntimeError("power cut")
    assert wake_ups_in(engine) == before == 1


@pytest.mark.parametrize("remembered", [True, False])
@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=1)])
def test_what_is_due_in_the_same_instant_is_one_wake_up(
    engine: sa.Engine, remembered: bool, ahead: timedelta
) -> None:
    make_harness(engine)
    now = datetime.now(UTC).replace(microsecond=10_000)  # well inside a slot
    wake_ups = DbosWakeUps(engine, wall=ManualClock(now))
    for _ in range(3):
        with engine.begin() as connection:
            moments = [now + ahead, now + ahead + timedelta(milliseconds=1) * bool(ahead)]
            token = wake_ups.enqueue(connection, moments, now=now)
        if remembered:
            wake_ups.committed(token)
    assert wake_ups_in(engine) == 1


def test_what_is_due_at_once_waits_for_no_timer_and_its_look_lasts_to_the_end_of_its_slot(engine: sa.Engine) -> None:
    make_harness(engine)
    clock = ManualClock(datetime.now(UTC).replace(microsecond=10_000))
    wake_ups = DbosWakeUps(engine, wall=clock)
    with engine.begin() as connection:
        wake_ups.enqueue(connection, [clock.now(), clock.now() + timedelta(minutes=1)], now=clock.now())
    table = "workflow_status" if engine.dialect.name == "sqlite" else "dbos.workflow_status"
    with engine.connect() as connection:
        rows = connection.execute(sa.text(f"SELECT workflow_uuid, status FROM {table}"))  # noqa: S608
        ids = {status: workflow_id for workflow_id, status in rows}
    assert set(ids) == {"ENQUEUED", "DELAYED"}
    assert 0.04 < wake_ups.rest_of_slot(ids["ENQUEUED"]) <= 0.1
    assert wake_ups.rest_of_slot(ids["DELAYED"]) == 0.0
    clock.advance(timedelta(milliseconds=100))
    assert wake_ups.rest_of_slot(ids["ENQUEUED"]) == 0.0


def test_a_wake_up_that_was_rolled_back_is_set_again(engine: sa.Engine) -> None:
    make_harness(engine)
    now = datetime.now(UTC)
    wake_ups = DbosWakeUps(engine, wall=ManualClock(now))
    with contextlib.suppress(RuntimeError), engine.begin() as connection:
        wake_ups.enqueue(connection, [now], now=now)
        raise RuntimeError("power cut")
    assert wake_ups_in(engine) == 0
    with engine.begin() as connection:
        wake_ups.enqueue(connection, [now], now=now)
    assert wake_ups_in(engine) == 1


def test_only_what_must_ring_on_the_second_has_a_wake_up_of_its_own(engine: sa.Engine) -> None:
    harness, _ = with_engine(make_harness(engine), engine)
    harness.gate.submit(a_draft("review"))
    harness.gate.submit(a_draft("block"))
    assert wake_ups_in(engine) == 0
    harness.gate.submit(a_draft())
    assert wake_ups_in(engine) == 1


def test_the_sweep_finds_what_no_wake_up_was_left_for(engine: sa.Engine) -> None:
    harness = make_harness(engine)  # sets no wake-ups: all of them are lost
    lost = harness.gate.submit(a_draft())
    expiring = harness.gate.submit(a_draft("review"))
    swept, make_worker = with_engine(harness, engine)
    worker = make_worker()
    assert not worker.sweep()
    harness.clock.advance(timedelta(seconds=30.5))
    assert not worker.sweep(), "within the grace"
    harness.clock.advance(timedelta(seconds=2))
    assert worker.sweep()
    harness.clock.advance(timedelta(hours=25))
    worker.start()
    try:
        wait_until(
            lambda: (state_of(swept, lost.row.id), state_of(swept, expiring.row.id)) == (State.SENT, State.EXPIRED),
            seconds=60,
            what="the sweep to find both",
        )
    finally:
        worker.stop()


def test_a_draft_that_breaks_the_worker_does_not_stop_the_others(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness, make_worker = with_engine(make_harness(engine), engine)
    harness.publish(2, undo_window="0s")
    bad = harness.gate.submit(a_draft(client_id="bad")).row.id
    good = harness.gate.submit(a_draft(client_id="good")).row.id
    look_again = type(harness.gate)._look_again

    def sometimes(gate: Gate, standing: Standing) -> Departure:
        if standing.row.id == bad:
            raise RecursionError("nobody foresaw this")
        return look_again(gate, standing)

    monkeypatch.setattr(type(harness.gate), "_look_again", sometimes)
    worker = make_worker()
    worker.start()
    try:
        wait_until(lambda: state_of(harness, good) is State.SENT, seconds=30, what="the good draft to be sent")
    finally:
        worker.stop()
    assert state_of(harness, bad) is State.SCHEDULED


def test_what_is_over_is_tidied_away(engine: sa.Engine) -> None:
    harness, make_worker = with_engine(make_harness(engine), engine)
    harness.publish(2, undo_window="0s")
    draft_id = harness.gate.submit(a_draft()).row.id
    worker = make_worker()
    worker.start()
    try:
        wait_until(lambda: state_of(harness, draft_id) is State.SENT, seconds=30, what="the draft to be sent")
        wake_ups = DbosWakeUps(engine)
        later = datetime.now(UTC) + timedelta(hours=1)
        assert wake_ups_in(engine) > 0

        def tidied() -> bool:
            wake_ups.tidy(before=later)
            return wake_ups_in(engine) == 0

        wait_until(tidied, seconds=30, what="the finished wake-ups to be tidied")
    finally:
        worker.stop()


def test_a_worker_judges_again_what_a_lifted_stop_held(engine: sa.Engine) -> None:
    harness, make_worker = with_engine(make_harness(engine), engine)
    harness.publish(2, undo_window="0s")
    stop(harness)
    held = harness.gate.submit(a_draft())
    resume(harness)
    assert state_of(harness, held.row.id) is State.IN_REVIEW
    worker = make_worker()
    worker.start()
    try:
        wait_until(lambda: state_of(harness, held.row.id) is State.SENT, seconds=60, what="the held draft to be sent")
    finally:
        worker.stop()
