"""A house on both databases, and its authenticators."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.identity.second_factor import SecondFactors
from app.identity.vault import Vault, new_key
from tests.support.gates import Harness, make_harness


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


@pytest.fixture
def factors(harness: Harness) -> SecondFactors:
    return SecondFactors(store=harness.store, vault=Vault(new_key()), clock=harness.clock, wall=harness.clock)
