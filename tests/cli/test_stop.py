"""`stop`, `resume` and `limits`: the switch, and how much may leave."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.company import POLICY, found_company, write_draft
from tests.cli.process import Countersign
from tests.support.databases import lay_tables

LIMITS = "limits: {per_sender_per_hour: 2, per_agent_per_hour: 100}\n"


@pytest.fixture
def limited(tmp_path: Path) -> Countersign:
    """The small company, with limits in its policy."""
    world = found_company(tmp_path / "world")
    (world / "policy.yaml").write_text(POLICY.format(version=1) + LIMITS, encoding="utf-8")
    return Countersign(home=lay_tables(tmp_path / "home"), world=world)


def test_stop_holds_what_comes_in_and_resume_lets_it_go_on(countersign: Countersign, place: Path) -> None:
    stopped = countersign.here("stop", "--agent", "bot", "--reason", "it insults people", "--as", "ruth")
    assert "agent bot was stopped by ruth at 2026-11-18 15:0" in stopped.out
    assert "no draft of an agent called 'bot' has ever come in" in stopped.out
    assert "countersign resume --agent 'bot' --as PERSON" in stopped.out

    submitted = countersign.here("submit", str(write_draft(place, "Send it", "held")), "--json")
    assert (submitted.records[0]["rule"], submitted.records[0]["state"]) == ("builtin.stopped", "in_review")
    refused = countersign.here("approve", "held", "--as", "ruth", "--reason", "x").refusal(1)
    assert "cannot be approved now: agent bot was stopped by ruth" in refused
    assert "resume agent bot first" in refused
    assert "agent bot was stopped" in countersign.here("limits").out

    resumed = countersign.here("resume", "--agent", "bot", "--as", "ruth").out
    assert "agent bot is no longer stopped; lifted by ruth" in resumed
    assert "judged again: 1 drafts" in resumed
    assert countersign.here("show", "held", "--json").records[0]["state"] == "scheduled"


def test_stop_and_resume_as_json(countersign: Countersign) -> None:
    stopped = countersign.here("stop", "--all", "--reason", "wrong list", "--as", "ada", "--json").records[0]
    assert (stopped["scope"], stopped["subject"], stopped["by"], stopped["lifted_at"]) == ("all", "", "ada", None)
    resumed = countersign.here("resume", "--all", "--as", "ada", "--json").records[0]
    assert (resumed["id"], resumed["lifted_by"], resumed["judged_again"]) == (stopped["id"], "ada", 0)


def test_stops_that_make_no_sense_are_refused(countersign: Countersign) -> None:
    one = "exactly one of --all, --agent A and --action X"
    assert one in countersign.here("stop", "--reason", "x", "--as", "ada").refusal(2)
    assert one in countersign.here("stop", "--all", "--agent", "b", "--reason", "x", "--as", "ada").refusal(2)
    assert one in countersign.here("resume", "--as", "ada").refusal(2)
    assert "reason: is missing" in countersign.here("stop", "--all", "--reason", " ", "--as", "ada").refusal(2)
    assert "ruth may not stop or resume everything" in countersign.here(
        "stop", "--all", "--reason", "x", "--as", "ruth"
    ).refusal(1)
    assert "there is no stop of 'page'" in countersign.here("resume", "--action", "page", "--as", "ada").refusal(2)


def test_limits_shows_how_much_is_used_and_when_a_place_is_free(limited: Countersign) -> None:
    nothing_yet = limited.here("limits", "--json").records[0]["limits"]
    assert [(use["limit"], use["subject"], use["used"]) for use in nothing_yet] == [
        ("per_sender_per_hour", None, 0),
        ("per_agent_per_hour", None, 0),
    ]
    shown = limited.here("limits").out
    assert "anybody" in shown
    assert "0 of 2" in shown


def test_a_policy_without_limits_says_so(countersign: Countersign) -> None:
    assert "the policy in force sets no limits" in countersign.here("limits").out
