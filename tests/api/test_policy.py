"""A policy is tried through the API."""

from __future__ import annotations

import httpx

from tests.api.house import Api
from tests.cli.company import POLICY, draft


def test_another_policy_is_tried_on_past_drafts(sam: httpx.Client, ruth: httpx.Client) -> None:
    sam.post("/drafts", json=draft("Send it", "tried-1"))
    strict = POLICY.format(version=7).replace("route: auto_send", "route: review")

    answer = ruth.post("/policy/simulate", json={"policy": strict})

    record = answer.json()
    assert (answer.status_code, record["policy_version"]) == (200, 7)
    (change,) = [change for change in record["changes"] if change["client_id"] == "tried-1"]
    assert (change["before"]["route"], change["after"]["route"]) == ("auto_send", "review")
    assert ruth.post("/policy/simulate", json={}).json()["changes"] == []
    later = {"since": "2030-01-01T00:00:00Z"}
    assert ruth.post("/policy/simulate", json=later).json()["replayed"] == 0


def test_who_may_not_propose_a_policy_may_not_try_one(sam: httpx.Client, api: Api) -> None:
    answer = sam.post("/policy/simulate", json={})
    assert (answer.status_code, answer.json()["title"]) == (403, "Not permitted")
    with api.client("ruth", "drafts:read") as reader:
        assert "lacks the scope" in reader.post("/policy/simulate", json={}).json()["detail"]


def test_what_is_asked_wrongly_is_refused_with_the_field(ruth: httpx.Client) -> None:
    def refused(**asked: str) -> tuple[int, str]:
        answer = ruth.post("/policy/simulate", json=asked)
        return answer.status_code, answer.json()["field"]

    assert refused(policy="version: 1\nrules: 3\n") == (422, "line 2, column 8")
    assert refused(since="2026-11-18T10:00:00") == (422, "since")
    assert refused(untli="2026-11-18T10:00:00Z") == (422, "untli")
    assert refused(since="2026-11-18T10:00:00Z", until="2026-11-18T10:00:00Z") == (422, "until")
