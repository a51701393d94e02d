"""The stop switch and the limits, in the name of the token's person."""

from __future__ import annotations

import httpx

from tests.api.house import Api
from tests.cli.company import draft

STOP = {"scope": "agent", "subject": "bot", "reason": "it insults people"}


def test_a_stop_holds_drafts_until_it_is_lifted(sam: httpx.Client, ruth: httpx.Client) -> None:
    made = ruth.post("/stops", json=STOP)
    held = sam.post("/drafts", json=draft("Send", "stopped-1")).json()
    again = ruth.post("/stops", json={**STOP, "reason": "other"})
    listed = sam.get("/stops").json()
    lifted = ruth.delete(f"/stops/{made.json()['id']}", params={"reason": "mended"})
    repeated = ruth.delete(f"/stops/{made.json()['id']}")

    assert (made.status_code, made.json()["by"], made.json()["lifted_at"]) == (201, "ruth", None)
    assert (held["state"], held["rule"]) == ("in_review", "builtin.stopped")
    assert again.json() == made.json()
    assert listed == [{**made.json(), "held": 1}]
    assert (lifted.status_code, lifted.json()["lifted_by"], lifted.json()["judged_again"]) == (200, "ruth", 1)
    assert lifted.json()["still_waiting"] == 0
    assert repeated.json()["lifted_at"] == lifted.json()["lifted_at"]
    assert sam.get(f"/drafts/{held['id']}").json()["state"] == "scheduled"
    assert sam.get("/stops").json() == []
    assert made.json()["id"] in {stop["id"] for stop in sam.get("/stops", params={"all": True}).json()}


def test_stops_that_may_not_be(sam: httpx.Client, ruth: httpx.Client, api: Api) -> None:
    assert sam.post("/stops", json=STOP).status_code == 403
    assert ruth.post("/stops", json={"scope": "all", "reason": "x"}).status_code == 403
    unreasoned = ruth.post("/stops", json={**STOP, "reason": " "})
    assert (unreasoned.status_code, unreasoned.json()["field"]) == (422, "reason")
    assert ruth.post("/stops", json={**STOP, "scope": "world"}).status_code == 422
    assert ruth.delete("/stops/st_x").status_code == 404
    with api.client("ada") as ada:
        everything = ada.post("/stops", json={"scope": "all", "reason": "x"}).json()
        assert ruth.delete(f"/stops/{everything['id']}").status_code == 403
        assert ada.delete(f"/stops/{everything['id']}").status_code == 200


def test_limits_are_told(sam: httpx.Client) -> None:
    assert sam.get("/limits").json() == []
