"""A house that has let the gate into its CRM at a double, and the same small company in each."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

import pytest

from app.core.clock import ManualClock
from app.core.crm_writing import LoggedActivity, Written
from app.core.grants import Grant
from integrations.crm.hubspot import HubspotApp, HubspotCrm, HubspotWriter
from integrations.crm.live import LiveCrm
from integrations.crm.mapping import HUBSPOT, SALESFORCE, CrmFields
from integrations.crm.salesforce import SalesforceApp, SalesforceCrm, SalesforceWriter
from integrations.crm.writing import CarefulWriter
from tests.support.crm.hubspot import Hubspot
from tests.support.crm.salesforce import Salesforce
from tests.support.crm.server import CrmServer, running
from tests.support.far_ends import certified
from tests.support.graph.house import Kept

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
ACCOUNT = "gate@ours.example"
TOKEN, REFRESH = "token-0", "refresh-0"
KEY, TEXT = "ac_1 O'Hara", "To Joan & Luis: the plan <v2>\nRegards"
CUSTOM = ("on_hold", "discount_cap", "legal_terms", "legal_approved", "flags", "paused_sequences")
"""Fields of a deal for which a house has to make its own."""


class House(ABC):
    """The double and the product's way to it. The company in it: Halden, Joan and Luis there, and Priya's deal."""

    name: str
    system: str
    fields: CrmFields

    def __init__(self, org: Salesforce | Hubspot, server: CrmServer, ca_file: str) -> None:
        self.server = server
        self.ca_file = ca_file
        self.clock = ManualClock(NOW)
        self.grants = Kept()
        self.tokens = org.tokens
        self.halden = self.add_account("Halden Paper", "haldenpaper.example")
        self.joan = self.add_contact("Joan", "Ferris", "joan@haldenpaper.example", self.halden)
        self.luis = self.add_contact("Luis", "Ortega", "luis@haldenpaper.example", self.halden)
        self.deal = self.add_deal("Planner for two mills", self.halden, (self.joan, self.luis))
        self.let_in()

    @property
    def address(self) -> str:
        """Where the CRM is."""
        return self.server.address

    def let_in(self, token: str = TOKEN, refresh_token: str | None = REFRESH) -> None:
        """Somebody signs in."""
        self.tokens.add(token)
        self.keep({"access_token": token, "refresh_token": refresh_token, "instance_url": self.address})

    def keep(self, secret: dict[str, str | None]) -> None:
        """A grant with that secret."""
        self.grants.put(grant_of(self.name, secret))

    def log(self) -> Written:
        """The gate logs a mail at the deal."""
        return self.writer().log_activity(
            LoggedActivity(key=KEY, deal_id=self.deal, subject="Mail sent: the plan", text=TEXT, at=NOW)
        )

    def refreshed(self) -> LiveCrm:
        """The port after its first look."""
        crm = self.crm()
        crm.refresh(self.clock.now())
        return crm

    def later(self, minutes: float = 1) -> datetime:
        """Time goes by, here and there."""
        now = self.clock.advance(timedelta(minutes=minutes))
        self.set_time(now)
        return now

    @abstractmethod
    def crm(self, fields: CrmFields | None = None) -> LiveCrm:
        """The port."""

    @abstractmethod
    def writer(self, fields: CrmFields | None = None) -> CarefulWriter:
        """The port for writing."""

    @abstractmethod
    def set_time(self, now: datetime) -> None:
        """The double's clock."""

    @abstractmethod
    def add_account(self, name: str, domain: str) -> str:
        """A new account."""

    @abstractmethod
    def add_contact(self, first: str, last: str, email: str | None, account: str) -> str:
        """A new contact."""

    @abstractmethod
    def add_deal(self, name: str, account: str, contacts: tuple[str, ...] = ()) -> str:
        """A new deal of Priya's, in negotiation, worth 86,000, closing on 18 December 2026."""

    @abstractmethod
    def edit_deal(self, deal: str, **ours: str | bool | float | None) -> None:
        """Somebody changes fields of a deal; `won` and `lost` close it."""

    @abstractmethod
    def edit_contact(self, contact: str, **theirs: str) -> None:
        """Somebody changes `email` or `opted_out` of a contact."""

    @abstractmethod
    def delete(self, kind: str, record: str, *, into: str | None = None) -> None:
        """Somebody deletes an `account`, `contact` or `deal`, or merges it into another one."""

    @abstractmethod
    def activities(self) -> list[tuple[str, str]]:
        """Subject and text of what is logged."""

    @abstractmethod
    def next_step(self) -> str:
        """The deal's."""


