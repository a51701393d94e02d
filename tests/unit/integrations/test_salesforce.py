"""What is Salesforce's own: its queries, its limits, its conditions, its sign-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Conflict, FactUnavailable
from integrations.crm.salesforce import SalesforceApp
from tests.support.crm.houses import ACCOUNT, NOW, SalesforceHouse, salesforce_house
from tests.support.crm.server import Answer, Call
from tests.support.provider.faults import Fault


@pytest.fixture
def house(tmp_path: Path) -> Iterator[SalesforceHouse]:
    """A house with a Salesforce, signed in."""
    with salesforce_house(tmp_path) as made:
        yield made


def asked(house: SalesforceHouse) -> list[str]:
    return [call.query["q"][0] for call in house.server.calls]


def answers(house: SalesforceHouse, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """Whatever is asked, this is the answer."""
    monkeypatch.setattr(house.org, "answer", lambda _call: answer)


def test_an_id_in_its_short_form_is_the_same_deal(house: SalesforceHouse) -> None:
    house.org.records["Opportunity"]["006000000000042AAA"] = {
        **house.org.records["Opportunity"][house.deal],
        "Id": "006000000000042AAA",
    }
    deal = house.crm().deal("006000000000042")
    assert deal is not None
    assert deal.id == "006000000000042AAA"


def test_a_field_that_two_facts_come_from_is_asked_for_once(house: SalesforceHouse) -> None:
    fields = replace(house.fields, deal={**house.fields.deal, "flags": "StageName", "legal_terms": "Name"})
    deal = house.crm(fields).deal(house.deal)
    assert deal is not None
    assert deal.flags == ("Negotiation/Review",)


def test_changes_are_asked_for_from_before_the_latest_one_and_with_what_was_deleted(house: SalesforceHouse) -> None:
    crm = house.refreshed()
    house.server.calls.clear()
    crm.refresh(house.later())
    assert {call.path for call in house.server.calls} == {"/services/data/v59.0/queryAll/"}
    times = [query.partition("SystemModstamp >= ")[2] for query in asked(house)]
    assert all("2026-11-18T08:49:" in each or each == "2026-11-18T08:50:00Z" for each in times), times
    assert ["MasterRecordId" in query for query in asked(house)] == [True, True, False, False]


def test_merged_contacts_are_one(house: SalesforceHouse) -> None:
    twin = house.add_contact("Joan", "F.", "joan.f@haldenpaper.example", house.halden)
    crm = house.refreshed()
    house.org.now = house.later()
    house.delete("contact", twin, into=house.joan)
    crm.refresh(house.clock.now())
    assert crm.contact("joan.f@haldenpaper.example") is None


def test_somebody_leaves_a_deal(house: SalesforceHouse) -> None:
    crm = house.refreshed()
    now = house.later()
    [role] = [each["Id"] for each in house.org.there("OpportunityContactRole") if each["ContactId"] == house.joan]
    house.org.delete("OpportunityContactRole", role)
    crm.refresh(now)
    copied, fresh = crm.copy.deal(house.deal), crm.deal(house.deal)
    assert copied is not None
    assert fresh is not None
    assert copied.contacts == fresh.contacts == (house.luis,)


def test_the_limit_of_a_day_is_not_used_up_by_asking_for_it(house: SalesforceHouse) -> None:
    crm = house.crm()
    house.server.faults.append(Fault.NO_QUOTA)
    with pytest.raises(FactUnavailable, match="answers 403 REQUEST_LIMIT_EXCEEDED"):
        crm.deal(house.deal)
    with pytest.raises(FactUnavailable, match="left alone for 600 s more"):
        crm.deal(house.deal)
    assert len(house.server.calls) == 1


def test_a_condition_goes_along_with_a_change(house: SalesforceHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody is quicker between our look and our change."""
    answer = house.org.answer

    def raced(call: Call) -> Answer:
        if call.method == "PATCH":
            house.org.now += timedelta(seconds=1)
            house.edit_deal(house.deal, next_step="Call Joan")
        return answer(call)

    monkeypatch.setattr(house.org, "answer", raced)
    with pytest.raises(Conflict, match="somebody else was first: Salesforce answers 412"):
        house.writer().set_next_step(house.deal, "Order form", expected="Security review")
    assert house.next_step() == "Call Joan"
    [change] = house.server.asked("PATCH")
    assert change.headers["If-Unmodified-Since"] == "Wed, 18 Nov 2026 09:00:00 GMT"


