"""`audit`: read the trail, verify it, export it, and notice what was changed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from tests.cli.company import write_draft
from tests.cli.process import Countersign


@pytest.fixture(scope="module")
def export(countersign: Countersign, place: Path) -> Path:
    """The trail of one draft, exported."""
    countersign.here("submit", write_draft(place, "Review this", "a-1"))
    file = place / "trail.jsonl"
    exported = countersign.here("audit", "export", file)
    assert (exported.code, exported.out) == (0, "")
    assert f"events are in {file}" in exported.err
    return file


def test_the_trail_can_be_read(countersign: Countersign, export: Path) -> None:
    assert "draft.submitted" in countersign.here("audit").out
    (event,) = countersign.here("audit", "--draft", "a-1", "--json").records
    assert (event["kind"], event["facts"]["rule"]) == ("draft.submitted", "look")
    assert countersign.here("audit", "export").out == export.read_text(encoding="utf-8")
    assert "there is no draft 'a-9'" in countersign.here("audit", "--draft", "a-9").refusal(2)


def test_a_whole_trail_verifies_with_and_without_its_database(
    countersign: Countersign, alone: Countersign, export: Path
) -> None:
    told = countersign.here("audit", "verify")
    assert told.code == 0
    head = told.out.splitlines()[1].rpartition(" ")[2]

    assert countersign.here("audit", "verify", "--head", head).code == 0
    offline = alone.here("audit", "verify", "--file", export, "--head", head, "--json").records[0]
    assert f"{offline['seq']}:{offline['hash']}" == head
    assert not alone.home.exists()


def test_a_changed_export_is_noticed(alone: Countersign, export: Path, tmp_path: Path) -> None:
    lines = export.read_text(encoding="utf-8").splitlines()
    last = json.loads(lines[-1])
    cases = {
        "was changed": [*lines[:-1], json.dumps({**last, "actor": "person:eve"})],
        "is missing": [lines[0], *lines[2:]],
        "does not follow": [json.dumps({**json.loads(lines[0]), "previous": "x"}), *lines[1:]],
    }
    for says, changed in cases.items():
        file = tmp_path / "changed.jsonl"
        file.write_text("\n".join(changed), encoding="utf-8")
        assert says in alone.here("audit", "verify", "--file", file).refusal(1)

    cut = tmp_path / "cut.jsonl"
    cut.write_text("\n".join(lines[:-1]), encoding="utf-8")
    head = f"{last['seq']}:{last['hash']}"
    assert alone.here("audit", "verify", "--file", cut).code == 0
    assert "cut off or rewritten" in alone.here("audit", "verify", "--file", cut, "--head", head).refusal(1)


def test_what_is_no_trail_is_wrong_use(alone: Countersign, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage"
    garbage.write_bytes(b"\xff\xfe\n")
    other = tmp_path / "other.jsonl"
    other.write_text('{"a": 1}\n', encoding="utf-8")
    assert "is not a trail" in alone.here("audit", "verify", "--file", garbage).refusal(2)
    assert "line 1" in alone.here("audit", "verify", "--file", other).refusal(2)
    assert "cannot be read" in alone.here("audit", "verify", "--file", tmp_path / "none").refusal(2)
    assert "is no head" in alone.here("audit", "verify", "--head", "12").refusal(2)


@pytest.mark.usefixtures("export")
def test_an_export_that_cannot_be_written_leaves_nothing(countersign: Countersign, tmp_path: Path) -> None:
    assert "cannot be written" in countersign.here("audit", "export", tmp_path / "none" / "trail").refusal(2)
    assert "cannot be written" in countersign.here("audit", "export", tmp_path).refusal(2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("export")
def test_a_database_that_was_tampered_with_is_noticed(countersign: Countersign) -> None:
    """Last: it spoils the module's database."""
    with sqlite3.connect(countersign.home / "countersign.db") as database:
        database.execute("UPDATE drafts SET state = 'scheduled'")
    database.close()
    assert "is not where the trail left it" in countersign.here("audit", "verify").refusal(1)
