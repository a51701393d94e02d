"""A house on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.support.gates import Harness, make_harness
from tests.unit.app.approvals.house import PEOPLE


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine, people=PEOPLE)
