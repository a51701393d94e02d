"""One name for what has many."""

from __future__ import annotations

import pytest

from app.checks.words import content_words, lemma, names


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the SOC 2 Type II report", {"soc2", "type2", "report"}),
        ("SOC2, latest version", {"soc2"}),
        ("our white-papers", {"whitepaper"}),
        ("Étude de l'usine", {"etude", "l", "usine", "de"}),
        ("a 15% discount", {"discount"}),
        ("penetration tests", {"pentest"}),
        ("ISO 9001", {"iso", "9001"}),
        ("your master services agreement", {"msa"}),
    ],
)
def test_telling_words(text: str, words: set[str]) -> None:
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("policies", "policy"),
        ("boxes", "box"),
        ("guides", "guide"),
        ("analysis", "analysis"),
        ("class", "class"),
        ("gas", "gas"),
    ],
)
def test_endings(word: str, expected: str) -> None:
    assert lemma(word) == expected


def test_order_is_kept() -> None:
    assert names("Report on SOC 2") == ("report", "on", "soc2")
