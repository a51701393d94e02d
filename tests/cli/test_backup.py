"""`backup`, `restore` and `migrate`: copies made while a worker writes, and nothing in them sent a second time."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
from pathlib import Path

import pytest

from app.store.versions import newest_version
from tests.cli.company import found_company, write_draft
from tests.cli.process import Countersign, until
from tests.support.databases import lay_tables

pytestmark = pytest.mark.processes


@pytest.fixture
def house(tmp_path: Path) -> Countersign:
    """A company of its own for each test."""
    return Countersign(home=lay_tables(tmp_path / "home"), world=found_company(tmp_path / "world"))


def state(house: Countersign, client_id: str) -> str:
    return str(house.here("show", client_id, "--json").records[0]["state"])


def batch(folder: Path, first: int, count: int) -> Path:
    file = folder / f"batch-{first}.jsonl"
    drafts = [
        json.loads(write_draft(folder, f"Send number {n}", f"b-{n}").read_text(encoding="utf-8"))
        for n in range(first, first + count)
    ]
    file.write_text("".join(json.dumps(draft) + "\n" for draft in drafts), encoding="utf-8")
    return file


def sent(house: Countersign) -> list[str]:
    mails = [mail.read_bytes() for mail in (house.home / "outbox").glob("*.eml")]
    return sorted(mail.split(b"X-Countersign-Client-Id: ")[1].split(b"\r\n")[0].decode() for mail in mails)


def test_what_was_backed_up_while_a_worker_wrote_is_restored_and_not_sent_again(
    house: Countersign, tmp_path: Path
) -> None:
    count, copies = 24, []
    with house.running("worker") as worker:
        submitting = [house.here("submit", str(batch(tmp_path, n, count // 4)), "--jsonl") for n in (0,)]
        for n in range(1, 4):
            copies.append(house.here("backup", tmp_path / f"copy-{n}.db", "--json"))
            submitting.append(house.here("submit", str(batch(tmp_path, n * count // 4, count // 4)), "--jsonl"))
        until(lambda: len(sent(house)) == count)
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    assert [done.code for done in (*submitting, *copies)] == [0] * len([*submitting, *copies])
    last = copies[-1].records[0]
    assert last["drafts"] == 3 * count // 4
    before = sent(house)
    assert house.here("restore", tmp_path / "copy-3.db", "--replace").code == 0
    assert house.here("audit", "verify").code == 0

    with house.running("worker") as worker:
        until(lambda: all(state(house, f"b-{n}") == "sent" for n in range(3 * count // 4)))
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)

    assert sent(house) == before, "nothing left twice"
    assert house.here("audit", "verify").code == 0


def test_a_draft_that_left_since_the_back_up_is_found_and_one_that_did_not_leaves(
    house: Countersign, tmp_path: Path
) -> None:
    """Both are scheduled in the copy; only one of them left before the restore."""
    for name in ("left", "stayed"):
        house.here("submit", write_draft(tmp_path, "Send this", name))
    assert house.here("backup", tmp_path / "copy.db").code == 0
    with house.running("worker") as worker:
        until(lambda: sent(house) == ["left", "stayed"])
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    (stayed,) = [mail for mail in (house.home / "outbox").glob("*.eml") if b"Client-Id: stayed" in mail.read_bytes()]
    stayed.unlink()  # as if the provider had never heard of it
    assert house.here("restore", tmp_path / "copy.db", "--replace").code == 0

    with house.running("worker") as worker:
        until(lambda: (state(house, "left"), state(house, "stayed")) == ("sent", "sent"))
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=60)
    assert sent(house) == ["left", "stayed"]


def test_a_back_up_is_whole_verified_for_its_owner_alone_and_never_overwritten(
    house: Countersign, tmp_path: Path
) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    copy = tmp_path / "copy.db"

    (record,) = house.here("backup", copy, "--json").records

    assert (record["drafts"], record["under_way"], record["tables"]) == (1, 1, newest_version())
    assert record["bytes"] == copy.stat().st_size
    assert copy.stat().st_mode & 0o777 == 0o600
    assert record["head"] in house.here("audit", "verify").out
    assert sorted(path.name for path in tmp_path.glob("*copy.db*")) == ["copy.db"], "nothing is left beside it"
    bytes_before = copy.read_bytes()
    assert "never overwritten; name another file" in house.here("backup", copy).refusal(2)
    assert copy.read_bytes() == bytes_before


def test_back_ups_that_cannot_be_made_say_why(house: Countersign, tmp_path: Path) -> None:
    fresh = Countersign(home=tmp_path / "fresh", world=house.world)
    assert "nothing to back up yet" in fresh.here("backup", tmp_path / "copy.db").refusal(2)
    assert "cannot be written" in house.here("backup", tmp_path / "nowhere" / "copy.db").refusal(2)
    postgres = Countersign(home=house.home, world=house.world, database_url="postgresql://u:hunter2@db/house")
    refusal = postgres.here("backup", tmp_path / "copy.db").refusal(2)
    assert "pg_dump" in refusal
    assert "hunter2" not in refusal
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_whose_trail_does_not_verify_is_not_kept(house: Countersign, tmp_path: Path) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    with sqlite3.connect(house.home / "countersign.db") as tampered:
        tampered.execute("UPDATE audit SET actor = 'person:nobody' WHERE seq = 1")
    tampered.close()
    assert "event 1 was changed" in house.here("backup", tmp_path / "copy.db").refusal(1)
    assert list(tmp_path.glob("*copy.db*")) == []


def test_a_restore_keeps_what_was_there_and_says_so_in_the_trail(house: Countersign, tmp_path: Path) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "kept"))
    house.here("backup", tmp_path / "copy.db")
    house.here("submit", write_draft(tmp_path, "Review this too", "later"))
    head = house.here("audit", "verify", "--json").records[0]
    assert "say --replace" in house.here("restore", tmp_path / "copy.db").refusal(1)
    assert state(house, "later") == "in_review"

    (done,) = house.here("restore", tmp_path / "copy.db", "--replace", "--json").records

    assert state(house, "kept") == "in_review"
    assert "there is no draft" in house.here("show", "later").refusal(2)
    with sqlite3.connect(done["aside"]) as aside:
        assert aside.execute("SELECT count(*) FROM drafts").fetchone() == (2,)
    aside.close()
    event = house.here("audit", "--json").records[-1]
    assert (event["kind"], event["facts"]["of"]) == ("database.restored", done["head"])
    assert event["facts"]["replaced"] == f"{head['seq']}:{head['hash']}"
    assert house.here("audit", "verify").code == 0


def test_a_restore_into_an_empty_home(house: Countersign, tmp_path: Path) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "kept"))
    house.here("backup", tmp_path / "copy.db")
    fresh = Countersign(home=tmp_path / "fresh", world=house.world)
    assert "aside" not in fresh.here("restore", tmp_path / "copy.db").out
    assert state(fresh, "kept") == "in_review"


def test_a_restore_waits_for_nobody_and_never_takes_a_database_away_from_a_process(
    house: Countersign, tmp_path: Path
) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    house.here("backup", tmp_path / "copy.db")
    with house.running("worker") as worker:
        assert worker.stdout is not None
        assert "is running" in worker.stdout.readline()
        refusal = house.here("restore", tmp_path / "copy.db", "--replace").refusal(1)
    assert "is in use; stop `serve` and every worker first" in refusal
    assert state(house, "r-1") == "in_review"
    assert list(house.home.glob("*.replaced-*")) == []


def test_a_damaged_database_can_be_replaced(house: Countersign, tmp_path: Path) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    house.here("backup", tmp_path / "copy.db")
    (house.home / "countersign.db").write_bytes(b"not a database, not any more" * 100)
    assert house.here("restore", tmp_path / "copy.db", "--replace").code == 0
    assert state(house, "r-1") == "in_review"


@pytest.mark.parametrize("content", [b"", b"Dear Dana, this is no database" * 50, None])
def test_what_is_no_back_up_is_refused_and_nothing_is_touched(
    content: bytes | None, house: Countersign, tmp_path: Path
) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    file = tmp_path / "odd.db"
    if content is None:
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE drafts (id TEXT)")
        other.close()
    else:
        file.write_bytes(content)
    refusal = house.here("restore", file, "--replace").refusal(2)
    assert "is no database of Countersign" in refusal or "cannot be read as a database" in refusal
    assert "is no file" in house.here("restore", tmp_path / "nothing.db").refusal(2)
    assert state(house, "r-1") == "in_review"
    assert list(house.home.glob("*.re*")) == list(house.home.glob(".*restoring*")) == []


def test_a_copy_with_a_damaged_page_or_trail_is_refused(house: Countersign, tmp_path: Path) -> None:
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    house.here("backup", tmp_path / "copy.db")
    bad = tmp_path / "bad.db"
    shutil.copyfile(tmp_path / "copy.db", bad)
    with sqlite3.connect(bad) as tampered:
        tampered.execute("UPDATE audit SET actor = 'person:nobody' WHERE seq = 1")
    tampered.close()
    assert "event 1 was changed" in house.here("restore", bad, "--replace").refusal(1)
    page = 4096 * 20
    with bad.open("r+b") as file:
        file.seek(page)
        file.write(b"\xff" * 4096)
    house.here("restore", bad, "--replace").refusal(1)
    assert state(house, "r-1") == "in_review"


def test_a_copy_of_newer_tables_is_refused(house: Countersign, tmp_path: Path) -> None:
    house.here("people")
    house.here("backup", tmp_path / "copy.db")
    with sqlite3.connect(tmp_path / "copy.db") as newer:
        newer.execute("UPDATE countersign_migrations SET version_num = '9999'")
        newer.execute("UPDATE settings SET value = '9999' WHERE name = 'oldest_code'")
    newer.close()
    refusal = house.here("restore", tmp_path / "copy.db", "--replace").refusal(1)
    assert "needs code that knows 9999" in refusal


def test_a_database_restored_by_other_means_is_marked(house: Countersign, tmp_path: Path) -> None:
    assert house.here("restore", "--mark", "--json").records == [{"may_have_left_until": None}]
    house.here("submit", write_draft(tmp_path, "Review this", "r-1"))
    (record,) = house.here("restore", "--mark", "--json").records
    assert record["may_have_left_until"] == house.here("show", "r-1", "--json").records[0]["created_at"]
    assert "are asked about before they are sent" in house.here("restore", "--mark").out
    assert "name either a FILE or --mark" in house.here("restore").refusal(2)
    assert "name either a FILE or --mark" in house.here("restore", tmp_path / "x.db", "--mark").refusal(2)


def test_migrate_says_which_version_the_tables_have(house: Countersign) -> None:
    assert f"at version {newest_version()}" in house.here("migrate").out
