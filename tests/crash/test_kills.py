"""Two real workers, killed at random: nothing is lost, nothing is sent twice, and the trail still verifies."""

from __future__ import annotations

import email
import json
import random
import signal
from collections import Counter
from pathlib import Path

import pytest

from tests.support.bursts import auto_sent_drafts, hand_in
from tests.support.processes import Installation, wait_until

DRAFTS = 200
KILLS = 8
SEED = 20261118

pytestmark = pytest.mark.crash


def test_killed_workers_lose_nothing_and_send_nothing_twice(installation: Installation, tmp_path: Path) -> None:
    drafts = auto_sent_drafts(DRAFTS)
    hand_in(installation, drafts, tmp_path)

    chance = random.Random(SEED)  # noqa: S311 - a seeded storm, not a secret
    moments = sorted(chance.sample(range(5, DRAFTS - 20), KILLS))
    workers = [installation.start("worker"), installation.start("worker")]
    try:
        for moment in moments:
            wait_until(
                lambda moment=moment: len(installation.outbox()) >= moment,  # type: ignore[misc]
                seconds=120,
                what=f"{moment} mails in the outbox",
            )
            victim = chance.randrange(2)
            workers[victim].send_signal(signal.SIGKILL)
            workers[victim].wait()
            workers[victim] = installation.start("worker")
        wait_until(lambda: len(installation.outbox()) >= DRAFTS, seconds=180, what="every mail in the outbox")
        wait_until(lambda: all_sent(installation), seconds=120, what="every draft known as sent")
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        codes = [worker.wait(timeout=60) for worker in workers]
    assert codes == [0, 0]

    mails = [email.message_from_bytes(file.read_bytes()) for file in installation.outbox()]
    delivered = Counter(mail["X-Countersign-Client-Id"] for mail in mails)
    assert delivered == {str(draft["client_id"]): 1 for draft in drafts}
    verified = installation.run("audit", "verify")
    assert verified.returncode == 0, verified.stderr
    print(f"\n{DRAFTS} drafts, {KILLS} kills: 0 lost, 0 twice; {verified.stdout.strip()}")


def all_sent(installation: Installation) -> bool:
    """Whether the trail says of every draft that it was sent."""
    events = installation.run("audit", "export").stdout.splitlines()
    sent = [event for event in events if json.loads(event)["kind"] == "draft.sent"]
    return len(sent) == DRAFTS
