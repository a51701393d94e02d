"""`autonomy`, `incident` and `samples`: what agents have earned, and a look at what left unattended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.autonomy import Subject
from app.core.routes import Tier
from app.services import Services, open_services
from app.settings import Settings
from tests.cli.company import POLICY, found_company, write_draft
from tests.cli.process import Countersign
from tests.support.autonomy import earn
from tests.support.databases import lay_tables

EARNING = POLICY.format(version=1).replace(
    'startsWith("Review"), route: review', 'startsWith("Review"), route: review, autonomy: true'
)
GRANTING = "autonomy: {level: 0.9, minimum: 30}\nsampling: {auto_send: 1}\n"
REPLIES = ("bot", "reply", "low")


@pytest.fixture
def granting(tmp_path: Path) -> Countersign:
    """The small company, whose policy lets autonomy be earned."""
    world = found_company(tmp_path / "world")
    (world / "policy.yaml").write_text(EARNING + GRANTING, encoding="utf-8")
    return Countersign(home=lay_tables(tmp_path / "home"), world=world)


@pytest.fixture
def services(granting: Countersign) -> Iterator[Services]:
    """The services on the same home, to make a past."""
    assert granting.world is not None
    opened = open_services(Settings(home=granting.home, world=granting.world, database_url=""))
    yield opened
    opened.close()


@pytest.fixture
def proven(granting: Countersign, services: Services) -> Countersign:
    """The company, in which the agent has a good record."""
    earn(
        services.store,
        services.ids,
        Subject(agent="bot", action="reply", tier=Tier.LOW),
        40,
        now=services.clock.now(),
    )
    return granting


def submit(countersign: Countersign, services: Services, folder: Path, subject: str, client_id: str) -> str:
    """Hand a draft in and let it leave, if it may. Returns its route."""
    record = countersign.here("submit", str(write_draft(folder, subject, client_id)), "--json").records[0]
    with services.store.read() as reader:
        due = reader.drafts.overdue(now=services.clock.now(), grace=timedelta(0), limit=10)
    for draft_id, version in due:
        services.gate.wake(draft_id, version)
    return str(record["rule"])


def test_figures_are_shown_and_what_they_propose_is_signed(
    proven: Countersign, services: Services, tmp_path: Path
) -> None:
    shown = proven.here("autonomy").out
    assert "proposed: reply by bot at low risk: 40 of 40 approved unchanged, lower bound 0.912" in shown
    assert "countersign autonomy sign 'bot' reply low --as PERSON" in shown
    (record,) = proven.here("autonomy", "--json").records
    assert (record["status"], record["decided"], record["lower_bound"]) == ("proposed", 40, 0.912378)
    assert record["outcomes"]["approved_unchanged"] == 40
    assert record["promotion"] is None

    assert "sam may not sign" in proven.here("autonomy", "sign", *REPLIES, "--as", "sam").refusal(1)
    signed = proven.here("autonomy", "sign", *REPLIES, "--as", "ruth", "--reason", "a good year")
    assert "reply by bot at low risk is no longer read first" in signed.out
    assert "signed on 40 of 40 approved unchanged, lower bound 0.912" in signed.out
    again = proven.here("autonomy", "sign", *REPLIES, "--as", "ada", "--json").records[0]
    assert (again["signed_by"], again["reason"]) == ("ruth", "a good year")

    assert submit(proven, services, tmp_path, "Review it", "earned") == "builtin.earned"
    why = proven.here("show", "earned", "--json").records[0]["why"]
    assert why.startswith("earned for reply by bot at low risk: 40 of 40 approved unchanged")
    assert "builtin.earned" in proven.here("audit", "--draft", "earned").out


def test_an_incident_takes_it_back(proven: Countersign, services: Services, tmp_path: Path) -> None:
    proven.here("autonomy", "sign", *REPLIES, "--as", "ruth")
    submit(proven, services, tmp_path, "Review it", "bad")
    told = proven.here("incident", "bad", "--reason", "wrong price", "--as", "ruth")
    assert "ruth recorded an incident about dr_" in told.out
    assert submit(proven, services, tmp_path, "Review it", "next") == "look"
    assert proven.here("autonomy", "--json").records[0]["status"] == "earning"
    refused = proven.here("incident", "next", "--reason", "x", "--as", "ruth").refusal(1)
    assert "an incident is about a mail that was sent" in refused


def test_a_person_withdraws_it(proven: Countersign) -> None:
    proven.here("autonomy", "sign", *REPLIES, "--as", "ruth")
    ended = proven.here("autonomy", "withdraw", *REPLIES, "--as", "ruth", "--reason", "new product")
    assert "has ended" in ended.out
    again = proven.here("autonomy", "withdraw", *REPLIES, "--as", "ruth", "--reason", "new", "--json")
    assert "there is no autonomy in force" in again.refusal(2)


def test_what_the_policy_no_longer_bears_is_shown_as_suspended(proven: Countersign, tmp_path: Path) -> None:
    proven.here("autonomy", "sign", *REPLIES, "--as", "ruth")
    stricter = tmp_path / "stricter.yaml"
    text = EARNING.replace("version: 1", "version: 2") + GRANTING.replace("0.9,", "0.99,")
    stricter.write_text(text, encoding="utf-8")
    assert proven.here("policy", "publish", stricter, "--as", "ada", "--without-review", "test").code == 0
    assert "suspended: reply by bot at low risk" in proven.here("autonomy").out


def test_samples_are_listed_and_looked_at(granting: Countersign, services: Services, tmp_path: Path) -> None:
    assert "no samples; `sampling` in the policy says" in granting.here("samples").out
    assert "nothing is known yet" in granting.here("autonomy").out
    for name in ("one", "two"):
        submit(granting, services, tmp_path, f"Send {name}", name)
    assert "Send one" in granting.here("samples").out
    first, second = granting.here("samples", "--json").records
    assert (first["route"], first["share"]) == ("auto_send", 1.0)
    assert granting.here("samples", "--as", "tom", "--json").records == []

    both = granting.here("samples", "look", "one", "--fine", "--incident", "x", "--as", "ruth").refusal(2)
    assert "exactly one of --fine and --incident REASON" in both
    assert "exactly one" in granting.here("samples", "look", "one", "--as", "ruth").refusal(2)
    assert "looked at" in granting.here("samples", "look", "one", "--fine", "--as", "ruth").out
    seen = granting.here("samples", "look", "two", "--incident", "rude", "--as", "ruth", "--json").records[0]
    assert (seen["draft_id"], seen["look"], seen["reason"]) == (second["draft_id"], "incident", "rude")
    assert granting.here("samples", "--json").records == []
    assert granting.here("audit", "verify").code == 0
    assert "incident, ruth" in granting.here("samples", "--looked-at").out
    figures = granting.here("autonomy", "--json").records[0]["outcomes"]
    assert (figures["incident"], figures["sent_unattended"]) == (1, 1)
