"""`ask`, `answer`, `comment`, `reassign`, `reopen`, `away` and `notices`."""

from __future__ import annotations

import json

import pytest

from tests.cli.company import draft
from tests.cli.process import Countersign


@pytest.fixture(scope="module", autouse=True)
def _drafts(countersign: Countersign) -> None:
    lines = "\n".join(json.dumps(draft("Review the offer", f"q-{n}")) for n in range(3))
    countersign.here("submit", "--jsonl", "-", stdin=lines)


def test_a_question_and_its_answer(countersign: Countersign) -> None:
    asked = countersign.here("ask", "q-0", "Which plan?", "--as", "ruth", "--json").records[0]
    question = asked["remarks"][0]["id"]

    assert "may not answer" in countersign.here("answer", "q-0", question, "x", "--as", "ruth").refusal(1)
    assert "is answered" in countersign.here("answer", "q-0", question, "The blue one.", "--as", "sam").out
    assert "noted" in countersign.here("comment", "q-0", "Mind the term.", "--as", "ruth").out
    assert "The blue one." in countersign.here("notices", "--as", "ruth").out
    kinds = [notice["kind"] for notice in countersign.here("notices", "--as", "ruth", "--json").records]
    assert kinds[0] == "answered"


def test_a_place_is_passed_on(countersign: Countersign) -> None:
    assert "cannot stand in" in countersign.here("reassign", "q-1", "--to", "sam", "--as", "ruth").refusal(1)
    assert "now tom may decide" in countersign.here("reassign", "q-1", "--to", "tom", "--as", "ruth").out
    assert "nothing waits" not in countersign.here("queue", "--as", "tom").out


def test_only_what_has_expired_is_reopened(countersign: Countersign) -> None:
    assert "cannot become reopened" in countersign.here("reopen", "q-2", "--as", "sam").refusal(1)


def test_out_of_office(countersign: Countersign) -> None:
    away = countersign.here(
        "away", "set", "--as", "ruth", "--until", "2027-06-01T09:00", "--delegate", "tom", "--json"
    )
    listed = countersign.here("away", "list").out
    shown = countersign.here("show", "q-2", "--json").records[0]
    ended = countersign.here("away", "end", away.records[0]["id"], "--as", "ruth")

    assert "tom" in listed
    assert shown["requests"][0]["people"] == ["ruth", "tom"]
    assert "ruth is away" in ended.out
    assert "no moment" in countersign.here("away", "set", "--as", "ruth", "--until", "soon").refusal(2)
    assert "may not" in countersign.here(
        "away", "set", "--as", "tom", "--person", "ruth", "--until", "2027-06-01"
    ).refusal(1)
