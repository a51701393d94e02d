"""Questions, places passed on, absences, notices and agents' words through the API."""

from __future__ import annotations

from typing import Any

import httpx

from tests.api.house import Api
from tests.cli.company import draft


def _submit(client: httpx.Client, client_id: str, **changes: object) -> dict[str, Any]:
    record: dict[str, Any] = client.post("/drafts", json=draft("Review", client_id, **changes)).json()
    return record


def test_a_question_is_asked_and_answered_by_the_sender_and_by_the_agent(
    sam: httpx.Client, ruth: httpx.Client
) -> None:
    record = _submit(sam, "question-1")
    url = f"/drafts/{record['id']}"

    asked = ruth.post(f"{url}/questions", json={"text": "Which plan?"})
    again = ruth.post(f"{url}/questions", json={"text": "Since when?"})
    first, second = (remark["id"] for remark in again.json()["remarks"])
    mine = sam.post(f"{url}/questions/{first}/answer", json={"text": "The blue one."})
    foreign = sam.post(f"{url}/questions/{second}/answer", json={"text": "May.", "agent": "other"})
    agents = sam.post(f"{url}/questions/{second}/answer", json={"text": "May.", "agent": record["agent"]})
    twice = sam.post(f"{url}/questions/{second}/answer", json={"text": "June."})

    assert (asked.status_code, asked.json()["requests"][0]["paused"]) == (201, True)
    assert mine.json()["requests"][0]["paused"] is True
    assert (foreign.status_code, agents.status_code, twice.status_code) == (403, 200, 409)
    assert agents.json()["requests"][0]["paused"] is False
    assert [notice["kind"] for notice in ruth.get("/notices").json()][:2] == ["answered", "answered"]


def test_a_comment_and_an_empty_one(sam: httpx.Client, ruth: httpx.Client) -> None:
    record = _submit(sam, "comment-1")
    url = f"/drafts/{record['id']}/comments"

    assert ruth.post(url, json={"text": "Mind the term."}).json()["remarks"][0]["kind"] == "comment"
    assert ruth.post(url, json={"text": "  "}).status_code == 422


def test_a_place_is_passed_on(sam: httpx.Client, ruth: httpx.Client) -> None:
    record = _submit(sam, "reassign-1")
    url = f"/drafts/{record['id']}/reassign"

    assert sam.post(url, json={"to": "tom", "place_of": "ruth"}).status_code == 403
    assert ruth.post(url, json={"to": "sam"}).status_code == 403
    passed = ruth.post(url, json={"to": "tom", "reason": "he knows it"})
    assert passed.json()["requests"][0]["people"] == ["tom"]


def test_only_what_has_expired_is_reopened(sam: httpx.Client) -> None:
    record = _submit(sam, "reopen-1")
    refused = sam.post(f"/drafts/{record['id']}/reopen", json={"digest": record["digest"]})
    assert (refused.status_code, refused.json()["title"]) == (409, "Move not allowed")


def test_an_absence_begins_and_ends(sam: httpx.Client, ruth: httpx.Client) -> None:
    away = ruth.post("/absences", json={"until": "2027-06-01T09:00:00+02:00", "delegate": "tom"})
    record = _submit(sam, "away-1")
    foreign = sam.delete(f"/absences/{away.json()['id']}")
    listed = sam.get("/absences").json()
    back = ruth.delete(f"/absences/{away.json()['id']}")

    assert away.status_code == 201
    assert record["requests"][0]["people"] == ["ruth", "tom"]
    assert [absence["person"] for absence in listed] == ["ruth"]
    assert (foreign.status_code, back.status_code) == (403, 200)
    assert sam.get(f"/drafts/{record['id']}").json()["requests"][0]["people"] == ["ruth"]
    assert ruth.post("/absences", json={"until": "2027-06-01T09:00:00"}).status_code == 422, "no offset"


def test_an_agents_word_needs_a_scope_and_a_rule_that_asks_it(api: Api, sam: httpx.Client) -> None:
    record = _submit(sam, "agent-1")
    url = f"/drafts/{record['id']}/agent-decision"
    word = {"agent": "checker", "digest": record["digest"], "decision": "approve", "reason": "it repeats"}

    with api.client("ruth", "approvals:resolve") as without, api.client("ada", "approvals:agent") as with_it:
        assert without.post(url, json=word).status_code == 403
        refused = with_it.post(url, json=word)
    assert "not asked" in refused.json()["detail"]
    assert "sam may not hand on the word of agent checker" in sam.post(url, json=word).json()["detail"]
    assert sam.post(url, json={**word, "reason": ""}).status_code == 422
