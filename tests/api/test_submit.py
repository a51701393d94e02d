"""POST /drafts: the verdict in the answer, and one draft for one key however often it is sent."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from app.api.doorstep import MAX_BODY_BYTES
from tests.api.house import Api
from tests.cli.company import draft

LATER = "2027-01-04T10:00:00Z"


def test_a_new_draft_is_answered_with_its_verdict(sam: httpx.Client) -> None:
    answer = sam.post("/drafts", json=draft("Review this", "new-1"))

    record = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/drafts/{record['id']}"
    assert (record["route"], record["rule"], record["state"]) == ("review", "look", "in_review")
    assert record["approvals"]["people"] == ["ruth"]
    assert sam.get(f"/drafts/{record['id']}").json() == record
    assert sam.get("/drafts/new-1").json()["id"] == record["id"]


def test_the_same_key_again_is_the_same_draft(sam: httpx.Client) -> None:
    first = sam.post("/drafts", json=draft("Review", "again-1"))
    by_client_id = sam.post("/drafts", json=draft("Review", "again-1"))
    keyed = {"Idempotency-Key": "k-1"}
    one, two = (sam.post("/drafts", json=draft("Review once"), headers=keyed) for _ in range(2))
    reused = sam.post("/drafts", json=draft("Review something else"), headers=keyed)

    assert (first.status_code, by_client_id.status_code) == (201, 200)
    assert by_client_id.json()["id"] == first.json()["id"]
    assert (one.status_code, two.status_code) == (201, 200)
    assert two.json()["id"] == one.json()["id"]
    assert reused.status_code == 409
    assert reused.json()["type"] == "urn:countersign:problem:reused-key"


def test_one_key_from_many_threads_at_once_is_one_draft(api: Api) -> None:
    together = threading.Barrier(8)
    secret = api.secret("sam", "drafts:submit")
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "race-1"}

    def post(_number: int) -> httpx.Response:
        with httpx.Client(base_url=api.url, headers=headers, timeout=60) as client:
            together.wait()
            return client.post("/drafts", json=draft("Review the race"))

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(post, range(8)))

    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    with api.client("sam") as client:
        events = client.get("/audit", params={"draft": answers[0].json()["id"]}).json()
    assert [event["kind"] for event in events] == ["draft.submitted"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": []}, "to"),
        ({"to": ["nobody"]}, "to[0]"),
        ({"colour": "red"}, "colour"),
        ({"on_behalf_of": "zoe"}, "on_behalf_of"),
        ({"attachments": [{"filename": "a.pdf", "content_type": "application/pdf", "content": "%"}]}, None),
    ],
)
def test_a_bad_draft_is_refused_with_its_field(
    sam: httpx.Client, changes: dict[str, object], field: str | None
) -> None:
    answer = sam.post("/drafts", json=draft("Send", "bad-1", **changes))

    problem = answer.json()
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == "urn:countersign:problem:invalid-draft"
    assert problem["status"] == 422
    assert problem["field"] == (field or "attachments[0].content")


def test_what_is_not_a_draft_at_all_is_turned_away(sam: httpx.Client) -> None:
    json_type = {"Content-Type": "application/json"}
    garbage = sam.post("/drafts", content=b"\xff\x00garbage", headers=json_type)
    nested = sam.post("/drafts", content=b"[" * 100_000, headers=json_type)
    empty = sam.post("/drafts")
    listed = sam.post("/drafts", json=[])
    text = sam.post("/drafts", content=b"hello", headers={"Content-Type": "text/plain"})
    large = sam.post("/drafts", content=b" " * (MAX_BODY_BYTES + 1), headers=json_type)
    chunks = sam.post("/drafts", content=(b" " * 1_000_000 for _ in range(27)), headers=json_type)
    long_key = sam.post("/drafts", json=draft("Review"), headers={"Idempotency-Key": "k" * 201})

    assert (garbage.status_code, garbage.json()["title"]) == (400, "Bad request")
    assert (nested.status_code, empty.status_code, listed.status_code) == (400, 400, 422)
    assert text.status_code == 415
    assert text.json()["detail"] == "send the body as Content-Type: application/json"
    assert [large.status_code, chunks.status_code] == [413, 413]
    assert (long_key.status_code, long_key.json()["field"]) == (422, "Idempotency-Key")
