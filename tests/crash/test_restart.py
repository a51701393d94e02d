"""Everything is killed with ten thousand drafts waiting: how long it takes until mail leaves again."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.codec import to_json
from app.core.drafts import Thread
from app.core.ids import Ids
from app.intake import draft_from_json
from app.services import Services
from app.standing import Standing
from app.trail import happened
from tests.crash.telling import record_of
from tests.support.bursts import services_of
from tests.support.processes import Installation, wait_until

pytestmark = pytest.mark.crash

WAITING = int(os.environ.get("CRASH_WAITING", "10000"))
_BATCH = 500
_SENT_BEFORE = 20
_PATIENCE = 120.0


def test_mail_leaves_again_after_everything_was_killed(installation: Installation) -> None:
    with services_of(installation) as services:
        original = services.gate.submit(draft_from_json(record_of("wait-0")))
        for start in range(1, WAITING, _BATCH):
            multiply(services, original, range(start, min(start + _BATCH, WAITING)))

    workers = [installation.start("worker") for _ in range(2)]
    wait_until(lambda: len(installation.outbox()) >= _SENT_BEFORE, seconds=_PATIENCE, what="the first mails")
    for worker in workers:
        worker.kill()
        worker.wait()
    before = len(installation.outbox())
    assert before < WAITING

    killed_at = time.monotonic()
    worker = installation.start("worker")
    wait_until(lambda: len(installation.outbox()) > before, seconds=_PATIENCE, what="a mail after the restart")
    took, worked = time.monotonic() - killed_at, cpu_seconds(worker.pid)
    print(f"\n{WAITING - before} waiting: mail left again {took:.1f} s after the start, {worked:.1f} s of work")
    worker.terminate()
    assert worker.wait(timeout=60) == 0


def cpu_seconds(pid: int) -> float:
    """What the process has had of a processor: on a machine that does other things too, the wall tells little."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def multiply(services: Services, original: Standing, numbers: range) -> None:
    """More drafts like this one, each with its row, its content, its event and its timer, in one transaction."""
    ids: Ids = services.ids
    with services.store.write(now=services.clock.now()) as tx:
        for number in numbers:
            client_id = f"wait-{number}"
            thread = Thread(id=client_id, message_id=f"<{client_id}@crash.example>")
            draft = replace(original.draft, client_id=client_id, thread=thread)
            row = replace(original.row, id=ids.new("dr"), client_id=client_id, thread_id=client_id, version=1)
            row = replace(row, submission=f"sha256:{number:064x}", due_at=tx.now)
            tx.admit(row, happened("draft.submitted", "agent:inbox-agent", route=row.route.value))
            tx.drafts.add_revision(row, draft, to_json(original.assessment), author="agent:inbox-agent", at=tx.now)
