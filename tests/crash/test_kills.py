"""Two real workers, killed at random: nothing is lost, nothing is sent twice, and the trail still verifies."""

from __future__ import annotations

import email
import json
import random
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.processes import ROOT, Installation, wait_until

DRAFTS = 200
KILLS = 8
SEED = 20261118

pytestmark = pytest.mark.crash


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The sample world, with an undo window that does not make the test wait."""
    world = tmp_path / "world"
    shutil.copytree(ROOT / "sample_data", world)
    policy = world / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    assert "undo_window: 10s" in text
    policy.write_text(text.replace("undo_window: 10s", "undo_window: 0s"), encoding="utf-8")
    return world


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installation(request: pytest.FixtureRequest, tmp_path: Path, world: Path) -> Iterator[Installation]:
    """A home of its own, on SQLite and on a PostgreSQL database of its own."""
    home = tmp_path / "home"
    if request.param == "sqlite":
        yield Installation(home=home, world=world)
        return
    url: str = request.getfixturevalue("postgres_url")
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE crash"))
    engine.dispose()
    yield Installation(home=home, world=world, database_url=url.replace("/postgres?", "/crash?"))


def auto_sent_drafts() -> list[dict[str, object]]:
    """Two hundred drafts that the sample policy sends by itself, each in a thread of its own."""
    sample = json.loads((ROOT / "sample_data/drafts/01-reply-purchase-order-noted.json").read_text(encoding="utf-8"))
    threads = [{"id": f"crash-{n:03d}", "message_id": f"<{n}@crash.example>"} for n in range(DRAFTS)]
    return [{**sample, "client_id": thread["id"], "thread": thread} for thread in threads]


def test_killed_workers_lose_nothing_and_send_nothing_twice(installation: Installation, tmp_path: Path) -> None:
    drafts = auto_sent_drafts()
    batch = tmp_path / "batch.jsonl"
    batch.write_text("".join(json.dumps(draft) + "\n" for draft in drafts), encoding="utf-8")
    submitted = installation.run("submit", str(batch), "--jsonl", "--json")
    assert submitted.returncode == 0, submitted.stderr
    verdicts = [json.loads(line) for line in submitted.stdout.splitlines()]
    assert Counter(v["route"] for v in verdicts) == {"auto_send": DRAFTS}

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
