"""Mail of a collection that was taken apart into words is put back into the shape that people write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractors.training.corpus import LABELS, training_documents
from extractors.training.tokenised_mail import restored


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("Subject: re : meters\ni ' ll call .", "I'll call."),
        ("well , that ' s odd ( really ) !", "Well, that's odd (really)!"),
        ("see you friday at 11 : 30 a . m .", "See you Friday at 11:30 a.m."),
        ("it costs $ 4 . 25 , or 10 , 000 in all", "It costs $4.25, or 10,000 in all"),
        ("kim @ north / hou sent plan . xls", "Kim@north/hou sent plan.xls"),
        ("done . we will check it .", "Done. We will check it."),
        ("- - - - - - - - - - - -\nhello", "-----\nhello"),
    ],
)
def test_blanks_and_capitals_are_where_people_put_them(apart: str, together: str) -> None:
    assert restored(apart) == together


def test_lines_that_a_program_broke_are_joined_and_others_are_not() -> None:
    long = "the volumes for the last three days of the month were"
    assert restored(f"{long}\nsent to kim\nthanks ,\nlee") == f"T{long[1:]} sent to kim\nthanks,\nLee"


def test_a_mail_is_judged_once_and_labels_have_an_extent() -> None:
    judged = json.loads((LABELS / "enron_spam.json").read_text(encoding="utf-8"))

    assert not set(judged["none"]) & set(judged["labels"])
    assert all(start < end for found in judged["labels"].values() for start, end, *_ in found)


def test_without_the_collection_nothing_is_taught(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Enron-Spam"):
        training_documents(tmp_path, tmp_path / "ham")
