"""`edit --accept-suggestions`: what the checks suggest is applied, judged again, and told."""

from __future__ import annotations

import json

import pytest

from tests.cli.company import draft
from tests.cli.process import Countersign

TEXT = "Hello Lee,\n\nI'll send the summary by Saturday, November 21.\n\nSam\n"
HTML = "<p>Hello Lee,</p><p>I&#39;ll send the summary by <b>Saturday</b>, November 21.</p><p>Sam</p>"


@pytest.fixture(scope="module", autouse=True)
def drafts(countersign: Countersign) -> None:
    """A day off that was promised, three times, and a mail in which nothing is amiss."""
    records = [
        draft("Review", "s-all", text=TEXT),
        draft("Review", "s-html", text=TEXT, html=HTML),
        draft("Review", "s-other", text=TEXT),
        draft("Review", "s-none"),
    ]
    assert countersign.here("submit", "--jsonl", "-", stdin="\n".join(map(json.dumps, records))).code == 0


def test_suggestions_are_numbered_where_they_are_shown(countersign: Countersign) -> None:
    assert "suggestion 1 “Saturday, November 21” → “Monday, November 23”" in countersign.here("show", "s-all").out


def test_all_of_them_are_applied_and_judged_again(countersign: Countersign) -> None:
    edited = countersign.here("edit", "s-all", "--as", "sam", "--accept-suggestions", "all")

    assert edited.code == 0
    assert "by Monday, November 23." in edited.out
    assert "calendar.working_hours:" not in edited.out
    assert "edited by: sam" in edited.out
    assert edited.out.endswith("applied suggestion 1 (calendar.working_hours)\n")


def test_the_html_says_the_same_afterwards(countersign: Countersign) -> None:
    (record,) = countersign.here("edit", "s-html", "--as", "sam", "--accept-suggestions", "1", "--json").records

    assert record["suggestions"] == {
        "applied": [{"number": 1, "check": "calendar.working_hours"}],
        "left_out": [],
    }
    assert record["draft"]["text"] == TEXT.replace("Saturday, November 21", "Monday, November 23")
    assert "Monday, November 23" in record["findings"]["text"]


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (("--accept-suggestions", "2"), "there is no number 2; choose from 1 to 1, or all"),
        (("--accept-suggestions", "1,two"), "takes all, or numbers such as 1,3, not '1,two'"),
        (("--accept-suggestions", ""), "no number is given"),
        (("--accept-suggestions", "all", "--text", "x"), "together with a new text or HTML; choose one"),
    ],
)
def test_a_wrong_choice_says_what_to_do(countersign: Countersign, options: tuple[str, ...], complaint: str) -> None:
    assert complaint in countersign.here("edit", "s-other", "--as", "sam", *options).refusal(2)


def test_rights_and_digest_are_those_of_any_edit(countersign: Countersign) -> None:
    wish = ("edit", "s-other", "--accept-suggestions", "all")
    assert "there is no draft 's-other'" in countersign.here(*wish, "--as", "tom").refusal(2)
    assert "has changed since" in countersign.here(*wish, "--as", "sam", "--digest", "sha256:00").refusal(1)


def test_a_draft_without_suggestions_says_so(countersign: Countersign) -> None:
    answer = countersign.here("edit", "s-none", "--as", "sam", "--accept-suggestions", "all")
    assert "this draft has none; change its text instead" in answer.refusal(2)


def test_other_changes_can_go_with_them(countersign: Countersign) -> None:
    wish = ("edit", "s-other", "--as", "sam", "--accept-suggestions", "all", "--subject", "Block it", "--json")
    (record,) = countersign.here(*wish).records
    assert (record["state"], record["subject"]) == ("blocked", "Block it")
    assert "Monday, November 23" in record["draft"]["text"]