def test_a_task_says_what_was_done_and_when(house: SalesforceHouse) -> None:
    house.log()
    [made] = house.server.asked("POST")
    assert made.json == {
        "Subject": "Mail sent: the plan",
        "Description": "To Joan & Luis: the plan <v2>\nRegards",
        "Status": "Completed",
        "ActivityDate": "2026-11-18",
        "WhatId": house.deal,
        "Countersign_Id__c": "ac_1 O'Hara",
    }


def test_a_link_that_leads_away_is_not_followed(house: SalesforceHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"totalSize": 1, "done": False, "nextRecordsUrl": "@evil.example/query/1", "records": []}
    answers(house, monkeypatch, Answer(body=page))
    with pytest.raises(FactUnavailable, match="a link in Salesforce's answer leads away from it"):
        house.crm().deal(house.deal)
    assert len(house.server.calls) == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"records": None, "done": True},
        {"records": [7], "done": True},
        [],
        {"records": [{"Id": "006"}]},
        {"records": [{}], "done": False},
    ],
)
def test_an_answer_that_is_none(house: SalesforceHouse, monkeypatch: pytest.MonkeyPatch, body: object) -> None:
    answers(house, monkeypatch, Answer(body=body))
    with pytest.raises(FactUnavailable, match=r"nobody can read|records that are none"):
        house.crm().deal(house.deal)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_no_redirect_is_followed(house: SalesforceHouse, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    answers(house, monkeypatch, Answer(status=status, headers={"Location": f"{house.address}/elsewhere"}))
    with pytest.raises(FactUnavailable, match=f"answers {status}"):
        house.crm().deal(house.deal)
    assert len(house.server.calls) == 1


def test_records_that_do_not_say_when_they_were_changed(house: SalesforceHouse) -> None:
    house.org.records["Account"][house.halden]["SystemModstamp"] = "lately"
    with pytest.raises(FactUnavailable, match="do not say when they were changed"):
        house.refreshed()


# ── sign-in ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_is_renewed_with_the_houses_app(house: SalesforceHouse) -> None:
    house.server.faults.append(Fault.EXPIRED)
    house.crm().deal(house.deal)
    assert house.server.token_calls == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "refresh-0",
            "client_id": "client",
            "client_secret": "app-secret",
        }
    ]


def test_a_refresh_token_that_comes_along_is_kept(house: SalesforceHouse) -> None:
    fresh: dict[str, Any] = {"access_token": "token-1", "refresh_token": "refresh-1", "instance_url": house.address}
    house.org.token_says = Answer(body=fresh)
    house.server.faults.append(Fault.EXPIRED)
    with pytest.raises(FactUnavailable, match="no more"):
        house.crm().deal(house.deal)  # the double does not know that token
    kept = house.grants.of("salesforce", ACCOUNT)
    assert kept is not None
    assert json.loads(kept.secret)["refresh_token"] == "refresh-1"


def test_a_fault_of_the_app_closes_nobodys_grant(house: SalesforceHouse) -> None:
    house.org.token_says = Answer(status=400, body={"error": "invalid_client", "error_description": "secret!"})
    house.server.faults.append(Fault.EXPIRED)
    with pytest.raises(FactUnavailable, match=r"Salesforce's sign-in answers 400 invalid_client$"):
        house.crm().deal(house.deal)
    assert house.grants.closings == []


@pytest.mark.parametrize("address", [None, "http://127.0.0.1", "ftp://x"])
def test_a_grant_without_a_secure_address_is_no_use(house: SalesforceHouse, address: str | None) -> None:
    house.keep({"access_token": "token-0", "instance_url": address})
    with pytest.raises(FactUnavailable, match="names no address that begins with https"):
        house.crm().deal(house.deal)


def test_a_certificate_of_a_stranger_is_not_believed(house: SalesforceHouse) -> None:
    house.ca_file = ""
    with pytest.raises(FactUnavailable, match="does not answer: no connection"):
        house.crm().deal(house.deal)
    assert house.server.calls == []


def test_secrets_stay_out_of_representations() -> None:
    assert "hush" not in repr(SalesforceApp(client_id="client", client_secret="hush"))
    assert NOW.tzinfo is not None
