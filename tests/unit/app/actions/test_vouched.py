"""The trail vouches for actions: whatever is changed behind its back is noticed."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.actions.standing import ActionStanding
from app.actions.vouched import compare_actions
from app.audit.service import verify_store
from app.core.errors import AuditBroken
from tests.support.actions import UPDATE, ActionHouse, an_action
from tests.unit.app.actions.conftest import Found

REVIEW = f"id: stage, {UPDATE}, route: review, why: looked at"


def lived(found: Found) -> tuple[ActionHouse, ActionStanding]:
    house = found(REVIEW)
    shown = house.propose(an_action())
    house.gate.questions.ask(shown.row.id, person="ruth", text="Which?")
    house.report(house.claim(house.say(shown, "ruth")), result={"id": "o-1"})
    return house, shown


def test_a_whole_life_verifies(found: Found) -> None:
    house, _ = lived(found)
    house.propose(an_action())
    with house.store.read() as reader:
        assert compare_actions(reader) == 2
        verify_store(reader)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE actions SET state = 'approved'", "is not where the trail left it"),
        ("UPDATE actions SET content = REPLACE(content, 'negotiation', 'won')", "is not what was judged"),
        (
            "UPDATE action_verdicts SET verdict = REPLACE(verdict, 'looked at', 'waved through')",
            "verdict 1 was changed",
        ),
        ("UPDATE actions SET revision = 2", "has 1 verdicts; the trail tells of 1"),
        ("DELETE FROM action_verdicts", "has 0 verdicts; the trail tells of 1"),
        ("UPDATE actions SET claim = REPLACE(claim, 'person:sam', 'agent:eve')", "was not claimed as"),
        ("UPDATE actions SET report = REPLACE(report, 'so it is', 'not quite')", "was not reported on as"),
        ("UPDATE actions SET report = NULL", "was not reported on as"),
    ],
)
def test_a_change_behind_the_trail_is_noticed(found: Found, engine: sa.Engine, change: str, words: str) -> None:
    house, _ = lived(found)
    with engine.begin() as connection:
        connection.execute(sa.text(change))
    with house.store.read() as reader, pytest.raises(AuditBroken, match=words):
        compare_actions(reader)


def test_a_row_that_is_gone_is_noticed(found: Found, engine: sa.Engine) -> None:
    house = found("id: none, route: review")
    shown = house.propose(an_action(kind="page", resource="agent_action"))
    with engine.begin() as connection:
        for table in ("notices", "action_approvals", "action_verdicts", "actions"):
            connection.execute(sa.text(f"DELETE FROM {table}"))  # noqa: S608 - constants
    with house.store.read() as reader, pytest.raises(AuditBroken, match=f"{shown.row.id} is in the trail but"):
        verify_store(reader)
