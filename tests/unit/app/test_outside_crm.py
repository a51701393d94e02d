"""A CRM that the settings name is read when a draft is judged; people's lists do with the copy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from pydantic import SecretStr

from app.accounts.features import HUBSPOT, SALESFORCE, features_named
from app.core.clock import ManualClock
from app.core.drafts import Draft
from app.core.errors import InvalidDraft, InvalidInput, NotAvailable
from app.core.routes import Route
from app.identity.vault import new_key
from app.intake import draft_from_json
from app.outside import crm_at
from app.services import Services, open_services
from app.settings import Settings
from tests.cli.company import POLICY, found_company
from tests.support.crm.houses import ACCOUNT, NOW, House, hubspot_house, salesforce_house
from tests.support.databases import lay_tables

WHO = {SALESFORCE: ACCOUNT, HUBSPOT: "4711"}


@pytest.fixture(params=[SALESFORCE, HUBSPOT])
def outside(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A CRM elsewhere, as a double."""
    with (salesforce_house if request.param == SALESFORCE else hubspot_house)(tmp_path / "crm") as made:
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    """Where a double keeps its certificate."""
    (tmp_path / "crm").mkdir()
    return tmp_path


@contextmanager
def opened(folder: Path, outside: House) -> Iterator[Services]:
    """The small company, whose CRM is that one."""
    world = found_company(folder / "world")
    (world / "crm.json").write_text("{}", encoding="utf-8")
    people = yaml.safe_load((world / "people.yaml").read_text(encoding="utf-8"))
    people[0]["email"] = "priya@ours.example"
    (world / "people.yaml").write_text(yaml.safe_dump(people), encoding="utf-8")
    rules = POLICY.replace('draft.subject.startsWith("Send")', "deal.on_hold == false")
    (world / "policy.yaml").write_text(rules.format(version=1), encoding="utf-8")
    fields = {"deal": {name: field for name, field in outside.fields.deal.items() if name == "on_hold"}}
    (world / "crm-fields.yaml").write_text(yaml.safe_dump(fields), encoding="utf-8")
    settings = Settings.model_validate(
        {
            "home": lay_tables(folder / "home"),
            "world": world,
            "secret_key": SecretStr(new_key()),
            "crm": outside.name,
            "crm_account": WHO[outside.name].upper(),
            "salesforce_client_id": "house",
            "salesforce_client_secret": SecretStr("app-secret"),
            "salesforce_login_url": outside.address,
            "hubspot_url": outside.address,
            "accounts_ca_file": outside.ca_file or None,
        }
    )
    services = open_services(settings, base_clock=ManualClock(NOW))
    grant = outside.grants.of(outside.name, ACCOUNT)
    assert grant is not None
    try:
        services.accounts.grants.connect(
            outside.name, WHO[outside.name], scopes=grant.scopes, secret=grant.secret, by=None
        )
        yield services
    finally:
        services.close()


def letter(outside: House, client_id: str, deal: str = "") -> Draft:
    return draft_from_json(
        {
            "client_id": client_id,
            "action": "reply",
            "agent": "a",
            "on_behalf_of": "sam",
            "to": ["joan@haldenpaper.example"],
            "subject": "Re: the planner",
            "text": "Hi Joan,\n\nThat format is fine.\n\nSam\n",
            "deal_id": deal or outside.deal,
        }
    )


def test_a_deal_is_as_it_is_in_the_crm_at_that_moment(folder: Path, outside: House) -> None:
    with opened(folder, outside) as services:
        services.read_crm()
        assert services.gate.submit(letter(outside, "free")).assessment.route is Route.AUTO_SEND
        outside.edit_deal(outside.deal, on_hold=True)
        assert services.gate.submit(letter(outside, "held")).assessment.route is Route.REVIEW
        listed = services.opened.world.crm.deal(outside.deal)
        assert listed is not None
        assert not listed.on_hold, "lists show the copy, which is looked at again every minute"
        with pytest.raises(InvalidDraft, match="the CRM has no deal"):
            services.gate.submit(letter(outside, "none", deal="006000000000000AAA" if outside.ca_file else "999"))


def test_what_was_approved_is_done_in_the_crm(folder: Path, outside: House) -> None:
    with opened(folder, outside) as services:
        hand = services.crm_hand()
        assert hand.writer.system == outside.name
        assert hand.actions is services.actions
    plain = Settings.model_validate({"home": folder / "home", "world": folder / "world"})
    services = open_services(plain)
    try:
        with pytest.raises(NotAvailable, match="set COUNTERSIGN_CRM"):
            services.crm_hand()
    finally:
        services.close()


def test_before_it_was_read_nothing_leaves(folder: Path, outside: House) -> None:
    with opened(folder, outside) as services:
        shown = services.gate.submit(letter(outside, "early"))
        assert shown.assessment.route is Route.REVIEW
        with services.refreshing():
            pass
        services.read_crm()
        assert services.gate.submit(letter(outside, "later")).assessment.route is Route.AUTO_SEND


def test_a_crm_that_is_gone_has_drafts_reviewed(folder: Path, outside: House) -> None:
    with opened(folder, outside) as services:
        services.read_crm()
        services.accounts.grants.disconnect(outside.name, WHO[outside.name], reason="let go", by=None)
        services.read_crm()
        shown = services.gate.submit(letter(outside, "gone"))
        assert shown.assessment.route is Route.REVIEW
        assert "crm" in json.dumps([fact.source for fact in shown.assessment.unknown])


def test_what_is_missing_or_wrong_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="knows no CRM 'pipe'; write world, salesforce or hubspot"):
        crm_at(Settings.model_validate({"crm": "pipe"}))
    home, world = lay_tables(tmp_path / "home"), found_company(tmp_path / "world")
    lacking = {"home": home, "world": world, "crm": "salesforce"}
    for more, field in (({}, "crm_account"), ({"crm_account": "gate@ours.example"}, "salesforce_client_id")):
        with pytest.raises(InvalidInput, match="is missing") as missing:
            open_services(Settings.model_validate({**lacking, **more}))
        assert missing.value.field == field


def test_a_crm_is_connected_for_what_it_is_there_for() -> None:
    assert features_named(SALESFORCE, "") == features_named(HUBSPOT, "crm")
    with pytest.raises(InvalidInput, match="'send' is unknown; possible are crm"):
        features_named(HUBSPOT, "send")
