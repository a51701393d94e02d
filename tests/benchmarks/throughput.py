"""Drafts a second, through the whole road: submitted with their verdict, then sent by a real worker to the outbox."""

from __future__ import annotations

import time
from pathlib import Path

from app.core.lifecycle import State
from app.services import Services
from tests.benchmarks.rooms import PLAIN_REPLY, numbered, sample_draft, services_on

DRAFTS = 300


def submitted_and_sent(database: str, url: str, folder: Path) -> dict[str, object]:
    """One submitting thread, then one worker process' worth of threads."""
    with services_on(url, folder / database) as services:
        draft = sample_draft(PLAIN_REPLY)
        begun = time.perf_counter()
        for number in range(DRAFTS):
            services.gate.submit(numbered(draft, "throughput", number))
        submitted = time.perf_counter() - begun
        sent = _send_all(services)
    return {
        "bench": "throughput",
        "database": database,
        "drafts": DRAFTS,
        "submitted_per_s": round(DRAFTS / submitted, 1),
        "sent_per_s": round(DRAFTS / sent, 1),
    }


def _send_all(services: Services) -> float:
    worker = services.worker()
    begun = time.perf_counter()
    worker.start()
    try:
        while sent_so_far(services) < DRAFTS:
            time.sleep(0.02)
        return time.perf_counter() - begun
    finally:
        worker.stop()


def sent_so_far(services: Services) -> int:
    """How many drafts have been sent."""
    with services.store.read() as reader:
        return reader.drafts.counts().get(State.SENT, 0)
