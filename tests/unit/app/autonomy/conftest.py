"""The small company, whose manager reads what its agent writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.unit.app.autonomy.scenes import GRANTING, LOOK
from tests.unit.app.policy.house import House, opened_house


@pytest.fixture
def house(engine: sa.Engine, tmp_path: Path) -> Iterator[House]:
    """A house whose policy lets autonomy be earned for what the manager reads."""
    with opened_house(engine, tmp_path) as opened:
        opened.publish(2, LOOK, more=GRANTING)
        yield opened
