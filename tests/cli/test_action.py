"""`countersign action …`, and actions in the queue."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.cli.process import Countersign

ACTION: dict[str, Any] = {
    "kind": "update_record",
    "agent": "crm-agent",
    "on_behalf_of": "sam",
    "target": {"system": "crm", "type": "opportunity", "id": "o-1"},
    "before": {"stage": "proposal"},
    "after": {"stage": "negotiation"},
    "reason": "A contract came.",
}


def _propose(countersign: Countersign, client_id: str, **changes: object) -> None:
    text = json.dumps({**ACTION, "client_id": client_id, **changes})
    countersign.here("action", "propose", "-", "--as", "sam", stdin=text)


def test_from_the_proposal_to_what_became_of_it(countersign: Countersign, tmp_path: Path) -> None:
    file = tmp_path / "action.json"
    file.write_text(json.dumps({**ACTION, "client_id": "a-1"}), encoding="utf-8")
    proposed = countersign.here("action", "propose", file, "--as", "sam")
    assert "is in_review" in proposed.out
    assert "1 of ruth must approve" in proposed.out
    assert "opportunity o-1 in crm" in countersign.here("queue", "--as", "ruth").out
    listed = countersign.here("queue", "--as", "ruth", "--json").records
    assert [record["client_id"] for record in listed] == ["a-1"]

    assert "only what is approved" in countersign.here("action", "claim", "a-1", "--as", "sam").refusal(1)
    assert "is approved, to be claimed until" in countersign.here("action", "approve", "a-1", "--as", "ruth").out
    claimed = countersign.here("action", "claim", "a-1", "--as", "sam", "--executor", "sync", "--json").records[0]
    claim = claimed["claim"]["id"]
    refused = countersign.here("action", "done", "a-1", "--as", "sam", "--claim", claim, "--result", "[]")
    assert "result: must be a JSON object" in refused.refusal(2)
    done = countersign.here("action", "done", "a-1", "--as", "sam", "--claim", claim, "--result", '{"v": 7}')
    assert "is done" in done.out

    shown = countersign.here("action", "show", "a-1").out
    for words in (
        'stage: "proposal" → "negotiation"',
        "agent:sync reported done",
        "action.claimed",
        "ruth said approve",
    ):
        assert words in shown
    trail = countersign.here("action", "show", "a-1", "--json").records[0]["trail"]
    assert trail[-1]["kind"] == "action.done"
    back = countersign.here("action", "rollback", "a-1", "--as", "sam", "--reason", "wrong deal", "--json").records[0]
    assert (back["state"], back["action"]["after"]) == ("in_review", {"stage": "proposal"})


def test_a_rejection_a_failure_and_a_withdrawal(countersign: Countersign) -> None:
    for client_id in ("a-2", "a-3", "a-4"):
        _propose(countersign, client_id)
    rejected = countersign.here("action", "reject", "a-2", "--as", "ruth", "--reason", "wrong stage")
    assert "is rejected" in rejected.out
    countersign.here("action", "approve", "a-3", "--as", "ruth")
    claim = countersign.here("action", "claim", "a-3", "--as", "sam").out.rsplit("claim ", 1)[1].strip()
    failed = countersign.here("action", "failed", "a-3", "--as", "sam", "--claim", claim, "--reason", "locked")
    assert "is failed" in failed.out
    assert "is withdrawn" in countersign.here("action", "withdraw", "a-4", "--as", "sam").out


def test_what_is_not_there_is_said_so(countersign: Countersign, tmp_path: Path) -> None:
    assert "there is no action 'ac_no'" in countersign.here("action", "show", "ac_no").refusal(2)
    missing = countersign.here("action", "propose", tmp_path / "none.json", "--as", "sam")
    assert "cannot be read" in missing.refusal(2)
    text = json.dumps({**ACTION, "kind": "send_email"})
    mail = countersign.here("action", "propose", "-", "--as", "sam", stdin=text)
    assert "handed in as a draft" in mail.refusal(2)
