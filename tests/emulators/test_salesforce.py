"""Salesforce through simple-mockforce: our queries read by a parser that others wrote, and records that it keeps.

It knows no next page, no merged records, no conditions and no errors of Salesforce's; those are our own double's.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from socket import create_connection
from typing import cast

import pytest
import trustme
from simple_salesforce.api import Salesforce, SFType

from app.core.clock import ManualClock
from app.core.crm_writing import LoggedActivity, Written
from app.core.errors import Conflict
from app.core.facts import Contact
from integrations.crm.salesforce import SalesforceApp, SalesforceCrm, SalesforceWriter
from integrations.http import open_session
from tests.emulators.node import DOUBLES, free_port
from tests.support.crm.houses import ACCOUNT, SalesforceHouse, grant_of
from tests.support.graph.house import Kept

pytestmark = pytest.mark.emulators

_PATIENCE = 30.0


class Org:
    """A fresh simple-mockforce, with one deal in it."""

    def __init__(self, address: str, ca_file: str) -> None:
        self.clock = ManualClock(datetime.now(UTC))
        self.grants = Kept()
        self.grants.put(grant_of("salesforce", {"access_token": "any", "instance_url": address}))
        self.app = SalesforceApp(client_id="client", ca_file=ca_file)
        session = open_session(ca_file)
        self._library = Salesforce(instance_url=address, session_id="any", session=session)
        self.halden = self.add("Account", Name="Halden Paper", Website="www.haldenpaper.example", MasterRecordId=None)
        self.joan = self.add(
            "Contact",
            Name="Joan Ferris",
            Email="joan@haldenpaper.example",
            AccountId=self.halden,
            Title="Director",
            HasOptedOutOfEmail=False,
            MasterRecordId=None,
        )
        owner = self.add("Owner", Email="priya@ours.example")
        self.deal = self.add(
            "Opportunity",
            Name="Planner",
            AccountId=self.halden,
            OwnerId=owner,
            StageName="Negotiation/Review",
            Amount=86000.0,
            CloseDate="2026-12-18",
            NextStep="Security review",
            IsClosed=False,
            IsWon=False,
        )
        self.role = self.add("OpportunityContactRole", OpportunityId=self.deal, ContactId=self.joan)
        self.task = self.add("Task", Subject="Something else", Countersign_Id__c="other")

    def by_hand(self, type_name: str) -> SFType:
        """The records of a type, past the product."""
        return cast(SFType, getattr(self._library, type_name))

    def add(self, type_name: str, **values: object) -> str:
        """A new record; its id."""
        return str(self.by_hand(type_name).create(values)["id"])

    def count(self, type_name: str) -> int:
        """How many there are."""
        return int(self._library.query(f"SELECT Id FROM {type_name}")["totalSize"])  # noqa: S608

    def crm(self) -> SalesforceCrm:
        """The port."""
        return SalesforceCrm(grants=self.grants, account=ACCOUNT, app=self.app, clock=self.clock)

    def writer(self) -> SalesforceWriter:
        """The port for writing."""
        fields = replace(SalesforceHouse.fields, deal={"next_step": "NextStep"})
        return SalesforceWriter(grants=self.grants, account=ACCOUNT, app=self.app, clock=self.clock, fields=fields)


@pytest.fixture
def org(tmp_path: Path) -> Iterator[Org]:
    """A bridge of its own."""
    python = DOUBLES / "bin" / "python"
    if not python.exists():
        pytest.fail("the second environment is not there: run make emulators")
    authority, port = trustme.CA(), free_port()
    certificate, ca_file = tmp_path / "server.pem", tmp_path / "ca.pem"
    authority.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    authority.cert_pem.write_to_path(str(ca_file))
    bridge = [str(python), str(Path(__file__).with_name("salesforce_bridge.py")), str(certificate), str(port)]
    with (tmp_path / "bridge.log").open("w") as log:
        process = subprocess.Popen(bridge, cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_until_it_listens(process, port, tmp_path / "bridge.log")
            yield Org(f"https://localhost:{port}", str(ca_file))
        finally:
            process.kill()
            process.wait()


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with closing(create_connection(("127.0.0.1", port), timeout=1)):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail(log.read_text())


def test_a_deal_its_contacts_and_its_account(org: Org) -> None:
    crm = org.crm()
    crm.refresh(org.clock.now())
    deal = crm.deal(org.deal)
    assert deal is not None
    assert (deal.stage, deal.amount, deal.owner, deal.contacts) == (
        "negotiation",
        86000.0,
        "priya@ours.example",
        (org.joan,),
    )
    assert crm.copy.deal(org.deal) == deal
    assert crm.contact("joan@haldenpaper.example") == Contact(
        id=org.joan, email="joan@haldenpaper.example", name="Joan Ferris", account=org.halden, title="Director"
    )
    assert [(each.id, each.domains) for each in crm.accounts()] == [(org.halden, ("haldenpaper.example",))]
    assert crm.deal("006000000000000999") is None


def test_what_changes_and_what_is_deleted(org: Org) -> None:
    crm = org.crm()
    crm.refresh(org.clock.now())
    org.by_hand("Contact").update(org.joan, {"HasOptedOutOfEmail": True})
    org.by_hand("OpportunityContactRole").delete(org.role)
    corvane = org.add("Account", Name="Corvane", Website=None, MasterRecordId=None)
    crm.refresh(org.clock.now())
    contact, deal = crm.contact("joan@haldenpaper.example"), crm.copy.deal(org.deal)
    assert contact is not None
    assert deal is not None
    assert (contact.opted_out, deal.contacts) == (True, ())
    assert {each.id for each in crm.accounts()} == {org.halden, corvane}


def test_a_task_is_logged_once_and_taken_back(org: Org) -> None:
    activity = LoggedActivity(
        key="ac_1", deal_id=org.deal, subject="Mail sent", text="The plan", at=datetime(2026, 11, 18, 9, tzinfo=UTC)
    )
    written = org.writer().log_activity(activity)
    assert org.writer().log_activity(activity) == written
    kept = org.by_hand("Task").get(written.id)
    assert (kept["Subject"], kept["WhatId"], kept["ActivityDate"]) == ("Mail sent", org.deal, "2026-11-18")
    org.writer().undo(written)
    org.writer().undo(written)
    assert org.count("Task") == 1


def test_the_next_step_is_written_and_put_back_unless_somebody_changed_it(org: Org) -> None:
    written = org.writer().set_next_step(org.deal, "Order form", expected="Security review")
    org.writer().undo(written)
    kept = org.by_hand("Opportunity").get(org.deal)
    assert kept["NextStep"] == "Security review"
    with pytest.raises(Conflict):
        org.writer().undo(Written(id=org.deal, before={"next_step": "x"}, after={"next_step": "y"}))
