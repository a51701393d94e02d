"""`policy check` and `show`: is a text sound, and what is in force."""

from __future__ import annotations

from pathlib import Path

from tests.cli.company import POLICY
from tests.cli.process import Countersign


def test_a_policy_is_checked_with_line_and_column(countersign: Countersign, tmp_path: Path) -> None:
    sound, broken = tmp_path / "sound.yaml", tmp_path / "broken.yaml"
    sound.write_text(POLICY.format(version=2) + "autonomy: {level: 0.9, minimum: 30}\n", encoding="utf-8")
    broken.write_text(POLICY.format(version=2).replace("draft.subject", "draft.sujet", 1), encoding="utf-8")

    checked = countersign.here("policy", "check", sound)
    assert checked.code == 0
    assert "is sound: version 2, 3 rules, undo window 0 s" in checked.out
    assert "note: line 7: autonomy" in checked.out
    assert countersign.here("policy", "check", sound, "--json").records[0]["rules"] == ["go", "look", "stop"]

    complaint = countersign.here("policy", "check", broken).refusal(2)
    assert complaint.startswith(f"{broken}: line 4, column ")
    assert "cannot be read" in countersign.here("policy", "check", tmp_path / "none.yaml").refusal(2)
    assert "is not UTF-8" in _check_bytes(countersign, tmp_path, b"\xff\xfe")


def _check_bytes(countersign: Countersign, folder: Path, content: bytes) -> str:
    file = folder / "bytes.yaml"
    file.write_bytes(content)
    return countersign.here("policy", "check", file).refusal(2)


def test_the_policy_in_force_is_printed_as_it_was_published(countersign: Countersign) -> None:
    shown = countersign.here("policy", "show")
    assert shown.out.startswith("# version 1, published by gate")
    assert shown.out.endswith(POLICY.format(version=1))
    assert countersign.here("policy", "show", "--version", "1", "--json").records[0]["version"] == 1
    assert "there is no policy version '9'" in countersign.here("policy", "show", "--version", "9").refusal(2)


def test_what_is_not_there_says_what_it_needs(countersign: Countersign) -> None:
    refusal = countersign.here("draft", "--deal", "D-1", "--intent", "thank them").refusal(1)
    assert refusal.startswith("not available yet: needs ")
