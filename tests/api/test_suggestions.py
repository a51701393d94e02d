"""Accepting suggestions over the API."""

from __future__ import annotations

import httpx

from tests.cli.company import draft

TEXT = "Hello Lee,\n\nI'll send the summary by Saturday, November 21.\n\nSam\n"


def test_suggestions_are_applied_and_the_result_is_judged(sam: httpx.Client) -> None:
    record = sam.post("/drafts", json=draft("Review", "suggest-1", text=TEXT)).json()
    url, digest = f"/drafts/{record['id']}/edit", record["digest"]

    refused = sam.post(url, json={"digest": digest, "suggestions": [7]})
    both = sam.post(url, json={"digest": digest, "suggestions": "all", "text": "x"})
    strange = sam.post(url, json={"digest": digest, "suggestions": "some"})
    edited = sam.post(url, json={"digest": digest, "suggestions": [1]})
    stale = sam.post(url, json={"digest": digest, "suggestions": "all"})
    none = sam.post(url, json={"digest": edited.json()["digest"], "suggestions": "all"})

    assert (refused.status_code, refused.json()["field"]) == (422, "suggestions")
    assert (both.status_code, both.json()["field"]) == (422, "suggestions")
    assert strange.status_code == 422
    assert edited.status_code == 200
    assert edited.json()["suggestions"]["applied"] == [{"number": 1, "check": "calendar.working_hours"}]
    assert edited.json()["draft"]["text"] == TEXT.replace("Saturday, November 21", "Monday, November 23")
    assert edited.json()["requests"][0]["state"] == "void"
    assert stale.status_code == 409
    assert none.status_code == 422


def test_who_accepts_a_suggestion_has_edited_the_draft(sam: httpx.Client, ruth: httpx.Client) -> None:
    record = sam.post("/drafts", json=draft("Review", "suggest-2", text=TEXT)).json()
    url, word = f"/drafts/{record['id']}", {"decision": "approve"}

    edited = ruth.post(f"{url}/edit", json={"digest": record["digest"], "suggestions": "all"}).json()
    approved = ruth.post(f"{url}/decision", json={**word, "digest": edited["digest"]})

    assert "ruth" not in edited["requests"][-1]["people"]
    assert approved.status_code == 403


def test_the_hours_that_a_promise_took(sam: httpx.Client) -> None:
    broken = sam.patch("/commitments/L-1", json={"state": "broken", "hours": 2})
    kept = sam.patch("/commitments/L-1", json={"state": "kept", "hours": 2.5})

    assert (broken.status_code, broken.json()["field"]) == (422, "hours")
    assert (kept.status_code, kept.json()["hours"]) == (200, 2.5)
