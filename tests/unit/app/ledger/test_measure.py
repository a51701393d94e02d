"""The command that measures how promises are matched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.ledger.measure import main

PAIRS = (
    {"ledger": ["Send the revised MSA to Dana", "Share the SOC 2 report"]},
    {"text": "I'll send you the updated master services agreement tomorrow.", "matches": 0},
    {"text": "Our compliance report will be in your inbox tomorrow.", "matches": 1},
    {"text": "I'll send you the compliance report tomorrow.", "matches": 0},
    {"text": "I'll send the order form tomorrow.", "matches": None},
)


def pairs(folder: Path, *lines: object) -> Path:
    file = folder / "pairs.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def test_right_and_wrong_matches_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pairs(tmp_path, *PAIRS)

    assert main([str(tmp_path)]) == 0

    for line in capsys.readouterr().out.splitlines():
        figures = json.loads(line)
        assert (figures["texts"], figures["matched"], figures["right"]) == (4, 3, 2)
        assert (figures["precision"], figures["recall"]) == (0.667, 0.667)


def test_without_a_match_there_is_no_precision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(pairs(tmp_path, PAIRS[0]))]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["precision"] is None


@pytest.mark.parametrize(
    "lines", [(), ([],), ({"ledger": ["x"]}, {"text": "x"})], ids=["empty", "a list", "no match"]
)
def test_a_file_that_is_none_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lines: tuple[object, ...]
) -> None:
    assert main([str(pairs(tmp_path, *lines))]) == 1
    assert "is no file of pairs" in capsys.readouterr().err


def test_a_file_that_is_not_there_and_wrong_use_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/no/such/pairs.jsonl"]) == 1
    assert "No such file" in capsys.readouterr().err
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
