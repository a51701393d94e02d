import json
from pathlib import Path

import pytest

from extractors.training.freeze_split import (
    SPLIT_FILE,
    TEST_SHARE,
    as_ranges,
    checksum,
    choose_test_lines,
    published_sides,
)
from extractors.training.measure import load, pair


def test_ranges() -> None:
    assert as_ranges([7, 1, 3, 2]) == [[1, 3], [7, 7]]


def test_every_data_set_is_frozen() -> None:
    split = json.loads(SPLIT_FILE.read_text(encoding="utf-8"))
    assert list(split) == list(TEST_SHARE)
    assert all(len(entry["sha256"]) == 64 and entry["test_lines"] for entry in split.values())


def test_a_text_keeps_the_side_it_has_in_a_published_split() -> None:
    published = [json.dumps({"text": f"t{n}", "split": "test" if n == 1 else "train"}).encode() for n in range(3)]
    lines = {name: published if share is None else [] for name, share in TEST_SHARE.items()}
    sides = published_sides(lines)
    own = [json.dumps({"text": f"t{n}"}).encode() for n in range(3)]
    assert choose_test_lines("commitments/slots.jsonl", own, sides) == {2}


def test_changed_data_is_refused(tmp_path: Path) -> None:
    dataset = "dates/email_dates.jsonl"
    path = tmp_path / dataset
    path.parent.mkdir()
    path.write_text('{"text": "x"}\n' * 200, encoding="utf-8")
    with pytest.raises(SystemExit, match="not the file"):
        load(tmp_path, dataset, test=True)


def test_pairs_are_one_to_one_by_overlap() -> None:
    assert pair([(0, 10), (8, 20)], [(9, 20)]) == [(1, 0)]


def test_the_checksum_covers_the_bytes_in_order() -> None:
    assert checksum([b"a", b"b"]) != checksum([b"b", b"a"])
