"""Mail of senders whose account is not connected, or no more: it waits, people are told, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from app.accounts.grants import KeptGrants
from app.core.clock import ManualClock, SystemClock
from app.core.ids import RandomIds
from app.core.lifecycle import State
from app.core.ports import MailProvider
from app.identity.vault import Vault, new_key
from app.mailboxes import open_mail
from app.settings import Settings
from app.store.store import NoWakeUps, Store
from tests.contract.road import Road, set_out
from tests.support.databases import sqlite_engine
from tests.support.gates import START, SmallDirectory
from tests.unit.app.accounts.test_grants import told

_CONNECT = {
    "gmail": "countersign accounts connect google --account sam@ours.example",
    "outlook": "countersign accounts connect microsoft --account sam@ours.example",
}
PROVIDER = {"gmail": "google", "outlook": "microsoft"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[sa.Engine]:
    with sqlite_engine(tmp_path) as made:
        yield made


def opened(name: str, grants: KeptGrants) -> MailProvider:
    settings = Settings(
        mail=name,
        secret_key=SecretStr(new_key()),
        google_client_id="house",
        google_client_secret=SecretStr("s"),
        microsoft_client_id="house",
    )
    return open_mail(settings, grants, clock=SystemClock(), domains=["ours.example"])


def grants_of(engine: sa.Engine) -> KeptGrants:
    store, clock = Store(engine, NoWakeUps()), ManualClock(START)
    return KeptGrants(store=store, vault=Vault(new_key()), people=SmallDirectory(), clock=clock, ids=RandomIds())


def waited(road: Road, *, rings: int) -> None:
    """It waits however often it is looked at, and people are told how to mend it, not at every look."""
    for _ in range(rings):
        assert road.ring() is State.SCHEDULED
    assert road.row.attempts <= rings
    assert road.told("sam") == road.told("ruth") == 1


@pytest.mark.parametrize("name", ["gmail", "outlook"])
def test_mail_waits_until_its_sender_connects_an_account(name: str, engine: sa.Engine) -> None:
    grants = grants_of(engine)
    road = set_out(engine, opened(name, grants))
    waited(road, rings=3)
    assert _CONNECT[name] in told(road.harness, "sam")[0]


@pytest.mark.parametrize("name", ["gmail", "outlook"])
def test_mail_waits_where_the_account_is_closed_or_its_key_is_lost(name: str, engine: sa.Engine) -> None:
    grants = grants_of(engine)
    grants.connect(PROVIDER[name], "sam@ours.example", scopes=[], secret="{}", by=None)
    lost = replace(grants, vault=Vault(new_key()))
    road = set_out(engine, opened(name, lost))
    waited(road, rings=2)
    grant = grants.of(PROVIDER[name], "sam@ours.example")
    assert grant is not None
    grants.closed(grant, "revoked")
    assert road.ring() is State.SCHEDULED
