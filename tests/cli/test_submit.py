"""`submit`: good drafts go on, bad ones are named with file and field."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.company import draft, write_draft
from tests.cli.process import Countersign

EML = b"""\
X-Countersign-Action: reply
X-Countersign-Agent: bot
X-Countersign-On-Behalf-Of: sam
X-Countersign-Client-Id: s-eml
To: lee@acme.example
Subject: Send this mail
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Hello Lee, thank you.
"""


def test_files_of_every_kind_and_the_verdict_of_each(countersign: Countersign, tmp_path: Path) -> None:
    one = write_draft(tmp_path, "Review it", "s-1")
    mail = tmp_path / "mail.eml"
    mail.write_bytes(EML)
    lines = tmp_path / "many.jsonl"
    lines.write_text("\n".join(json.dumps(draft(f"Block {n}", f"s-line-{n}")) for n in (1, 2)), encoding="utf-8")

    answer = countersign.here("submit", one, mail, lines, "--json")

    assert (answer.code, answer.err) == (0, "")
    assert [(record["client_id"], record["state"], record["rule"]) for record in answer.records] == [
        ("s-1", "in_review", "look"),
        ("s-eml", "scheduled", "go"),
        ("s-line-1", "blocked", "stop"),
        ("s-line-2", "blocked", "stop"),
    ]


def test_the_same_client_id_again_is_the_same_draft(countersign: Countersign, tmp_path: Path) -> None:
    file = write_draft(tmp_path, "Review me", "s-again")
    first = countersign.here("submit", file, "--json").records[0]
    second = countersign.here("submit", "-", "--json", stdin=file.read_bytes()).records[0]
    table = countersign.here("submit", file)

    assert second["id"] == first["id"]
    assert "here before" in table.out

    other = write_draft(tmp_path, "Review me differently", "s-again")
    assert "was used for draft" in countersign.here("submit", other).refusal(1)


def test_bad_ones_are_named_and_good_ones_go_on(countersign: Countersign, tmp_path: Path) -> None:
    good = write_draft(tmp_path, "Review this one", "s-good")
    wrong = write_draft(tmp_path, "Send", "s-wrong", to=["no address"])
    unknown = write_draft(tmp_path, "Send", "s-unknown", deal_id="D-404")
    garbage = tmp_path / "garbage.json"
    garbage.write_bytes(bytes(range(256)))
    large = write_draft(tmp_path, "Send", "s-large", text="x" * 10_000_000)
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(draft("Send", "s-l", cc=7)) + "\n" + json.dumps(draft("Review", "s-line-good")))
    missing = tmp_path / "missing.json"

    answer = countersign.here("submit", wrong, unknown, garbage, large, lines, missing, tmp_path, good, "--json")

    assert answer.code == 2
    assert [record["client_id"] for record in answer.records] == ["s-line-good", "s-good"]
    complaints = answer.err.splitlines()
    assert len(complaints) == 7
    expected = [
        (wrong, "to[0]"),
        (unknown, "deal_id"),
        (garbage, "UTF-8"),
        (large, "text: has 10000000 characters"),
        (lines, "line 1, cc"),
        (missing, "cannot be read"),
        (tmp_path, "is a folder"),
    ]
    for complaint, (file, says) in zip(complaints, expected, strict=True):
        assert complaint.startswith(f"countersign: {file}: ")
        assert says in complaint


def test_text_from_a_stranger_cannot_steer_the_terminal(countersign: Countersign, tmp_path: Path) -> None:
    file = write_draft(tmp_path, "Review", "s-escape", text="Hello \x1b[2J\x1b]0;owned\x07 Lee.\n")
    countersign.here("submit", file)
    assert "\x1b" not in countersign.here("show", "s-escape").out
