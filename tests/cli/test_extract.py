"""`extract`: findings only, without configuration, state or database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.process import Countersign

SENT = ("--sent-at", "2026-11-18T10:00:00-05:00", "--timezone", "America/New_York")
KEYS = ["id", "authored", "commitments", "dates", "attachments", "hidden"]


def test_a_plain_text_on_standard_input(alone: Countersign) -> None:
    answer = alone.here("extract", *SENT, stdin="Hi,\nI'll send the report by Friday.\n")

    assert (answer.code, answer.err) == (0, "")
    (record,) = answer.records
    assert list(record) == KEYS
    (promise,) = record["commitments"]
    assert promise["due"]["due_day"] == "2026-11-20"
    assert not alone.home.exists()


def test_json_lines_answer_line_by_line_and_bad_ones_do_not_stop_it(alone: Countersign) -> None:
    lines = [
        '{"id": 1, "text": "I\'ll call you tomorrow.", "sent_at": "2026-11-18T23:30:00", "timezone": "Asia/Tokyo"}',
        "{not json",
        '{"id": "b"}',
        '{"id": "c", "text": 7}',
        '{"id": "d", "text": "x", "sent_at": "yesterday"}',
        '{"id": "e", "text": "x", "timezone": "Mars/Base"}',
        "",
        "[1]",
        '{"id": "f", "html": "<p>See <b>attached</b> file.</p>", "text": "ignored"}',
        '{"id": "g\\ud800", "text": "A lone surrogate in the id."}',
    ]

    answer = alone.here("extract", "--jsonl", *SENT, stdin="\ufeff" + "\n".join(lines) + "\n")

    records = answer.records
    assert answer.code == 0
    assert [record["id"] for record in records] == [1, None, "b", "c", "d", "e", None, None, "f", "g\ud800"]
    assert records[0]["commitments"][0]["due"]["due_day"] == "2026-11-19"
    assert [list(record) for record in records[1:8]] == [["id", "error"]] * 7
    assert "attached" in records[8]["text"]


def test_a_line_is_answered_before_the_next_one_comes(alone: Countersign) -> None:
    with alone.running("extract", "--jsonl") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in (1, 2):
            process.stdin.write(json.dumps({"id": number, "text": "Hello."}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number


def test_a_mail_is_read_as_a_mail_and_its_date_is_when_it_was_sent(alone: Countersign, tmp_path: Path) -> None:
    mail = tmp_path / "reply.eml"
    mail.write_bytes(
        b"From: a@ours.example\r\nTo: b@theirs.example\r\nSubject: Report\r\n"
        b"Date: Wed, 18 Nov 2026 10:00:00 -0500\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        b"I'll send the report by Friday.\r\n"
    )

    (record,) = alone.here("extract", mail).records

    assert record["id"] == "reply.eml"
    assert record["commitments"][0]["due"]["due_day"] == "2026-11-20"


def test_a_text_with_a_colon_in_its_first_line_is_no_mail(alone: Countersign) -> None:
    (record,) = alone.here("extract", stdin="Note: I'll call you.\n\nSubject: none\n").records
    assert record["authored"][0][0] == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (("missing.txt",), b"", "missing.txt: cannot be read"),
        ((".",), b"", ".: cannot be read"),
        ((), b"\xff\xfe\x00garbage\x80", "is not UTF-8 text"),
        ((), b"x" * 10_000_000, "at most 1000000 are allowed"),
        (("--sent-at", "noon"), b"x", "--sent-at: is no ISO 8601"),
        (("--timezone", "Mars"), b"x", "timezone: 'Mars' is no IANA time zone"),
        (("--no-such-option",), b"", "see `countersign extract --help`"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(
    alone: Countersign, arguments: tuple[str, ...], stdin: bytes, says: str
) -> None:
    assert says in alone.here("extract", *arguments, stdin=stdin).refusal(2)


def test_binary_garbage_and_endless_lines_are_refused_one_by_one(alone: Countersign) -> None:
    garbage = bytes(range(256)).replace(b"\n", b"") + b"\n"
    endless = b'{"id": "long", "text": "' + b"x" * 10_000_000 + b'"}\n'

    answer = alone.here("extract", "--jsonl", stdin=garbage + endless + b'{"id": "last", "text": "Bye."}\n')

    assert [("error" in record, record["id"]) for record in answer.records] == [
        (True, None),
        (True, "long"),
        (False, "last"),
    ]