class SalesforceHouse(House):
    """Salesforce."""

    name, system = "salesforce", "Salesforce"
    fields = replace(
        SALESFORCE,
        deal={**SALESFORCE.deal, **{ours: f"{ours.title()}__c" for ours in CUSTOM}},
        activity={"key": "Countersign_Id__c"},
    )
    _TYPES: ClassVar = {"account": "Account", "contact": "Contact", "deal": "Opportunity"}

    def __init__(self, org: Salesforce, server: CrmServer, ca_file: str) -> None:
        self.org = org
        super().__init__(org, server, ca_file)

    @property
    def app(self) -> SalesforceApp:
        """The house's connected app."""
        return SalesforceApp(client_id="client", client_secret="app-secret", login=self.address, ca_file=self.ca_file)

    def crm(self, fields: CrmFields | None = None) -> LiveCrm:
        return SalesforceCrm(
            grants=self.grants, account=ACCOUNT, app=self.app, clock=self.clock, fields=fields or self.fields
        )

    def writer(self, fields: CrmFields | None = None) -> CarefulWriter:
        return SalesforceWriter(
            grants=self.grants, account=ACCOUNT, app=self.app, clock=self.clock, fields=fields or self.fields
        )

    def set_time(self, now: datetime) -> None:
        self.org.now = now

    def add_account(self, name: str, domain: str) -> str:
        return self.org.add("Account", Name=name, Website=f"https://www.{domain}/home")

    def add_contact(self, first: str, last: str, email: str | None, account: str) -> str:
        return self.org.add("Contact", Name=f"{first} {last}", Email=email, AccountId=account, Title="Director")

    def add_deal(self, name: str, account: str, contacts: tuple[str, ...] = ()) -> str:
        deal = self.org.add(
            "Opportunity",
            **{"Name": name, "AccountId": account, "Owner.Email": "priya@ours.example", "Amount": 86000.0},
            StageName="Negotiation/Review",
            CloseDate="2026-12-18",
            NextStep="Security review",
            IsClosed=False,
            IsWon=False,
        )
        for contact in contacts:
            self.org.add("OpportunityContactRole", OpportunityId=deal, ContactId=contact)
        return deal

    def edit_deal(self, deal: str, **ours: str | bool | float | None) -> None:
        closed = {"IsClosed": True, "IsWon": "won" in ours} if ours.keys() & {"won", "lost"} else {}
        known = {self.fields.deal[name]: value for name, value in ours.items() if name in self.fields.deal}
        self.org.edit("Opportunity", deal, **known, **closed)

    def edit_contact(self, contact: str, **theirs: str) -> None:
        names = {"email": "Email", "opted_out": "HasOptedOutOfEmail"}
        self.org.edit("Contact", contact, **{names[name]: value for name, value in theirs.items()})

    def delete(self, kind: str, record: str, *, into: str | None = None) -> None:
        self.org.delete(self._TYPES[kind], record, into=into)

    def activities(self) -> list[tuple[str, str]]:
        return [(task["Subject"], task["Description"]) for task in self.org.there("Task")]

    def next_step(self) -> str:
        return str(self.org.records["Opportunity"][self.deal]["NextStep"])


