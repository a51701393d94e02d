"""An action gate on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from tests.support.actions import SETTINGS, ActionHouse, make_action_house
from tests.unit.app.approvals.house import PEOPLE

Found = Callable[..., ActionHouse]


@pytest.fixture
def found(engine: sa.Engine) -> Found:
    """Founds a house under the rules that a test gives."""

    def make(*rules: str, settings: str = SETTINGS) -> ActionHouse:
        return make_action_house(engine, *rules, people=PEOPLE, settings=settings)

    return make
