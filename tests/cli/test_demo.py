"""`demo`: every sample draft through the real gate, worker and outbox; it leaves what `serve` opens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.company import draft, found_company, write_draft
from tests.cli.process import Countersign

pytestmark = pytest.mark.processes

DRAFTS = {
    "1-goes": draft("Send this", "d-1"),
    "2-waits": draft("Review this", "d-2", text="I'll send the price list by Monday, November 23.\n", deal_id="D-1"),
    "3-stops": draft("Block this", "d-3"),
    "4-is-for-later": draft("Send in January", "d-4", send_after="2027-01-04T10:00:00Z"),
}
EXPECTED = """\
1-goes.json: {route: auto_send, rule: go, checks: [], why: may go}
2-waits.json: {route: review, rule: look, checks: [ledger.contradiction], why: looked at}
3-stops.json: {route: block, rule: stop, why: stopped}
4-is-for-later.json: {route: auto_send, rule: go, checks: [], why: may go}
"""


@pytest.fixture
def company(tmp_path: Path) -> Countersign:
    """The small company with sample drafts."""
    world = found_company(tmp_path / "world")
    for name, record in DRAFTS.items():
        (world / "drafts" / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    (world / "drafts" / "expected.yaml").write_text(EXPECTED, encoding="utf-8")
    return Countersign(home=tmp_path / "home", world=world)


def test_the_sample_run_shows_what_becomes_of_each_and_can_be_run_again(company: Countersign) -> None:
    shown = company("demo")

    assert (shown.code, shown.err) == (0, "")
    for part in (
        "Ours: 4 drafts",
        "A few of those that do not leave as they are:",
        f"sent        1  to {company.home / 'outbox'}",
        "queued      1  for ruth 1",
        "blocked     1",
        "4 of 4 drafts went where they should",
        "1. 2-waits.json — bot writes for Sam Reyes to lee@acme.example",
        "known from  ledger: L-1.",
        "The trail is whole",
        "make serve",
    ):
        assert part in shown.out
    assert [record["state"] for record in company.here("queue", "--json").records] == ["in_review", "blocked"]
    assert len(list((company.home / "outbox").glob("*.eml"))) == 1

    again = company.here("demo", "--json")
    assert (again.code, len(again.records)) == (0, 4)
    assert (again.records[0]["file"], again.records[0]["state"]) == ("1-goes.json", "sent")
    assert len(list((company.home / "earlier-demo-1" / "outbox").glob("*.eml"))) == 1


def test_a_draft_that_went_elsewhere_is_named(company: Countersign) -> None:
    assert company.world is not None
    expected = company.world / "drafts" / "expected.yaml"
    expected.write_text(EXPECTED.replace("rule: stop", "rule: halt") + "5-gone.json: {route: block, rule: x}\n")

    shown = company.here("demo")

    assert shown.code == 1
    assert "3 of 5 drafts went where they should" in shown.out
    assert "3-stops.json: expected block halt; found block stop" in shown.out
    assert "5-gone.json: expected block x; found no such draft" in shown.out


def test_drafts_for_later_are_handed_in_when_the_others_have_left(company: Countersign) -> None:
    assert company.world is not None
    later = company.world / "drafts" / "later"
    later.mkdir()
    unasked = draft("Review one more", "d-5", action="follow_up", sequence={"id": "warm-up", "step": 1})
    before = draft("Send", "d-0", action="follow_up", sequence={"id": "warm-up", "step": 1})
    write_draft(company.world / "drafts", "Send", "10-tenth")
    (company.world / "sequences.yaml").write_text("warm-up: {steps: 3}\n", encoding="utf-8")
    (company.world / "drafts" / "9-step.json").write_text(json.dumps(before), encoding="utf-8")
    (later / "11-step-again.json").write_text(json.dumps(unasked), encoding="utf-8")
    expected = company.world / "drafts" / "expected.yaml"
    expected.write_text(EXPECTED + "11-step-again.json: {route: review, rule: look, checks: [sequence.order]}\n")

    shown = company("demo")

    assert (shown.code, shown.err) == (0, "")
    assert shown.out.index(" 9-step") < shown.out.index(" 10-tenth") < shown.out.index("And when those have left")
    assert "Step 1 of the sequence warm-up" in shown.out
    assert "5 of 5 drafts went where they should" in shown.out
    assert [r["file"] for r in company.here("demo", "--json").records][-1] == "11-step-again.json"


def test_anybodys_work_is_left_alone(company: Countersign, tmp_path: Path) -> None:
    company.here("submit", write_draft(tmp_path, "Review", "mine"))
    assert "the demo does not touch" in company.here("demo").refusal(1)
    assert company.here("show", "mine").code == 0


def test_a_world_without_drafts_or_with_bad_ones_is_refused(tmp_path: Path) -> None:
    world = found_company(tmp_path / "world")
    bare = Countersign(home=tmp_path / "home", world=world)
    assert "holds no sample drafts" in bare.here("demo").refusal(2)
    write_draft(world / "drafts", "Send", "bad", to=[])
    assert "drafts/bad.json: to: has nobody in it" in bare.here("demo").refusal(2)
