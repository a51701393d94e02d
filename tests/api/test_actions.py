"""Actions other than mail through the API."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.house import Api

ACTION: dict[str, Any] = {
    "kind": "update_record",
    "agent": "crm-agent",
    "on_behalf_of": "sam",
    "target": {"system": "crm", "type": "opportunity", "id": "o-1"},
    "before": {"stage": "proposal"},
    "after": {"stage": "negotiation"},
    "reason": "A contract came.",
}


def _proposed(sam: httpx.Client, **changes: object) -> dict[str, Any]:
    answer = sam.post("/actions", json={**ACTION, **changes})
    assert answer.status_code == 201, answer.text
    record: dict[str, Any] = answer.json()
    return record


def _approved(sam: httpx.Client, ruth: httpx.Client) -> dict[str, Any]:
    record = _proposed(sam)
    body = {"digest": record["digest"], "decision": "approve", "reason": "fits"}
    approved: dict[str, Any] = ruth.post(f"/actions/{record['id']}/decision", json=body).json()
    assert approved["state"] == "approved", approved
    return approved


def test_from_the_proposal_to_the_report_and_back(sam: httpx.Client, ruth: httpx.Client) -> None:
    shown = _approved(sam, ruth)
    url = f"/actions/{shown['id']}"

    claimed = sam.post(f"{url}/claim", json={"digest": shown["digest"], "executor": "sync", "key": "k-1"})
    again = sam.post(f"{url}/claim", json={"digest": shown["digest"], "executor": "sync", "key": "k-1"})
    other = sam.post(f"{url}/claim", json={"digest": shown["digest"], "executor": "sync"})
    assert (claimed.status_code, again.json()["claim"]["id"]) == (200, claimed.json()["claim"]["id"])
    assert (other.status_code, "was claimed by agent:sync" in other.json()["detail"]) == (409, True)
    assert ruth.get(url).json()["claim"]["executor"] == "agent:sync"

    report = {"outcome": "done", "claim": claimed.json()["claim"]["id"], "result": {"version": 7}}
    foreign = ruth.post(f"{url}/result", json=report)
    done = sam.post(f"{url}/result", json=report)
    assert (foreign.status_code, done.json()["state"]) == (403, "done")
    assert done.json()["report"]["result"] == {"version": 7}

    back = sam.post(f"{url}/rollback", json={"reason": "wrong deal"})
    assert (back.status_code, back.json()["state"], back.json()["action"]["rollback_of"]) == (
        201,
        "in_review",
        shown["id"],
    )


def test_what_waits_and_what_is_said(sam: httpx.Client, ruth: httpx.Client) -> None:
    shown = _proposed(sam, client_id="talk-1")
    url = f"/actions/{shown['id']}"
    assert sam.post("/actions", json={**ACTION, "client_id": "talk-1"}).status_code == 200
    assert sam.post("/actions", json={**ACTION, "client_id": "talk-1", "reason": "other"}).status_code == 409
    assert shown["id"] in [each["id"] for each in ruth.get("/actions").json()]
    assert ruth.get("/actions", params={"all": True}).status_code == 200
    assert sam.get("/actions", params={"all": True}).status_code == 403

    asked = ruth.post(f"{url}/questions", json={"text": "Which contract?"}).json()["remarks"][0]
    assert asked["action_id"] == shown["id"]
    assert sam.post(f"{url}/questions/{asked['id']}/answer", json={"text": "No.", "agent": "x"}).status_code == 403
    answered = sam.post(f"{url}/questions/{asked['id']}/answer", json={"text": "Ours.", "agent": "crm-agent"})
    assert answered.json()["requests"][0]["paused"] is False
    assert ruth.post(f"{url}/comments", json={"text": "Mind the term."}).status_code == 201
    assert ruth.post(f"{url}/reassign", json={"to": "tom"}).json()["requests"][0]["people"] == ["tom"]
    assert sam.post(f"{url}/withdraw").json()["state"] == "withdrawn"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({**ACTION, "kind": "send_email"}, "kind"),
        ({**ACTION, "target": {"system": "crm"}}, "target.type"),
        ({**ACTION, "on_behalf_of": "nobody"}, "on_behalf_of"),
    ],
)
def test_a_problem_names_the_field(sam: httpx.Client, body: dict[str, Any], field: str) -> None:
    answer = sam.post("/actions", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert sam.post("/actions", content=b"{", headers={"Content-Type": "application/json"}).status_code == 422


def test_each_way_in_has_its_scope(api: Api, sam: httpx.Client) -> None:
    shown = _proposed(sam)
    url = f"/actions/{shown['id']}"
    with api.client("sam", "drafts:submit", "drafts:read") as other:
        for method, path, body in (
            ("POST", "/actions", ACTION),
            ("GET", url, None),
            ("POST", f"{url}/decision", {"digest": shown["digest"], "decision": "approve"}),
            ("POST", f"{url}/claim", {"digest": shown["digest"]}),
            ("POST", f"{url}/result", {"outcome": "done"}),
            ("POST", f"{url}/withdraw", None),
            ("POST", f"{url}/rollback", {"reason": "x"}),
        ):
            answer = other.request(method, path, json=body)
            assert (answer.status_code, "lacks the scope" in answer.text) == (403, True), path


def test_a_claim_names_a_lease_that_may_be(sam: httpx.Client, ruth: httpx.Client) -> None:
    shown = _approved(sam, ruth)
    answer = sam.post(f"/actions/{shown['id']}/claim", json={"digest": shown["digest"], "lease_seconds": 5})
    assert answer.status_code == 422
