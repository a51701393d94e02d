"""The ledger, the trail, and what operators ask."""

from __future__ import annotations

import re
from unittest import mock

import httpx

from app.core.errors import FactUnavailable
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


def test_alive_ready_and_how_it_goes_without_a_token(api: Api, sam: httpx.Client) -> None:
    sam.post("/drafts", json=draft("Review", "waits-1"))
    with api.client() as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {"status": "ready", "policy_version": 1, "people": 4}
        metrics = client.get("/metrics")
        assert client.get("/openapi.json").json()["info"]["title"] == "Countersign"

    assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'countersign_drafts{state="in_review"} 1\n' in metrics.text
    assert 'countersign_drafts{state="sent"} 0\n' in metrics.text
    assert re.search(r"^countersign_oldest_waiting_seconds [\d.e-]+$", metrics.text, re.MULTILINE)
    assert "countersign_overdue_drafts 0\n" in metrics.text


def test_not_ready_while_the_directory_cannot_be_read(api: Api) -> None:
    people = api.services.opened.world.people
    with mock.patch.object(type(people), "everybody", side_effect=FactUnavailable("people", "gone")):
        answer = httpx.get(f"{api.url}/readyz")
    assert (answer.status_code, answer.json()["detail"]) == (503, "people: gone")
