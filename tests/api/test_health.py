"""Alive, ready, how is it going: what operators and their machines ask, without a token unless one is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest import mock

import httpx
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from app.api.health import build_health
from app.core.errors import FactUnavailable
from app.store.versions import newest_version
from tests.api.house import Api, served
from tests.cli.company import draft


def test_alive_ready_and_how_it_goes_without_a_token(api: Api, sam: httpx.Client) -> None:
    sam.post("/drafts", json=draft("Review", "waits-1"))
    with api.client() as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {
            "status": "ready",
            "tables": newest_version(),
            "policy_version": 1,
            "people": 4,
        }
        metrics = client.get("/metrics")
        assert client.get("/openapi.json").json()["info"]["title"] == "Countersign"

    assert metrics.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'countersign_drafts{state="in_review"} 1.0\n' in metrics.text
    assert 'countersign_moves_total{state="in_review"} 1.0\n' in metrics.text
    assert "countersign_database_up 1.0\n" in metrics.text


@contextmanager
def tables_ask_for(engine: sa.Engine, oldest_code: str) -> Iterator[None]:
    """As a newer version's migration would leave them."""
    row = {"name": "oldest_code"}
    change = sa.text("UPDATE settings SET value = :value WHERE name = :name")
    with engine.begin() as connection:
        before = connection.execute(sa.text("SELECT value FROM settings WHERE name = :name"), row).scalar_one()
        connection.execute(change, {**row, "value": oldest_code})
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(change, {**row, "value": before})


def test_not_ready_says_everything_that_is_wrong(api: Api) -> None:
    people = api.services.opened.world.people
    gone = mock.patch.object(type(people), "everybody", side_effect=FactUnavailable("people", "gone"))
    with gone, tables_ask_for(api.services.engine, "9999"):
        answer = httpx.get(f"{api.url}/readyz")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "needs code that knows 9999" in answer.json()["detail"]
    assert answer.json()["detail"].endswith("; people: gone")
    assert httpx.get(f"{api.url}/readyz").status_code == 200


def test_not_ready_while_the_database_does_not_answer(api: Api) -> None:
    nowhere = sa.create_engine("sqlite:////nowhere/at/all.db")
    with served(build_health(replace(api.services, engine=nowhere))) as url:
        ready, alive = httpx.get(f"{url}/readyz"), httpx.get(f"{url}/healthz")
    assert (ready.status_code, alive.status_code) == (503, 200)
    assert ready.json()["detail"].startswith("the database did not answer; ")
    assert "/nowhere" not in ready.text


def test_not_ready_without_a_policy(api: Api) -> None:
    with mock.patch("app.operations.readiness.published", side_effect=FactUnavailable("policy", "none")):
        answer = httpx.get(f"{api.url}/readyz")
    assert (answer.status_code, answer.json()["detail"]) == (503, "policy: none")


@pytest.mark.parametrize(
    ("header", "status"), [(None, 401), ("Bearer wrong", 401), ("Basic secret", 401), ("Bearer secret", 200)]
)
def test_metrics_may_ask_for_a_token(header: str | None, status: int, api: Api) -> None:
    settings = api.services.settings.model_copy(update={"metrics_token": SecretStr("secret")})
    headers = {"Authorization": header} if header else {}
    with served(build_health(replace(api.services, settings=settings))) as url:
        assert httpx.get(f"{url}/metrics", headers=headers).status_code == status
        assert httpx.get(f"{url}/healthz").status_code == 200
        assert httpx.get(f"{url}/drafts").status_code == 404, "a worker serves nothing else"
