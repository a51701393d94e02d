"""`assess`: the verdict, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.company import POLICY, draft, found_company
from tests.cli.process import Countersign

VERDICT = {"client_id", "digest", "findings", "checks", "risk", "route", "rule", "policy_version", "approvals"}


def test_a_draft_on_standard_input_is_judged_and_nothing_is_kept(countersign: Countersign) -> None:
    answer = countersign.here("assess", stdin=json.dumps(draft("Review this", "a-1")))

    (record,) = answer.records
    assert answer.code == 0
    assert set(record) >= VERDICT
    assert (record["route"], record["rule"], record["policy_version"]) == ("review", "look", 1)
    assert record["approvals"]["people"] == ["ruth"]
    assert not countersign.home.exists()


def test_the_worlds_own_ledger_is_known(countersign: Countersign) -> None:
    contradiction = draft("Send it", text="I'll send the price list by Monday, November 23.\n", deal_id="D-1")
    elsewhere = draft("Send it", text="I'll send the price list by Monday, November 23.\n", to=["x@other.example"])

    (record,) = countersign.here("assess", stdin=json.dumps(contradiction)).records
    (other,) = countersign.here("assess", stdin=json.dumps({**elsewhere, "on_behalf_of": "tom"})).records

    assert "ledger.contradiction" in [check["check"] for check in record["checks"]]
    assert "ledger.contradiction" not in [check["check"] for check in other["checks"]]


def test_lines_go_on_after_a_bad_one(countersign: Countersign) -> None:
    lines = [
        draft("Send one", "a-1"),
        {"client_id": "a-2"},
        draft("Send", "a-3", on_behalf_of="nobody"),
        draft("Block"),
    ]

    records = countersign.here("assess", "--jsonl", stdin="\n".join(map(json.dumps, lines))).records

    assert [record.get("route", "error") for record in records] == ["auto_send", "error", "error", "block"]
    assert "nobody here is called" in records[2]["error"]


def test_another_world_and_another_policy(countersign: Countersign, tmp_path: Path) -> None:
    world = found_company(tmp_path / "other")
    policy = tmp_path / "strict.yaml"
    policy.write_text(POLICY.format(version=7).replace("auto_send", "block"), encoding="utf-8")

    (record,) = countersign.here(
        "assess", "--world", world, "--policy", policy, stdin=json.dumps(draft("Send it"))
    ).records

    assert (record["route"], record["policy_version"]) == ("block", 7)


def test_wrong_use_is_one_line_and_exit_2(countersign: Countersign, tmp_path: Path) -> None:
    cases: list[tuple[tuple[object, ...], bytes, str]] = [
        (("gone.json",), b"", "gone.json: cannot be read"),
        ((), b'{"to": []}', "action"),
        ((), b"\x00\xff\x80", "is neither a JSON object nor an RFC 5322 message"),
        (("--world", tmp_path / "none"), b"{}", "is no folder"),
        (("--policy", tmp_path / "none.yaml"), b"{}", "cannot be read"),
    ]
    for arguments, stdin, says in cases:
        assert says in countersign.here("assess", *arguments, stdin=stdin).refusal(2)
