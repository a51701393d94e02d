"""Verification while others write, on both databases: it sees one moment, and never cries wolf."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from app.audit.chain import ChainedEvent
from app.audit.service import verify_store
from app.core.approvals import Verdict
from app.store.store import Reader
from tests.support.gates import Harness, a_draft, make_harness

VERIFICATIONS = 30


def write(harness: Harness) -> None:
    """Hand in two drafts and approve one of them."""
    harness.gate.submit(a_draft())
    shown = harness.gate.submit(a_draft("review"))
    harness.gate.decide(shown.row.id, person="ruth", verdict=Verdict.APPROVE, digest=shown.row.digest)


def test_thirty_verifications_beside_a_writer_find_nothing_broken(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    write(harness)
    enough = threading.Event()

    def keep_writing() -> None:
        while not enough.is_set():
            write(harness)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for _ in range(VERIFICATIONS):
            with harness.store.snapshot() as reader:
                verified = verify_store(reader)
    finally:
        enough.set()
        writer.join()
    assert verified.drafts > 2


def write_between_reads(reader: Reader, harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the writer come in when the head has been read, before the events are."""
    events = reader.audit.events

    def overtaken() -> Iterator[ChainedEvent]:
        write(harness)
        yield from events()

    monkeypatch.setattr(reader.audit, "events", overtaken)


def test_what_is_written_meanwhile_is_not_seen(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    harness = make_harness(engine)
    write(harness)
    with harness.store.snapshot() as reader:
        head = reader.audit.head()
        write_between_reads(reader, harness, monkeypatch)
        verified = verify_store(reader)
    assert (verified.head, verified.drafts) == (head, 2)
    with harness.store.snapshot() as reader:
        assert verify_store(reader).drafts == 4


def test_a_connection_is_an_ordinary_one_again_after_its_snapshot(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    for _ in range(2):
        with harness.store.snapshot() as reader:
            reader.audit.head()
        write(harness)
    with harness.store.read() as reader:
        before = reader.audit.head()
    write(harness)
    with harness.store.read() as reader:
        assert reader.audit.head().seq > before.seq
