"""What the sample providers read out of their files, in every spelling they take."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from app.core.facts import Contact, Deal, WorkingHours
from integrations.crm.sample import SampleCrm
from integrations.documents.library import FileLibrary
from integrations.people.hours import working_hours
from integrations.people.roster import Roster
from tests.unit.integrations.worlds import PEOPLE, write

WEEK = (0, 1, 2, 3, 4)


def roster(folder: Path, content: str = PEOPLE) -> Roster:
    return Roster(write(folder / "people.yaml", content))


def crm(folder: Path, **sections: object) -> SampleCrm:
    return SampleCrm(write(folder / "crm.json", json.dumps(sections)))


def test_people_by_id_and_by_address_in_any_case(tmp_path: Path) -> None:
    people = roster(tmp_path)
    assert people.person("maya") == people.person("MAYA") == people.person("maya.stern@OURS.example")
    assert people.person("nobody") is None
    assert [person.id for person in people.everybody()] == ["maya", "omar"]
    assert [person.id for person in people.with_role("admin")] == ["omar"]


def test_a_person_with_little_gets_defaults(tmp_path: Path) -> None:
    omar = roster(tmp_path, "people:\n  - {email: omar@ours.example, nickname: Om}\n").person("omar@ours.example")
    assert omar is not None
    assert (omar.id, omar.name, omar.title, omar.roles) == ("omar@ours.example", "omar@ours.example", "", ())
    assert (omar.manager, omar.timezone, omar.holidays, omar.capacity_hours_per_week) == (None, "UTC", None, None)
    assert omar.working_hours == WorkingHours()


def test_people_in_other_spellings(tmp_path: Path) -> None:
    people = roster(
        tmp_path,
        "maya: {email: maya@ours.example, role: 'manager, admin', manager: OMAR@ours.example, holidays: NO}\n"
        "omar: {email: omar@ours.example, holidays: {country: de}, capacity_hours_per_week: '32.5', title: 7,"
        " fiscal_year_start: 4}\n",
    )
    maya, omar = people.everybody()
    assert (maya.id, maya.roles, maya.manager, maya.holidays) == ("maya", ("manager", "admin"), "omar", "NO")
    assert (omar.holidays, omar.capacity_hours_per_week, omar.title) == ("DE", 32.5, "7")
    assert (maya.fiscal_year_start, omar.fiscal_year_start) == (1, 4)
    assert people.person("maya") == maya


def test_an_international_domain_has_one_spelling(tmp_path: Path) -> None:
    contacts = [{"email": "info@bücher.example", "opted_out": True}]
    contact = crm(tmp_path, contacts=contacts).contact("INFO@xn--bcher-kva.example")
    assert contact is not None
    assert contact.opted_out


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, WorkingHours()),
        ("09:00-17:30", WorkingHours()),
        ("8 – 16:15", WorkingHours(start=time(8), end=time(16, 15))),
        ("9 am to 5:30pm", WorkingHours()),
        ("12am-12pm", WorkingHours(start=time(0), end=time(12))),
        ("00:00-24:00", WorkingHours(start=time(0), end=time(23, 59, 59))),
        ({}, WorkingHours()),
        ({"start": "08:30", "end": "18:00", "days": ["mon", "Tuesday", "THU"]}, (time(8, 30), time(18), (0, 1, 3))),
        ({"start": "08:30:00"}, (time(8, 30), time(17, 30), WEEK)),
        ({"days": "mon-thu"}, (time(9), time(17, 30), (0, 1, 2, 3))),
        ({"days": "sat-mon"}, (time(9), time(17, 30), (0, 5, 6))),
        ({"days": "mon, wed"}, (time(9), time(17, 30), (0, 2))),
        ({"days": [1, 2, 3, 4, 5]}, (time(9), time(17, 30), WEEK)),
        ({"days": ["0", "6"]}, (time(9), time(17, 30), (0, 6))),
        (
            {"mon": "09:00-17:00", "wed": {"start": "07:30", "end": "12:00"}, "fri": None},
            (time(7, 30), time(17), (0, 2)),
        ),
        ({"mon-thu": "9-17", "Saturday": "10-18", "sun": "off"}, (time(9), time(18), (0, 1, 2, 3, 5))),
    ],
)
def test_working_hours(value: object, expected: WorkingHours | tuple[time, time, tuple[int, ...]]) -> None:
    if not isinstance(expected, WorkingHours):
        expected = WorkingHours(start=expected[0], end=expected[1], days=expected[2])
    assert working_hours(value) == expected


NONSENSE: list[object] = ["", "late", "9-25", "17:00-09:00", "13pm-14pm", "9-10-11", 9, []]
NONSENSE += [{"start": "x"}, {"start": "18:00"}, {"mon": "x"}, {"mon": None}]
NONSENSE += [{"days": days} for days in ([], ["funday"], [8], "mon-tue-wed", ["th"])]


@pytest.mark.parametrize("value", NONSENSE)
def test_working_hours_that_mean_nothing(value: object) -> None:
    with pytest.raises(ValueError, match="must"):
        working_hours(value)


def test_a_deal_with_everything(tmp_path: Path) -> None:
    row = {
        "id": "D-1",
        "name": "Pilot",
        "account": "acme",
        "stage": "Closed Won",
        "amount": "120,000.50",
        "currency": "eur",
        "close_date": "2026-12-01T00:00:00Z",
        "owner": "maya",
        "on_hold": "yes",
        "next_step": "call",
        "discount_cap": "15%",
        "legal_terms": "Renegotiation",
        "paused_sequences": ["spring"],
        "flags": "strategic, renegotiation",
        "contacts": ["c-1"],
        "probability": 0.4,
    }
    assert crm(tmp_path, deals=[row]).deal("D-1") == Deal(
        id="D-1",
        name="Pilot",
        account="acme",
        stage="closed_won",
        amount=120000.5,
        currency="EUR",
        close_date=date(2026, 12, 1),
        owner="maya",
        on_hold=True,
        next_step="call",
        discount_cap=15.0,
        legal_terms="renegotiation",
        paused_sequences=("spring",),
        flags=("strategic", "renegotiation"),
        contacts=("c-1",),
    )


def test_a_deal_with_little(tmp_path: Path) -> None:
    sections = {"deals": {"D-1": {"account_id": "acme", "legal_terms": None, "amount": None, "owner": ""}}}
    deal = crm(tmp_path, **sections).deal("D-1")
    assert deal == Deal(id="D-1", name="D-1", account="acme", stage="", amount=0, currency="USD", owner=None)


@pytest.mark.parametrize(
    ("cap", "expected"), [(15, 15), (0.15, 15), ("15%", 15), ("15", 15), ("0.5%", 0.5), (0, 0), (1, 1), (None, None)]
)
def test_a_discount_cap_is_a_percentage(tmp_path: Path, cap: object, expected: float | None) -> None:
    deal = crm(tmp_path, deals=[{"id": "x", "discount_cap": cap}]).deal("x")
    assert deal is not None
    assert deal.discount_cap == expected


def test_accounts_and_contacts(tmp_path: Path) -> None:
    source = crm(
        tmp_path,
        accounts=[{"id": "acme", "domain": "@ACME.example"}],
        contacts=[{"email": "Lee@acme.example", "account_id": "acme", "sensitive": 1}],
    )
    account = source.account("acme")
    assert account is not None
    assert (account.name, account.domains) == ("acme", ("acme.example",))
    expected = Contact(
        id="Lee@acme.example", email="Lee@acme.example", name="Lee@acme.example", account="acme", sensitive=True
    )
    assert source.contact("lee@ACME.example") == expected
    assert (source.account("x"), source.contact("x@y.example"), source.deal("x")) == (None, None, None)


def test_documents(tmp_path: Path) -> None:
    file = write(
        tmp_path / "library.yaml",
        "documents:\n"
        "  - {file: plan.pdf, title: The Plan, customer: acme, approved: no, expires: 2026-12-31}\n"
        "  - {file: data-sheet.pdf, customer: null, expires: ~}\n",
    )
    as_of = datetime(2026, 11, 18, tzinfo=UTC)
    library = FileLibrary(file, as_of=as_of)
    plan, sheet = library.documents()
    assert (plan.title, plan.customer, plan.approved, plan.expires) == ("The Plan", "acme", False, date(2026, 12, 31))
    assert (sheet.title, sheet.customer, sheet.approved, sheet.expires) == ("data-sheet", None, True, None)
    assert library.as_of() == as_of
