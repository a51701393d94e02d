"""What agents have earned, incidents and samples, for programs. Nothing can be signed here."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from app.core.autonomy import Subject
from app.core.routes import Tier
from app.permissions import require_person
from app.policy.service import publish
from tests.api.house import Api, running_api
from tests.cli.company import POLICY, draft
from tests.support.autonomy import earn

GRANTING = POLICY.format(version=2) + "sampling: {auto_send: 1}\nautonomy: {level: 0.9, minimum: 30}\n"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """The API of the small company, in which an agent has a good record."""
    with running_api(tmp_path_factory.mktemp("earned")) as running:
        of, now = running.services, running.services.clock.now()
        ada = require_person("ada", of.opened.world.people)
        publish(of.store, GRANTING, person=ada, now=now, without_review="a test")
        earn(of.store, of.ids, Subject(agent="scribe", action="reply", tier=Tier.LOW), 40, now=now)
        yield running


def sent(api: Api, sam: httpx.Client) -> str:
    """The id of a mail that left unattended."""
    draft_id = str(sam.post("/drafts", json=draft("Send it")).json()["id"])
    with api.services.store.read() as reader:
        row = reader.drafts.get(draft_id)
    api.services.gate.wake(row.id, row.version)
    return draft_id


def test_the_figures_are_there_for_everybody_who_may_read_the_rules(sam: httpx.Client) -> None:
    found = [each for each in sam.get("/autonomy").json() if each["agent"] == "scribe"]
    (line,) = found
    assert (line["action"], line["tier"], line["status"], line["decided"]) == ("reply", "low", "proposed", 40)
    assert line["outcomes"] == {
        "approved_unchanged": 40,
        "light_edit": 0,
        "heavy_edit": 0,
        "rejected": 0,
        "incident": 0,
        "sent_unattended": 0,
    }
    assert line["why"] == "40 of 40 approved unchanged, lower bound 0.912"


def test_an_incident_is_recorded_once(api: Api, sam: httpx.Client, ruth: httpx.Client) -> None:
    path = f"/drafts/{sent(api, sam)}/incidents"
    made = ruth.post(path, json={"reason": "wrong price"})
    assert (made.status_code, made.json()["by"], made.json()["reason"]) == (201, "ruth", "wrong price")
    assert ruth.post(path, json={"reason": "wrong price"}).json() == made.json()
    assert ruth.post(path, json={"reason": " "}).status_code == 422
    assert ruth.post("/drafts/dr_none/incidents", json={"reason": "x"}).status_code == 404


def test_samples_are_listed_and_looked_at(api: Api, sam: httpx.Client, ruth: httpx.Client) -> None:
    draft_id = sent(api, sam)
    assert draft_id in {each["draft_id"] for each in sam.get("/samples").json()}
    with api.client("tom") as tom:
        assert tom.get("/samples").json() == []
    seen = ruth.post(f"/samples/{draft_id}/look", json={"look": "fine"})
    assert (seen.status_code, seen.json()["looked_by"]) == (200, "ruth")
    assert sam.post(f"/samples/{draft_id}/look", json={"look": "fine"}).status_code == 409
    assert draft_id in {each["draft_id"] for each in ruth.get("/samples", params={"looked_at": True}).json()}
