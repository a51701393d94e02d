"""Whoever forges, changes or revives a signature under earned autonomy is found out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.audit.promotions import Told, compare_promotions, hear_promotion
from app.core.errors import AuditBroken
from app.store.tables import promotions
from tests.unit.app.autonomy.scenes import GRANTING, LOOK, incident, promoted, sent
from tests.unit.app.policy.house import House, opened_house


@pytest.fixture
def house(engine: sa.Engine, tmp_path: Path) -> Iterator[House]:
    """A house in which one promotion has ended and another is in force."""
    with opened_house(engine, tmp_path) as opened:
        opened.publish(2, LOOK, more=GRANTING)
        promoted(opened)
        incident(opened, sent(opened))
        opened.wait(minutes=1)
        promoted(opened)
        yield opened


def compare(house: House) -> None:
    """Hold the rows against the trail."""
    told: Told = {}
    with house.store.read() as reader:
        for event in reader.audit.events():
            hear_promotion(told, event)
        compare_promotions(reader.autonomy.every_promotion(), told)


def test_what_nobody_touched_is_vouched_for(house: House) -> None:
    compare(house)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            sa.update(promotions).values(ended_at=None, agent="b").where(promotions.c.ended_at.is_not(None)),
            "not what",
        ),
        (
            sa.update(promotions).values(end_reason="other").where(promotions.c.ended_at.is_not(None)),
            "where it ended",
        ),
        (sa.update(promotions).values(level=0.5), "is not what was signed"),
        (sa.update(promotions).values(signed_by="sam"), "is not what was signed"),
        (sa.delete(promotions), "its row is gone"),
        (sa.update(promotions).values(id="au_forged").where(promotions.c.ended_at.is_(None)), "does not know it"),
    ],
)
def test_a_changed_row_is_found_out(house: House, engine: sa.Engine, change: sa.Executable, says: str) -> None:
    with engine.begin() as connection:
        connection.execute(change)
    with pytest.raises(AuditBroken, match=says):
        compare(house)