class HubspotHouse(House):
    """HubSpot."""

    name, system = "hubspot", "HubSpot"
    fields = replace(
        HUBSPOT, deal={**HUBSPOT.deal, **{ours: ours for ours in CUSTOM}}, activity={"key": "countersign_id"}
    )
    _TYPES: ClassVar = {"account": "companies", "contact": "contacts", "deal": "deals"}

    def __init__(self, org: Hubspot, server: CrmServer, ca_file: str) -> None:
        self.org = org
        org.owners = {"7": ("priya@ours.example", False), "8": ("gone@ours.example", True)}
        super().__init__(org, server, ca_file)

    @property
    def app(self) -> HubspotApp:
        """The house's app."""
        return HubspotApp(client_id="client", client_secret="app-secret", host=self.address)

    def crm(self, fields: CrmFields | None = None) -> LiveCrm:
        return HubspotCrm(
            grants=self.grants, account=ACCOUNT, app=self.app, clock=self.clock, fields=fields or self.fields
        )

    def writer(self, fields: CrmFields | None = None) -> CarefulWriter:
        return HubspotWriter(
            grants=self.grants, account=ACCOUNT, app=self.app, clock=self.clock, fields=fields or self.fields
        )

    def set_time(self, now: datetime) -> None:
        self.org.now = now

    def add_account(self, name: str, domain: str) -> str:
        return self.org.add("companies", name=name, domain=domain)

    def add_contact(self, first: str, last: str, email: str | None, account: str) -> str:
        names = {"firstname": first, "lastname": last, "jobtitle": "Director"}
        return self.org.add("contacts", **names, email=email, associatedcompanyid=account)

    def add_deal(self, name: str, account: str, contacts: tuple[str, ...] = ()) -> str:
        deal = self.org.add(
            "deals",
            dealname=name,
            dealstage="contractsent",
            amount="86000",
            closedate="2026-12-18T00:00:00Z",
            hs_next_step="Security review",
            hubspot_owner_id="7",
        )
        self.org.associate(deal, "companies", account, "deal_to_company")
        for contact in contacts:
            self.org.associate(deal, "contacts", contact, "deal_to_contact")
        return deal

    def edit_deal(self, deal: str, **ours: str | bool | float | None) -> None:
        closed = {"hs_is_closed": "true"} if ours.keys() & {"won", "lost"} else {}
        won = {"hs_is_closed_won": "true"} if "won" in ours else {}
        known = {self.fields.deal[name]: _spelt(value) for name, value in ours.items() if name in self.fields.deal}
        self.org.edit("deals", deal, **known, **closed, **won)

    def edit_contact(self, contact: str, **theirs: str) -> None:
        names = {"email": "email", "opted_out": "hs_email_optout"}
        self.org.edit("contacts", contact, **{names[name]: value for name, value in theirs.items()})

    def delete(self, kind: str, record: str, *, into: str | None = None) -> None:
        if into is None:
            self.org.delete(self._TYPES[kind], record)
        else:
            self.org.merge(self._TYPES[kind], record, into)

    def activities(self) -> list[tuple[str, str]]:
        bodies = [str(note["hs_note_body"]) for note in self.org.there("notes")]
        parts = [body.partition("<br>") for body in bodies]
        return [(subject, text.replace("<br>", "\n")) for subject, _, text in parts]

    def next_step(self) -> str:
        return str(self.org.records["deals"][self.deal].values["hs_next_step"])


def grant_of(provider: str, secret: dict[str, str | None]) -> Grant:
    """What somebody's sign-in leaves."""
    return Grant(
        provider=provider, account=ACCOUNT, scopes=("api",), secret=json.dumps(secret), version=1, granted_at=NOW
    )


def _spelt(value: str | bool | float | None) -> str | None:
    """HubSpot keeps text."""
    return str(value).lower() if isinstance(value, bool | float | int) else value


def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is silent is given up at once."""
    for name in ("salesforce", "hubspot"):
        monkeypatch.setattr(f"integrations.crm.{name}.client.STEP_SECONDS", 0.3)


@contextmanager
def salesforce_house(folder: Path) -> Iterator[SalesforceHouse]:
    """A house with a Salesforce, signed in."""
    fields = SalesforceHouse.fields
    custom = {"Opportunity": [fields.deal[name] for name in CUSTOM], "Task": [fields.activity["key"]]}
    org, secured = Salesforce(now=NOW, custom=custom), certified(folder)
    with running(org, tls=secured.server) as server:
        org.address = server.address
        yield SalesforceHouse(org, server, str(secured.ca_file))


@contextmanager
def hubspot_house(folder: Path) -> Iterator[HubspotHouse]:
    """A house with a HubSpot, signed in."""
    org = Hubspot(now=NOW, custom={"deals": list(CUSTOM), "notes": ["countersign_id"]}, unique="countersign_id")
    with running(org) as server:
        yield HubspotHouse(org, server, "")
