"""What every CRM of other people's has to do at the port, at doubles on loopback."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from app.core.errors import FactUnavailable
from app.core.facts import Contact, Deal
from tests.support.crm.houses import ACCOUNT, NOW, TOKEN, House, hubspot_house, impatient, salesforce_house
from tests.support.crm.server import Answer
from tests.support.provider.faults import Fault

SECRETS = ("token-", "refresh-0", "app-secret")


@pytest.fixture(params=["salesforce", "hubspot"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """A house with a CRM, signed in."""
    with (salesforce_house if request.param == "salesforce" else hubspot_house)(tmp_path) as made:
        yield made


# ── what it says ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_deal_with_all_that_the_gate_wants_to_know(house: House) -> None:
    house.edit_deal(
        house.deal,
        on_hold=True,
        discount_cap=15.0,
        legal_terms="In Renegotiation",
        legal_approved=True,
        flags="strategic;renegotiation",
        paused_sequences="nurture; winback",
    )
    assert house.refreshed().deal(house.deal) == Deal(
        id=house.deal,
        name="Planner for two mills",
        account=house.halden,
        stage="negotiation",
        amount=86000.0,
        currency="USD",
        owner="priya@ours.example",
        close_date=date(2026, 12, 18),
        on_hold=True,
        next_step="Security review",
        discount_cap=15.0,
        legal_terms="in_renegotiation",
        legal_approved=True,
        flags=("strategic", "renegotiation"),
        paused_sequences=("nurture", "winback"),
        contacts=(house.joan, house.luis),
    )


def test_fields_that_nobody_filled_in(house: House) -> None:
    deal = house.crm().deal(house.deal)
    assert deal is not None
    assert (deal.on_hold, deal.discount_cap, deal.legal_terms, deal.flags) == (False, None, "standard", ())
    assert not deal.legal_approved, "legal's field is there and says nothing"


def test_without_a_field_for_legals_word_nobody_waits_for_it(house: House) -> None:
    usual = {ours: theirs for ours, theirs in house.fields.deal.items() if ours != "legal_approved"}
    deal = house.crm(replace(house.fields, deal=usual)).deal(house.deal)
    assert deal is not None
    assert deal.legal_approved


@pytest.mark.parametrize("outcome", ["won", "lost"])
def test_a_closed_deal_is_closed_whatever_its_stage_is_called(house: House, outcome: str) -> None:
    house.edit_deal(house.deal, stage="Handed over", **{outcome: True})
    deal = house.crm().deal(house.deal)
    assert deal is not None
    assert deal.stage == f"closed_{outcome}"


def test_contacts_by_address_in_any_case_and_accounts_by_id(house: House) -> None:
    house.edit_contact(house.joan, opted_out="true")
    crm = house.refreshed()
    assert crm.contact("JOAN@HaldenPaper.example") == Contact(
        id=house.joan,
        email="joan@haldenpaper.example",
        name="Joan Ferris",
        account=house.halden,
        title="Director",
        opted_out=True,
    )
    account = crm.account(house.halden)
    assert account is not None
    assert (account.name, account.domains) == ("Halden Paper", ("haldenpaper.example",))
    assert crm.accounts() == (account,)
    assert crm.accounts() is crm.accounts()
    assert (crm.contact("nobody@haldenpaper.example"), crm.account("1"), crm.as_of()) == (None, None, NOW)


@pytest.mark.parametrize(
    "unknown", ["", "1", "006000000000000999", "D-101", "' OR Id != '", "006000000000009AAA/../x"]
)
def test_a_deal_that_is_none(house: House, unknown: str) -> None:
    assert house.crm().deal(unknown) is None


def test_a_deal_is_never_from_the_copy(house: House) -> None:
    crm = house.refreshed()
    house.edit_deal(house.deal, on_hold=True)
    deal = crm.deal(house.deal)
    assert deal is not None
    assert deal.on_hold
    copied = crm.copy.deal(house.deal)
    assert copied == replace(deal, on_hold=False)
    house.server.faults.append(Fault.ERROR_BEFORE)
    with pytest.raises(FactUnavailable, match=rf"{house.system} answers 500"):
        crm.deal(house.deal)


def test_reading_a_deal_costs_no_more_calls_than_it_must(house: House) -> None:
    crm = house.refreshed()
    house.server.calls.clear()
    crm.deal(house.deal)
    assert len(house.server.calls) == {"salesforce": 2, "hubspot": 1}[house.name]


# ── what cannot be meant ──────────────────────────────────────────────────────────────────────────────────────────


def test_before_the_first_look_the_copy_says_so(house: House) -> None:
    crm = house.crm()
    questions: list[Callable[[], object]] = [crm.accounts, crm.as_of]
    questions += [partial(crm.contact, "a@b.example"), partial(crm.account, "1")]
    for question in questions:
        with pytest.raises(FactUnavailable, match="has not been read yet"):
            question()
    assert crm.deal(house.deal) is not None, "a deal needs no copy"


def test_a_field_that_the_crm_does_not_have_is_named(house: House) -> None:
    crm = house.crm(replace(house.fields, deal={**house.fields.deal, "on_hold": "Frozen__c"}))
    said = rf"{house.system} knows no field 'Frozen__c'; mend crm-fields\.yaml"
    with pytest.raises(FactUnavailable, match=said):
        crm.deal(house.deal)
    with pytest.raises(FactUnavailable, match=said):
        crm.refresh(NOW)


@pytest.mark.parametrize(
    ("field", "value"), [("discount_cap", "n/a"), ("discount_cap", "150"), ("on_hold", "perhaps"), ("amount", "-5")]
)
def test_a_value_that_cannot_be_meant_is_a_flaw_of_that_deal_alone(house: House, field: str, value: str) -> None:
    other = house.add_deal("Tablets", house.halden)
    house.edit_deal(house.deal, **{field: value})
    crm = house.refreshed()
    for asked in (crm, crm.copy):
        with pytest.raises(FactUnavailable, match=rf"{house.deal}\.{field}: must be .*; mend it there"):
            asked.deal(house.deal)
    assert crm.deal(other) is not None


def test_two_contacts_with_one_address_at_one_account_count_as_one_and_every_no_counts(house: House) -> None:
    twin = house.add_contact("J.", "Ferris", "Joan@haldenpaper.example", house.halden)
    house.edit_contact(twin, opted_out="true")
    contact = house.refreshed().contact("joan@haldenpaper.example")
    assert contact is not None
    assert (contact.id, contact.opted_out) == (house.joan, True)


def test_one_address_at_two_accounts_is_nobodys(house: House) -> None:
    other = house.add_account("Corvane", "corvane.example")
    twin = house.add_contact("Joan", "Ferris", "joan@haldenpaper.example", other)
    with pytest.raises(FactUnavailable, match=rf"at 2 accounts; merge these contacts: {house.joan}, {twin}"):
        house.refreshed().contact("joan@haldenpaper.example")


# ── looking again ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_look_brings_what_has_changed(house: House) -> None:
    crm = house.refreshed()
    now = house.later()
    house.edit_contact(house.joan, email="joan.ferris@haldenpaper.example")
    house.edit_deal(house.deal, next_step="Order form")
    corvane = house.add_account("Corvane", "corvane.example")
    crm.refresh(now)
    moved = crm.contact("joan.ferris@haldenpaper.example")
    assert (moved.id if moved else None, crm.contact("joan@haldenpaper.example")) == (house.joan, None)
    deal = crm.copy.deal(house.deal)
    assert (deal.next_step if deal else None, crm.as_of()) == ("Order form", now)
    assert {account.id for account in crm.accounts()} == {house.halden, corvane}


def test_a_contact_without_an_address_is_no_contact(house: House) -> None:
    house.add_contact("Nora", "Nomail", None, house.halden)
    crm = house.refreshed()
    house.edit_contact(house.joan, email="")
    crm.refresh(house.later())
    assert crm.contact("joan@haldenpaper.example") is None
    assert crm.contact("luis@haldenpaper.example") is not None


def test_a_merged_account_goes_on_under_the_other_id(house: House) -> None:
    duplicate = house.add_account("Halden Paper Mills Inc", "halden.example")
    nora = house.add_contact("Nora", "Berg", "nora@halden.example", duplicate)
    crm = house.refreshed()
    now = house.later()
    house.delete("account", duplicate, into=house.halden)
    crm.refresh(now)
    account, contact = crm.account(duplicate), crm.contact("nora@halden.example")
    assert account is not None
    assert account.id == house.halden
    assert [each.id for each in crm.accounts()] == [house.halden]
    assert contact is not None
    assert (contact.id, contact.account) == (nora, house.halden), "also where its record has the old id"


def test_a_deleted_deal_is_none_at_once_and_the_rest_is_forgotten_with_the_next_look(house: House) -> None:
    crm = house.refreshed()
    house.delete("deal", house.deal)
    assert crm.deal(house.deal) is None
    house.delete("contact", house.joan)
    whole = house.name == "hubspot"  # which tells nobody what was deleted
    crm.refresh(house.later(minutes=6 * 60 if whole else 1))
    assert crm.contact("joan@haldenpaper.example") is None
    assert crm.copy.deal(house.deal) is None


def test_a_look_that_fails_leaves_the_copy_and_its_age(house: House) -> None:
    crm = house.refreshed()
    house.server.faults.append(Fault.ERROR_BEFORE)
    with pytest.raises(FactUnavailable, match="500"):
        crm.refresh(house.later())
    assert crm.as_of() == NOW
    assert crm.contact("joan@haldenpaper.example") is not None
    crm.refresh(later := house.later())
    assert crm.as_of() == later


def test_a_change_that_is_seen_late_is_not_missed(house: House) -> None:
    """It was written before the last mark and shows only now: a long transaction, an index that lags."""
    crm = house.refreshed()
    house.later(minutes=5)
    house.edit_contact(house.luis, opted_out="true")
    crm.refresh(house.clock.now())
    house.set_time(NOW)
    house.edit_contact(house.joan, opted_out="true")
    crm.refresh(house.clock.now())
    contact = crm.contact("joan@haldenpaper.example")
    assert contact is not None
    assert contact.opted_out


def test_a_look_costs_by_what_has_changed(house: House) -> None:
    for number in range(300):
        house.add_deal(f"Deal {number}", house.halden)
    house.later(minutes=60)
    house.edit_deal(house.deal, next_step="Order form")
    house.edit_contact(house.joan, opted_out="true")
    house.add_account("Corvane", "corvane.example")
    crm = house.refreshed()
    for changed in (0, 1, 3):
        now = house.later(minutes=20)
        for number in range(changed):
            house.add_deal(f"New {changed} {number}", house.halden)
        house.server.calls.clear()
        crm.refresh(now)
        first = len(house.server.calls)
        house.server.calls.clear()
        crm.refresh(now + timedelta(minutes=1))
        again = len(house.server.calls)
        usual = {"salesforce": 4, "hubspot": 3}[house.name]
        each = {"salesforce": 0, "hubspot": 1}[house.name]
        assert (first, again) == (usual + each * changed, usual), (
            "what was read once is not read again for the overlap"
        )


def test_two_threads_that_look_at_the_same_time_look_once(house: House) -> None:
    crm = house.refreshed()
    house.server.calls.clear()
    looking = [threading.Thread(target=crm.refresh, args=(NOW,)) for _ in range(4)]
    lock = crm._refreshing
    with lock:
        for each in looking:
            each.start()
        for each in looking:
            each.join()
    assert house.server.calls == []


def test_the_first_look_reads_page_by_page(house: House) -> None:
    for number in range(2_500):
        house.add_account(f"Account {number}", f"account-{number}.example")
    crm = house.refreshed()
    assert len(crm.accounts()) == 2_501
    salesforce, hubspot = 4 + 1, 3 + 2 + 2 + 26
    assert len(house.server.calls) == {"salesforce": salesforce, "hubspot": hubspot}[house.name]


# ── what goes wrong ───────────────────────────────────────────────────────────────────────────────────────────────

FAULTS = {
    Fault.UNANSWERED: "does not answer",
    Fault.DROPPED: "does not answer",
    Fault.SLOW: "does not answer",
    Fault.TRUNCATED: "does not answer",
    Fault.GARBAGE: "answered what nobody can read",
    Fault.ERROR_BEFORE: "answers 500",
    Fault.ERROR_AFTER: "answers 504",
    Fault.THROTTLED: "answers 429",
    Fault.BUSY: "answers 503",
    Fault.NO_QUOTA: r"answers (?:403 REQUEST_LIMIT_EXCEEDED|429 RATE_LIMITS)",
}


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_fault_makes_the_fact_unknown_and_costs_one_call(
    house: House, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    crm = house.refreshed()
    impatient(monkeypatch)
    house.server.calls.clear()
    house.server.faults.append(fault)
    with pytest.raises(FactUnavailable, match=FAULTS[fault]) as caught:
        crm.deal(house.deal)
    assert caught.value.source == "crm"
    assert len(house.server.calls) == 1
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("spelt", ["120", "Wed, 18 Nov 2026 09:02:00 GMT"], ids=["seconds", "date"])
def test_a_crm_that_wants_to_be_left_alone_is_left_alone(house: House, spelt: str) -> None:
    house.org.wait = spelt  # type: ignore[attr-defined] # both doubles have it
    crm = house.refreshed()
    house.server.faults.append(Fault.THROTTLED)
    with pytest.raises(FactUnavailable, match="429"):
        crm.deal(house.deal)
    house.server.calls.clear()
    with pytest.raises(FactUnavailable, match="wants to be left alone for 120 s more"):
        crm.deal(house.deal)
    with pytest.raises(FactUnavailable, match="wants to be left alone for 120 s more"):
        crm.refresh(house.clock.now())
    assert house.server.calls == []
    house.later(minutes=2)
    assert crm.deal(house.deal) is not None


def test_a_crm_that_is_not_there(house: House) -> None:
    crm = house.crm()
    house.server.shutdown()
    house.server.server_close()
    with pytest.raises(FactUnavailable, match=f"{house.system} does not answer: no connection"):
        crm.deal(house.deal)


# ── tokens ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_expired_token_is_renewed_once_and_kept(house: House) -> None:
    crm = house.crm()
    house.server.faults.append(Fault.EXPIRED)
    assert crm.deal(house.deal) is not None
    kept = house.grants.of(house.name, ACCOUNT)
    assert kept is not None
    assert (kept.version, TOKEN in kept.secret, "refresh-0" in kept.secret) == (2, False, True)
    assert len(house.server.token_calls) == 1
    assert crm.deal(house.deal) is not None
    assert len(house.server.token_calls) == 1


def test_a_token_that_another_process_renewed_meanwhile_is_taken(house: House) -> None:
    crm = house.crm()
    assert crm.deal(house.deal) is not None
    house.tokens.clear()
    house.let_in("token-theirs", refresh_token="used up")
    assert crm.deal(house.deal) is not None
    assert house.server.token_calls == []


def test_a_revoked_grant_is_closed_and_says_who_has_to_do_what(house: House) -> None:
    house.let_in(refresh_token="revoked")
    house.server.faults.append(Fault.EXPIRED)
    crm = house.crm()
    ask = rf"run `countersign accounts connect {house.name} --account {ACCOUNT}`"
    for _ in range(2):
        with pytest.raises(FactUnavailable, match=f"no more .*{ask}"):
            crm.deal(house.deal)
    assert len(house.grants.closings) == 1
    assert len(house.server.token_calls) == 1


def test_a_token_without_a_way_to_renew_it(house: House) -> None:
    house.let_in(refresh_token=None)
    house.server.faults.append(Fault.EXPIRED)
    with pytest.raises(FactUnavailable, match=r"lets the gate into .* no more"):
        house.crm().deal(house.deal)
    assert len(house.grants.closings) == 1
    assert house.server.token_calls == []


def test_nobody_has_let_the_gate_in(house: House) -> None:
    house.grants._grants.clear()
    with pytest.raises(FactUnavailable, match=f"nobody has let the gate into {ACCOUNT} at {house.system}; run"):
        house.crm().refresh(NOW)


@pytest.mark.parametrize("secret", [{}, {"access_token": None}])
def test_a_grant_that_cannot_be_read(house: House, secret: dict[str, str | None]) -> None:
    house.keep(secret)
    with pytest.raises(FactUnavailable, match="cannot be read; run `countersign accounts connect"):
        house.crm().deal(house.deal)


def test_a_sign_in_that_fails_for_other_reasons_closes_nothing(house: House) -> None:
    house.org.token_says = Answer(status=500, body="<html>sorry</html>")  # type: ignore[attr-defined]
    house.server.faults.append(Fault.EXPIRED)
    with pytest.raises(FactUnavailable):
        house.crm().deal(house.deal)
    assert house.grants.closings == []


def test_threads_that_meet_an_expired_token_renew_it_once(house: House) -> None:
    crm = house.crm()
    house.tokens.clear()
    found: list[Deal | None] = []
    asking = [threading.Thread(target=lambda: found.append(crm.deal(house.deal))) for _ in range(6)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert [deal.id for deal in found if deal] == [house.deal] * 6
    assert len(house.server.token_calls) == 1


def test_no_message_holds_a_secret(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    crm = house.crm()
    impatient(monkeypatch)
    told = []
    for fault in FAULTS:
        house.later(minutes=60)
        house.server.faults.append(fault)
        with pytest.raises(FactUnavailable) as caught:
            crm.deal(house.deal)
        told.append(repr(caught.value))
    house.later(minutes=60)
    house.let_in(refresh_token="refresh-0-wrong")
    house.server.faults.append(Fault.EXPIRED)
    with pytest.raises(FactUnavailable) as caught:
        crm.deal(house.deal)
    everything = " ".join([*told, repr(caught.value), *house.grants.closings])
    assert not [secret for secret in SECRETS if secret in everything]


def test_no_proxy_or_password_file_of_the_surroundings_is_used(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    assert house.crm().deal(house.deal) is not None
