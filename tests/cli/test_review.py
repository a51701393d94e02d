"""`queue`, `show`, `approve`, `edit`, `reject`, `undo`: a person decides, and is refused without the right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.company import draft
from tests.cli.process import Countersign

LATER = "2027-01-04T10:00:00Z"
DRAFTS = [
    draft(
        "Review the offer", "r-approve", deal_id="D-1", send_after=LATER, text="I'll send the price list by Friday.\n"
    ),
    draft("Review this too", "r-edit"),
    draft("Review and reject", "r-reject"),
    draft("Block this", "r-blocked"),
    draft("Send it later", "r-undo", send_after=LATER),
]


@pytest.fixture(scope="module")
def drafts(countersign: Countersign) -> dict[str, dict[str, Any]]:
    """Some drafts at the gate, by client id."""
    answer = countersign.here("submit", "--jsonl", "--json", "-", stdin="\n".join(map(json.dumps, DRAFTS)))
    return {record["client_id"]: record for record in answer.records}


@pytest.mark.usefixtures("drafts")
def test_the_queue_says_who_is_asked_and_why(countersign: Countersign) -> None:
    everybody = countersign.here("queue", "--json").records
    ruths = countersign.here("queue", "--as", "ruth")
    nobodys = countersign.here("queue", "--as", "tom")

    assert {record["client_id"] for record in everybody} == {"r-approve", "r-edit", "r-reject", "r-blocked"}
    assert everybody[0]["client_id"] == "r-approve"
    assert "Acme pilot worth 50,000 USD" in everybody[0]["first_because"]
    assert "ruth" in ruths.out
    assert nobodys.out == "nothing waits\n"
    assert "there is no person 'zoe'" in countersign.here("queue", "--as", "zoe").refusal(2)


def test_everything_about_a_draft_is_on_one_screen(
    countersign: Countersign, drafts: dict[str, dict[str, Any]]
) -> None:
    shown = countersign.here("show", "r-approve").out

    for part in (
        drafts["r-approve"]["digest"],
        "The manager looks. (rule look, policy 1)",
        "“I'll send the price list by Friday”  [0–34]",
        "known from  ledger: L-1.text",
        "old)",
        "Approval pending: 1 of ruth",
        "Subject: Review the offer",
    ):
        assert part in shown
    assert countersign.here("show", drafts["r-approve"]["id"][:12], "--json").records[0]["client_id"] == "r-approve"


@pytest.mark.usefixtures("drafts")
def test_an_unknown_or_ambiguous_draft_is_refused(countersign: Countersign) -> None:
    assert countersign.here("show", "dr_nothing").refusal(2) == "there is no draft 'dr_nothing'"
    assert "5 drafts begin so" in countersign.here("show", "dr_").refusal(2)
    assert "there is no draft ''" in countersign.here("undo", "", "--as", "sam").refusal(2)


def test_an_approval_names_a_digest_and_needs_the_right(
    countersign: Countersign, drafts: dict[str, dict[str, Any]]
) -> None:
    digest = drafts["r-approve"]["digest"]

    assert "sam may not approve" in countersign.here("approve", "r-approve", "--as", "sam").refusal(1)
    stale = countersign.here("approve", "r-approve", "--as", "ruth", "--digest", "sha256:00")
    assert f"its digest is now {digest}" in stale.refusal(1)

    approved = countersign.here("approve", "r-approve", "--as", "ruth@ours.example", "--reason", "fine")
    assert approved.code == 0
    assert digest in approved.out
    assert "is scheduled" in approved.out
    assert (
        countersign.here("show", "r-approve", "--json").records[0]["requests"][0]["decisions"][0]["reason"] == "fine"
    )


@pytest.mark.usefixtures("drafts")
def test_an_edit_is_judged_again(countersign: Countersign, tmp_path: Path) -> None:
    text = tmp_path / "better.txt"
    text.write_text("Hello Lee, much better.\n", encoding="utf-8")

    assert "there is no draft" in countersign.here("edit", "r-edit", "--as", "tom", "--text", "x").refusal(2)
    assert "says nothing to change" in countersign.here("edit", "r-edit", "--as", "sam").refusal(2)
    assert "cannot both be given" in countersign.here(
        "edit", "r-edit", "--as", "sam", "--text", "x", "--text-file", text
    ).refusal(2)
    assert "subject" in countersign.here("edit", "r-edit", "--as", "sam", "--subject", "a\nb").refusal(2)

    edited = countersign.here("edit", "r-edit", "--as", "sam", "--text-file", text, "--subject", "Block now")
    assert "blocked" in edited.out
    assert "It must not go. (rule stop, policy 1)" in edited.out
    assert "edited by: sam" in edited.out
    assert "Approval void: 1 of ruth" in edited.out


@pytest.mark.usefixtures("drafts")
def test_a_rejection_is_for_good(countersign: Countersign) -> None:
    assert "Missing option '--reason'" in countersign.here("reject", "r-reject", "--as", "ruth").refusal(2)

    rejected = countersign.here("reject", "r-reject", "--as", "ruth", "--reason", "no", "--json").records[0]
    assert rejected["state"] == "rejected"
    assert "already decided: ruth said reject" in countersign.here("approve", "r-reject", "--as", "ruth").refusal(1)


@pytest.mark.usefixtures("drafts")
def test_an_undo_takes_back_what_has_not_left(countersign: Countersign) -> None:
    assert "there is no draft" in countersign.here("undo", "r-undo", "--as", "tom").refusal(2)
    assert countersign.here("undo", "r-undo", "--as", "sam", "--json").records[0]["state"] == "undone"
    assert "is undone" in countersign.here("undo", "r-undo", "--as", "sam").out
    assert "cannot become undone" in countersign.here("undo", "r-blocked", "--as", "sam").refusal(1)
