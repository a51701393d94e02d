"""Freeze the test part of every data set before the first rule is written.

Usage: python -m extractors.training.freeze_split DATA_FOLDER

Writes `split.json` beside this file: for each data set the line numbers (from 1) that belong to the test part,
as inclusive ranges, and the sha256 of those lines' bytes in file order. Development reads the other lines only.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Iterable
from pathlib import Path

SPLIT_FILE = Path(__file__).with_name("split.json")
SEED = 20261121

# Share of each data set that is set aside; a set with a `split` field of its own keeps that.
TEST_SHARE = {
    "commitments/enron_sentences.jsonl": 1 / 3,
    "commitments/ewt_email.jsonl": None,
    "commitments/sales_B.jsonl": 1 / 3,
    "commitments/sales_C.jsonl": 1 / 3,
    "commitments/sales_D.jsonl": 1 / 3,
    "commitments/sales_adversarial.jsonl": 1 / 2,
    "commitments/sales_emails.jsonl": 1 / 3,
    "commitments/slots.jsonl": 1 / 3,
    "dates/email_dates.jsonl": 1 / 2,
    "dates/timeparse_en.jsonl": 1 / 3,
    "authored_text/cases.jsonl": 1 / 2,
}


def read_lines(path: Path) -> list[bytes]:
    """The lines of a JSON-lines file as bytes, line ends included."""
    return path.read_bytes().splitlines(keepends=True)


def checksum(lines: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(lines)).hexdigest()


def as_ranges(numbers: Iterable[int]) -> list[list[int]]:
    """[1, 2, 3, 7] as [[1, 3], [7, 7]]."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges


def row_text(line: bytes) -> str:
    row = json.loads(line)
    return str(row.get("text") or row.get("raw"))


def published_sides(lines: dict[str, list[bytes]]) -> dict[str, bool]:
    """Text → whether it is test, from the data sets with a `split` field; where they disagree, test wins."""
    sides: dict[str, bool] = {}
    for name, share in TEST_SHARE.items():
        for line in lines[name] if share is None else ():
            text = row_text(line)
            sides[text] = sides.get(text, False) or json.loads(line)["split"] == "test"
    return sides


def choose_test_lines(dataset: str, lines: list[bytes], sides: dict[str, bool]) -> set[int]:
    """The data set's own test part, or else a seeded sample in which a text seen elsewhere keeps the side it
    has there.
    """
    share = TEST_SHARE[dataset]
    if share is None:
        return {number for number, line in enumerate(lines, 1) if json.loads(line)["split"] == "test"}
    chooser = random.Random(f"{SEED}:{dataset}")  # noqa: S311 - a reproducible draw, not a secret
    sample = set(chooser.sample(range(1, len(lines) + 1), round(len(lines) * share)))
    return {number for number, line in enumerate(lines, 1) if sides.get(row_text(line), number in sample)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    data: Path = parser.parse_args().data
    lines = {name: read_lines(data / name) for name in TEST_SHARE}
    sides = published_sides(lines)
    test = {name: choose_test_lines(name, lines[name], sides) for name in TEST_SHARE}
    entries = [
        json.dumps(name)
        + ": "
        + json.dumps(
            {
                "sha256": checksum(lines[name][number - 1] for number in sorted(test[name])),
                "test_lines": as_ranges(test[name]),
            }
        )
        for name in TEST_SHARE
    ]
    SPLIT_FILE.write_text("{\n  " + ",\n  ".join(entries) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
