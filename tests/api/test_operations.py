"""The ledger and the trail."""

from __future__ import annotations

import httpx

from tests.api.house import Api
from tests.cli.company import draft


def test_the_ledger_is_read_and_settled(sam: httpx.Client, api: Api) -> None:
    (entry,) = sam.get("/commitments").json()
    assert (entry["id"], entry["standing"], entry["due_day"]) == ("L-1", "open", "2026-11-20")
    assert sam.get("/commitments", params={"state": "kept"}).json() == []
    assert sam.get("/commitments", params={"state": "lost"}).json()["field"] == "state"

    with api.client("tom") as tom:
        assert tom.patch("/commitments/L-1", json={"state": "kept"}).status_code == 403
    kept = sam.patch("/commitments/L-1", json={"state": "kept", "reason": "sent by post"})
    assert (kept.status_code, kept.json()["state"]) == (200, "kept")
    assert sam.patch("/commitments/L-1", json={"state": "withdrawn"}).json()["title"] == "Move not allowed"
    assert sam.patch("/commitments/L-9", json={"state": "kept"}).status_code == 404


def test_the_trail_is_read_as_it_was_hashed(sam: httpx.Client, ruth: httpx.Client) -> None:
    sam.post("/drafts", json=draft("Block", "trail-1"))

    (event,) = sam.get("/audit", params={"draft": "trail-1"}).json()
    newest = ruth.get("/audit", params={"limit": 1}).json()

    assert (event["kind"], event["actor"]) == ("draft.submitted", "agent:bot")
    assert newest == [event]
    assert sam.get("/audit", params={"limit": 1}).status_code == 403
    assert sam.get("/audit", params={"draft": "none"}).status_code == 404
    assert ruth.get("/audit", params={"limit": 0}).json()["field"] == "limit"
