"""Approve, reject, edit, undo and what waits, in the name of the token's person."""

from __future__ import annotations

from typing import Any

import httpx

from tests.api.house import Api
from tests.cli.company import draft

LATER = "2027-01-04T10:00:00Z"


def _submit(client: httpx.Client, subject: str, client_id: str, **changes: object) -> dict[str, Any]:
    answer = client.post("/drafts", json=draft(subject, client_id, **changes))
    assert answer.status_code == 201
    record: dict[str, Any] = answer.json()
    return record


def test_an_approval_names_a_digest_and_counts_for_the_tokens_person(sam: httpx.Client, ruth: httpx.Client) -> None:
    record = _submit(sam, "Review", "approve-1", send_after=LATER)
    url, word = f"/drafts/{record['id']}/decision", {"digest": record["digest"], "decision": "approve"}

    refused = sam.post(url, json=word)
    stale = ruth.post(url, json={**word, "digest": "sha256:00"})
    other = ruth.post(url, json={**word, "request_id": "ap_other"})
    approved = ruth.post(url, json={**word, "reason": "fine"})
    repeated = ruth.post(url, json={**word, "reason": "fine"})

    assert (refused.status_code, refused.json()["title"]) == (403, "Not permitted")
    assert (stale.status_code, stale.json()["title"]) == (409, "Stale digest")
    assert (other.status_code, other.json()["title"]) == (409, "Conflict")
    assert (approved.status_code, approved.json()["state"]) == (200, "scheduled")
    assert repeated.json()["version"] == approved.json()["version"]
    assert approved.json()["requests"][0]["decisions"][0]["person"] == "ruth"


def test_a_rejection(sam: httpx.Client, ruth: httpx.Client) -> None:
    record = _submit(sam, "Review", "reject-1")
    word = {"digest": record["digest"], "decision": "reject", "reason": "no"}

    assert ruth.post(f"/drafts/{record['id']}/decision", json=word).json()["state"] == "rejected"


def test_an_edit_is_judged_again(sam: httpx.Client) -> None:
    record = _submit(sam, "Review", "edit-1")
    url = f"/drafts/{record['id']}/edit"

    edited = sam.post(url, json={"digest": record["digest"], "subject": "Block it"})
    stale = sam.post(url, json={"digest": record["digest"], "text": "x"})
    bad = sam.post(url, json={"digest": edited.json()["digest"], "to": []})

    assert (edited.status_code, edited.json()["state"], edited.json()["rule"]) == (200, "blocked", "stop")
    assert edited.json()["requests"][0]["state"] == "void"
    assert stale.status_code == 409
    assert (bad.status_code, bad.json()["field"]) == (422, "to")


def test_an_undo_takes_back_what_has_not_left(sam: httpx.Client) -> None:
    record = _submit(sam, "Send later", "undo-1", send_after=LATER)
    blocked = _submit(sam, "Block", "undo-2")

    assert sam.post(f"/drafts/{record['id']}/undo").json()["state"] == "undone"
    assert sam.post(f"/drafts/{record['id']}/undo").status_code == 200
    assert sam.post(f"/drafts/{blocked['id']}/undo").json()["title"] == "Move not allowed"


def test_what_waits_for_me_and_for_anybody(api: Api, sam: httpx.Client, ruth: httpx.Client) -> None:
    record = _submit(sam, "Review", "waits-1", deal_id="D-1")

    mine = ruth.get("/approvals").json()
    assert record["id"] in [item["id"] for item in mine]
    assert all(item["request"]["people"] == ["ruth"] for item in mine)
    assert sam.get("/approvals").json() == []
    assert sam.get("/approvals", params={"all": True}).status_code == 403
    everybody = ruth.get("/approvals", params={"all": True}).json()
    assert "Acme pilot" in next(item["first_because"] for item in everybody if item["id"] == record["id"])


def test_bodies_that_do_not_fit_name_the_field(ruth: httpx.Client) -> None:
    url = "/drafts/dr_x/decision"
    cases = [
        ({"decision": "approve"}, "digest"),
        ({"digest": "d", "decision": "maybe"}, "decision"),
        ({"digest": "d", "decision": "approve", "person": "ada"}, "person"),
        ({"digest": "d", "decision": "approve", "reason": "r" * 2001}, "reason"),
    ]
    for body, field in cases:
        answer = ruth.post(url, json=body)
        assert (answer.status_code, answer.json()["field"]) == (422, field)
    broken = ruth.post(url, content=b"{", headers={"Content-Type": "application/json"})
    assert (broken.status_code, broken.json()["title"]) == (400, "Bad request")
    unknown = ruth.post(url, json={"digest": "d", "decision": "approve"})
    assert (unknown.status_code, unknown.json()["detail"]) == (404, "there is no draft 'dr_x'")
