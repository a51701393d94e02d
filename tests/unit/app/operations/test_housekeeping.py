"""Old rows go in batches, what is still asked for stays, and a worker stops where the tables have outgrown it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from app.core.clock import ManualClock
from app.core.errors import TablesUnfit
from app.core.limits import LONGEST_WINDOW
from app.operations.housekeeping import CODES_KEPT, MOST_BATCHES, Housekeeping, Tidied, tidy
from app.store.tables import approvals, limit_uses, metadata, notices, one_time_codes
from app.store.versions import write_oldest_code
from tests.support.gates import START, Harness, a_draft, make_harness

_KEPT = timedelta(days=90)


def insert(engine: sa.Engine, table: sa.Table, rows: Sequence[dict[str, object]]) -> None:
    with engine.begin() as connection:
        connection.execute(sa.insert(table), rows)


def left(engine: sa.Engine, table: sa.Table) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(sa.select(table.primary_key.columns.values()[0])).scalars())


def a_code(harness: Harness, engine: sa.Engine, name: str, expires_at: datetime) -> dict[str, object]:
    with engine.connect() as connection:
        request = connection.execute(sa.select(approvals.c.id, approvals.c.draft_id)).first()
    assert request is not None
    return {
        "id": name,
        "person": "ruth",
        "request_id": request.id,
        "draft_id": request.draft_id,
        "digest": "d",
        "salt": "s",
        "hash": "h",
        "issued_at": expires_at,
        "expires_at": expires_at,
        "tries": 0,
    }


def a_notice(name: str, delivered_at: datetime | None) -> dict[str, object]:
    return {
        "id": name,
        "recipient": "ruth",
        "kind": "asked",
        "text": "please decide",
        "at": START - timedelta(days=400),
        "delivered_at": delivered_at,
    }


def test_what_nothing_asks_for_any_more_goes(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    draft_id = harness.gate.submit(a_draft("review")).row.id
    eve = timedelta(seconds=1)
    insert(
        engine,
        one_time_codes,
        [
            a_code(harness, engine, "old", START - CODES_KEPT - eve),
            a_code(harness, engine, "fresh", START - CODES_KEPT + eve),
        ],
    )
    insert(
        engine,
        notices,
        [
            a_notice("n-old", START - _KEPT - eve),
            a_notice("n-fresh", START - _KEPT + eve),
            a_notice("n-undelivered", None),
        ],
    )
    uses = [("old", -eve), ("fresh", eve)]
    insert(
        engine,
        limit_uses,
        [
            {"draft_id": draft_id, "per": "sender", "subject": who, "at": START - LONGEST_WINDOW + by}
            for who, by in uses
        ],
    )
    asked = left(engine, notices) - {"n-old", "n-fresh", "n-undelivered"}

    assert tidy(harness.store, now=START, notices_kept=_KEPT) == Tidied(codes=1, uses=1, notices=1)

    assert left(engine, one_time_codes) == {"fresh"}
    assert left(engine, notices) == {"n-fresh", "n-undelivered"} | asked
    with engine.connect() as connection:
        assert connection.execute(sa.select(limit_uses.c.subject)).scalars().all() == ["fresh"]
    assert tidy(harness.store, now=START, notices_kept=_KEPT) == Tidied()


def test_old_rows_go_in_batches_and_not_all_in_one_round(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    many = MOST_BATCHES * 2 + 3
    insert(engine, notices, [a_notice(f"n{number}", START - _KEPT * 2) for number in range(many)])
    writes: list[int] = []

    @sa.event.listens_for(engine, "after_cursor_execute")
    def count(_conn: object, cursor: sa.CursorResult[object], statement: str, *_rest: object) -> None:
        if statement.startswith("DELETE FROM notices"):
            writes.append(cursor.rowcount)

    assert tidy(harness.store, now=START, notices_kept=_KEPT, batch=2).notices == MOST_BATCHES * 2
    assert writes == [2] * MOST_BATCHES
    assert tidy(harness.store, now=START, notices_kept=_KEPT, batch=2).notices == 3
    sa.event.remove(engine, "after_cursor_execute", count)


def made(engine: sa.Engine, harness: Harness, told: list[TablesUnfit]) -> tuple[Housekeeping, threading.Event]:
    heard = threading.Event()

    def unfit(error: TablesUnfit) -> None:
        told.append(error)
        heard.set()

    clock = ManualClock(START)
    return (
        Housekeeping(
            engine=engine,
            store=harness.store,
            clock=clock,
            notices_kept=_KEPT,
            unfit=unfit,
            look_every=timedelta(milliseconds=1),
        ),
        heard,
    )


def test_a_process_hears_that_the_tables_have_outgrown_it(engine: sa.Engine) -> None:
    told: list[TablesUnfit] = []
    keeping, heard = made(engine, make_harness(engine), told)
    keeping.start()
    try:
        assert not told
        with engine.begin() as connection:
            write_oldest_code(connection, "9999")
        assert heard.wait(30)
    finally:
        keeping.stop()
        with engine.begin() as connection:
            connection.execute(sa.delete(metadata.tables["settings"]))
    (error,) = told
    assert "needs code that knows 9999" in str(error)


def test_a_database_that_does_not_answer_is_no_reason_to_stop(
    monkeypatch: pytest.MonkeyPatch, engine: sa.Engine
) -> None:
    told: list[TablesUnfit] = []
    keeping, _ = made(engine, make_harness(engine), told)
    failures = threading.Semaphore(0)

    def fail() -> None:
        failures.release()
        raise sa.exc.OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(keeping, "look", fail)
    keeping.start()
    try:
        for _ in range(3):
            assert failures.acquire(timeout=30)
    finally:
        keeping.stop()
    assert told == []
