"""A house on both databases, and the accounts that it is let into."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.accounts.grants import KeptGrants
from app.accounts.service import Accounts
from app.identity.vault import Vault, new_key
from tests.support.doors import WillingDoor
from tests.support.gates import Harness, make_harness


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


@pytest.fixture
def grants(harness: Harness) -> KeptGrants:
    gate = harness.gate
    return KeptGrants(
        store=harness.store,
        vault=Vault(new_key()),
        people=gate.assessor.world.people,
        clock=harness.clock,
        ids=gate.ids,
    )


@pytest.fixture
def door() -> WillingDoor:
    return WillingDoor()


@pytest.fixture
def accounts(grants: KeptGrants, door: WillingDoor) -> Accounts:
    return Accounts(grants=grants, door=lambda _: door)
