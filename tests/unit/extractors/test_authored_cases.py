"""Whole mails with the text that their sender newly wrote, as data beside the other golden tests."""

import json
from pathlib import Path

import pytest

from extractors.authored_text import authored_spans
from extractors.html_text import render
from extractors.reading import read

FOLDER = Path(__file__).resolve().parents[2] / "golden" / "authored_text"
CASES: list[dict[str, str]] = [
    json.loads(line) for file in sorted(FOLDER.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
]


def own_text(case: dict[str, str]) -> str:
    """What is judged of a case's visible text, from the original by the offsets found in its reading."""
    if "html" in case:
        rendering = render(case["html"])
        text = rendering.text[: rendering.visible_end]
    else:
        text = case["raw"]
    reading = read(text)
    places = (reading.original(start, end) for start, end in authored_spans(reading.text))
    return "\n".join(text[start:end] for start, end in places)


def test_the_cases_are_many_and_named_apart() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 100
    assert sum("html" in case for case in CASES) >= 20


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_exactly_the_senders_own_text_is_left(case: dict[str, str]) -> None:
    assert own_text(case).split() == case["authored"].split()
