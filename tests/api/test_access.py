"""Bearer tokens: who may call what; every refusal is a problem."""

from __future__ import annotations

from datetime import timedelta
from unittest import mock

import httpx
import pytest
import sqlalchemy as sa

from app import tokens
from app.core.clock import ShiftedClock
from app.tokens import Scope
from tests.api.house import Api, served

ROUTES = [
    ("POST", "/drafts", Scope.SUBMIT),
    ("GET", "/drafts/dr_x", Scope.READ),
    ("GET", "/approvals", Scope.READ),
    ("POST", "/drafts/dr_x/decision", Scope.RESOLVE),
    ("POST", "/drafts/dr_x/edit", Scope.RESOLVE),
    ("POST", "/drafts/dr_x/undo", Scope.RESOLVE),
    ("POST", "/approvals/ap_x/code", Scope.RESOLVE),
    ("GET", "/commitments", Scope.LEDGER_READ),
    ("PATCH", "/commitments/L-1", Scope.LEDGER_WRITE),
    ("GET", "/audit", Scope.AUDIT_READ),
    ("POST", "/policy/simulate", Scope.POLICY_READ),
    ("GET", "/stops", Scope.READ),
    ("POST", "/stops", Scope.STOPS),
    ("DELETE", "/stops/st_x", Scope.STOPS),
    ("GET", "/limits", Scope.READ),
    ("GET", "/autonomy", Scope.POLICY_READ),
    ("POST", "/drafts/dr_x/incidents", Scope.RESOLVE),
    ("GET", "/samples", Scope.READ),
    ("POST", "/samples/dr_x/look", Scope.RESOLVE),
]
BODIES = {
    "decision": {"digest": "d", "decision": "approve"},
    "edit": {"digest": "d"},
    "L-1": {"state": "kept"},
    "incidents": {"reason": "r"},
    "look": {"look": "fine"},
}


@pytest.mark.parametrize(("method", "path", "scope"), ROUTES)
def test_every_route_needs_a_token_with_its_scope(api: Api, method: str, path: str, scope: Scope) -> None:
    body = BODIES.get(path.rpartition("/")[2]) if method != "GET" else None
    others = [other for other in Scope if other is not scope]

    with api.client() as nobody, api.client("sam", *others) as without, api.client("sam", scope) as with_it:
        anonymous = nobody.request(method, path, json=body)
        unscoped = without.request(method, path, json=body)
        scoped = with_it.request(method, path, json=body)

    assert (anonymous.status_code, anonymous.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert (unscoped.status_code, unscoped.json()["title"]) == (403, "Not permitted")
    assert scope in unscoped.json()["detail"]
    assert scoped.status_code not in (401, 500)
    assert "scope" not in scoped.text or scoped.status_code == 200


@pytest.mark.parametrize("header", ["Bearer cs_guess", "Bearer", "Bearer tk_1", "Basic c2FtOng=", "cs_x"])
def test_what_is_no_token_is_401(api: Api, header: str) -> None:
    with api.client() as client:
        answer = client.get("/approvals", headers={"Authorization": header})
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_revoked_or_expired_token_is_worth_nothing(api: Api) -> None:
    house = api.services
    revoked, brief, gone = (api.secret("tom", "drafts:read", days=days) for days in (None, 1, None))
    with house.store.read() as reader:
        by_secret = {secret: tokens.bearer(reader, secret, now=house.clock.now()) for secret in (revoked, gone)}
    token = by_secret[revoked]
    assert token is not None
    tokens.revoke(house.store, token.id, now=house.clock.now())
    tokens.revoke(house.store, token.id, now=house.clock.now())

    def status(secret: str) -> int:
        return httpx.get(f"{api.url}/approvals", headers={"Authorization": f"Bearer {secret}"}).status_code

    assert [status(revoked), status(brief), status(gone)] == [401, 200, 200]
    with house.store.read() as reader:
        tomorrow = house.clock.now() + timedelta(days=1)
        assert tokens.bearer(reader, brief, now=tomorrow) is None
    assert isinstance(house.clock, ShiftedClock)


def test_a_person_who_has_left_may_nothing(api: Api) -> None:
    secret = api.secret("tom", "drafts:read")
    people = api.services.opened.world.people
    with mock.patch.object(type(people), "person", return_value=None):
        answer = httpx.get(f"{api.url}/approvals", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["title"]) == (403, "Not permitted")


def test_unknown_paths_and_methods_are_problems(api: Api) -> None:
    with api.client("sam") as client:
        unknown, method = client.get("/nothing"), client.put("/approvals", json={})
    assert (unknown.status_code, unknown.json()["title"]) == (404, "Not found")
    assert (method.status_code, method.json()["title"]) == (405, "Method not allowed")


def test_failures_inside_never_show_their_insides(api: Api) -> None:
    from app.api.application import build_api

    house = api.services
    failing = build_api(house)
    with served(failing) as url:
        for error, status in (
            (sa.exc.OperationalError("SELECT secret", {}, Exception("gone")), 503),
            (ZeroDivisionError("secret"), 500),
        ):
            with mock.patch.object(type(house.store), "read", side_effect=error):
                answer = httpx.get(f"{url}/approvals", headers={"Authorization": "Bearer cs_x"})
            assert answer.status_code == status
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert "secret" not in answer.text
