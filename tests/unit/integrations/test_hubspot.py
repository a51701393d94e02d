"""What is HubSpot's own: a search that lags and ends, associations, properties left out in silence, owners."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import FactUnavailable
from integrations.crm.hubspot import HubspotApp
from tests.support.crm.houses import ACCOUNT, TEXT, HubspotHouse, hubspot_house
from tests.support.crm.server import Answer
from tests.support.provider.faults import Fault


@pytest.fixture
def house(tmp_path: Path) -> Iterator[HubspotHouse]:
    """A house with a HubSpot, signed in."""
    with hubspot_house(tmp_path) as made:
        yield made


def searches(house: HubspotHouse) -> list[str]:
    return [call.path.split("/")[4] for call in house.server.calls if call.path.endswith("/search")]


def answers(house: HubspotHouse, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    """Whatever is asked, this is the answer."""
    monkeypatch.setattr(house.org, "answer", lambda _call: answer)


# ── changes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_search_may_lag_and_a_deal_is_right_all_the_same(house: HubspotHouse) -> None:
    crm = house.refreshed()
    house.org.lags = True
    now = house.later()
    house.edit_deal(house.deal, on_hold=True)
    crm.refresh(now)
    fresh, copied = crm.deal(house.deal), crm.copy.deal(house.deal)
    assert fresh is not None
    assert copied is not None
    assert (fresh.on_hold, copied.on_hold) == (True, False)
    house.org.index()
    crm.refresh(house.later())
    caught_up = crm.copy.deal(house.deal)
    assert caught_up is not None
    assert caught_up.on_hold


def test_what_the_search_says_of_a_deal_is_not_believed_but_read(house: HubspotHouse) -> None:
    crm = house.refreshed()
    now = house.later()
    house.edit_deal(house.deal, next_step="Order form")
    house.org.lags = True
    house.edit_deal(house.deal, next_step="Signature")
    crm.refresh(now)
    copied = crm.copy.deal(house.deal)
    assert copied is not None
    assert copied.next_step == "Signature"


def test_a_deal_that_the_search_still_finds_and_that_is_gone(house: HubspotHouse) -> None:
    crm = house.refreshed()
    now = house.later()
    house.edit_deal(house.deal, next_step="Order form")
    indexed = dict(house.org.indexed["deals"])
    house.delete("deal", house.deal)
    house.org.indexed["deals"] = indexed
    crm.refresh(now)
    assert crm.copy.deal(house.deal) is None


def test_a_search_that_ends_is_begun_anew_where_it_ended(
    house: HubspotHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.crm.hubspot.lists._DEEPEST", 200)
    monkeypatch.setattr("tests.support.crm.hubspot.DEEPEST", 200)
    crm = house.refreshed()
    for minute in range(5):
        house.later()
        for number in range(90):
            house.add_account(f"Account {minute} {number}", f"a-{minute}-{number}.example")
    house.server.calls.clear()
    crm.refresh(house.clock.now())
    assert len(crm.accounts()) == 451
    assert searches(house).count("companies") == 5, "one search tells two pages"


def test_more_changes_at_one_moment_than_a_search_can_tell(
    house: HubspotHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("integrations.crm.hubspot.lists._DEEPEST", 100)
    monkeypatch.setattr("tests.support.crm.hubspot.DEEPEST", 100)
    crm = house.refreshed()
    now = house.later()
    for number in range(150):
        house.add_account(f"Account {number}", f"a-{number}.example")
    with pytest.raises(FactUnavailable, match="100 companies that were changed at one moment"):
        crm.refresh(now)


def test_very_many_changed_deals_are_read_as_a_list(house: HubspotHouse) -> None:
    crm = house.refreshed()
    now = house.later(minutes=30)
    for number in range(150):
        house.add_deal(f"Deal {number}", house.halden)
    house.server.calls.clear()
    crm.refresh(now)
    searched, listed = 1 + 1 + 2, 2
    assert len(house.server.calls) == searched + listed


def test_a_page_that_comes_again_and_again(house: HubspotHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = {"results": [], "paging": {"next": {"after": "7"}}}
    crm = house.refreshed()
    answers(house, monkeypatch, Answer(body={**endless, "total": 5}))
    with pytest.raises(FactUnavailable, match="the same page again and again"):
        crm.refresh(house.later())


# ── records ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_contact_and_a_company_may_have_the_same_number(house: HubspotHouse) -> None:
    house.org.put("contacts", house.halden, email="nora@haldenpaper.example", associatedcompanyid=house.halden)
    crm = house.refreshed()
    now = house.later()
    house.org.edit("contacts", house.halden, email=None)
    crm.refresh(now)
    assert crm.contact("nora@haldenpaper.example") is None
    assert crm.account(house.halden) is not None


def test_a_contacts_other_addresses_and_a_companys_other_domains(house: HubspotHouse) -> None:
    house.org.edit("contacts", house.joan, hs_additional_emails="joan@old.example;J.Ferris@old.example")
    house.org.edit("companies", house.halden, hs_additional_domains="halden.example;hpm.example")
    crm = house.refreshed()
    contact, account = crm.contact("j.ferris@OLD.example"), crm.account(house.halden)
    assert contact is not None
    assert account is not None
    assert contact.id == house.joan
    assert account.domains == ("haldenpaper.example", "halden.example", "hpm.example")


def test_the_primary_company_is_the_deals_account(house: HubspotHouse) -> None:
    partner = house.add_account("Partner", "partner.example")
    house.org.associate(house.deal, "companies", partner, "deal_to_company_unlabeled")
    house.org.associate(house.deal, "companies", house.halden, "deal_to_company_unlabeled")
    deal = house.crm().deal(house.deal)
    assert deal is not None
    assert deal.account == house.halden


def test_several_companies_and_none_of_them_primary(house: HubspotHouse) -> None:
    house.org.records["deals"][house.deal].associations["companies"] = [
        (house.halden, "deal_to_company_unlabeled"),
        ("9", "deal_to_company_unlabeled"),
    ]
    with pytest.raises(
        FactUnavailable, match=f"deals {house.deal} has 2 companies, none of them primary; choose one"
    ):
        house.crm().deal(house.deal)


def test_a_deal_without_a_company(house: HubspotHouse) -> None:
    house.org.records["deals"][house.deal].associations.clear()
    deal = house.crm().deal(house.deal)
    assert deal is not None
    assert (deal.account, deal.contacts) == ("", ())


@pytest.mark.parametrize(
    ("owner", "known_as"),
    [("8", "gone@ours.example"), ("99", "99"), (None, None)],
    ids=["left", "unlisted", "nobody"],
)
def test_owners(house: HubspotHouse, owner: str | None, known_as: str | None) -> None:
    house.org.edit("deals", house.deal, hubspot_owner_id=owner)
    crm = house.refreshed()
    for _ in range(2):
        deal = crm.deal(house.deal)
        assert deal is not None
        assert deal.owner == known_as
    house.server.calls.clear()
    crm.deal(house.deal)
    assert len(house.server.calls) == 1, "nobody is asked for again and again"


def test_a_new_owner_is_looked_up(house: HubspotHouse) -> None:
    crm = house.refreshed()
    house.org.owners["9"] = ("newcomer@ours.example", False)
    house.org.edit("deals", house.deal, hubspot_owner_id="9")
    deal = crm.deal(house.deal)
    assert deal is not None
    assert deal.owner == "newcomer@ours.example"


def test_a_property_that_is_deleted_later_is_missed_with_the_next_whole_look(house: HubspotHouse) -> None:
    crm = house.refreshed()
    house.org.custom = {
        **house.org.custom,
        "deals": [name for name in house.org.custom["deals"] if name != "on_hold"],
    }
    with pytest.raises(FactUnavailable, match="HubSpot knows no field 'on_hold'"):
        crm.refresh(house.later(minutes=6 * 60))
    assert crm.contact("joan@haldenpaper.example") is not None, "the copy stays as it was"


def test_a_property_of_contacts_that_is_not_there(house: HubspotHouse) -> None:
    fields = replace(house.fields, contact={**house.fields.contact, "sensitive": "is_sensitive"})
    with pytest.raises(FactUnavailable, match="knows no field 'is_sensitive'"):
        house.crm(fields).refresh(house.clock.now())


@pytest.mark.parametrize("body", [[], {}, {"results": None}, {"results": [{}]}, {"results": [{"id": "1"}]}, 7])
def test_an_answer_that_is_none(house: HubspotHouse, monkeypatch: pytest.MonkeyPatch, body: object) -> None:
    crm = house.refreshed()
    answers(house, monkeypatch, Answer(body=body))
    with pytest.raises(FactUnavailable, match="nobody can read"):
        crm.refresh(house.later())
    with pytest.raises(FactUnavailable, match="nobody can read"):
        crm.deal(house.deal)


# ── limits, sign-in, notes ────────────────────────────────────────────────────────────────────────────────────────


def test_the_limit_of_a_day_is_not_used_up_by_asking_for_it(house: HubspotHouse) -> None:
    crm = house.refreshed()
    house.server.faults.append(Fault.NO_QUOTA)
    with pytest.raises(FactUnavailable, match="429 RATE_LIMITS"):
        crm.deal(house.deal)
    with pytest.raises(FactUnavailable, match="left alone for 600 s more"):
        crm.deal(house.deal)


def test_a_token_is_renewed_with_the_houses_app(house: HubspotHouse) -> None:
    house.server.faults.append(Fault.EXPIRED)
    house.crm().deal(house.deal)
    [form] = house.server.token_calls
    assert form == {
        "grant_type": "refresh_token",
        "refresh_token": "refresh-0",
        "client_id": "client",
        "client_secret": "app-secret",
    }


def test_a_private_apps_token_that_was_replaced_closes_the_grant(house: HubspotHouse) -> None:
    house.keep({"access_token": "pat-old"})
    with pytest.raises(FactUnavailable, match="private app's token was taken back or replaced"):
        house.crm().deal(house.deal)
    assert house.grants.closings == [
        "HubSpot does not take it any more (a private app's token was taken back or replaced)"
    ]
    house.keep({"access_token": "token-0"})
    assert house.crm().deal(house.deal) is not None, f"{ACCOUNT} has connected it again"


@pytest.mark.parametrize("status", [301, 302, 307])
def test_no_redirect_is_followed(house: HubspotHouse, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    answers(house, monkeypatch, Answer(status=status, headers={"Location": f"{house.address}/elsewhere"}))
    with pytest.raises(FactUnavailable, match=f"answers {status}"):
        house.crm().deal(house.deal)
    assert len(house.server.calls) == 1


def test_a_note_is_found_again_as_its_editor_has_set_it(house: HubspotHouse) -> None:
    written = house.log()
    [note] = house.org.there("notes")
    assert note["hs_note_body"] == "Mail sent: the plan<br>To Joan &amp; Luis: the plan &lt;v2&gt;<br>Regards"
    lines = "</p><p>".join(str(note["hs_note_body"]).split("<br>"))
    house.org.edit("notes", written.id, hs_note_body=f"<div><p>{lines}</p></div>")
    assert written.after["text"] == TEXT
    house.writer().undo(written)
    assert house.activities() == []


def test_a_note_hangs_on_its_deal(house: HubspotHouse) -> None:
    written = house.log()
    assert house.org.records["notes"][written.id].associations == {"deals": [(house.deal, "214")]}


def test_secrets_stay_out_of_representations() -> None:
    assert "hush" not in repr(HubspotApp(client_id="client", client_secret="hush"))
