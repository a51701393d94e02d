"""Taking back what was done: another action through the same gate."""

from __future__ import annotations

import pytest

from app.actions.rollback import rollback_of
from app.actions.standing import ActionStanding
from app.core.actions import Action, ActionState, Outcome, Target, Values
from app.core.errors import Conflict, NotFound
from tests.support.actions import UPDATE, ActionHouse, an_action
from tests.unit.app.actions.conftest import Found

FREE = "id: free, resource: record_mutation, route: auto_send"
ALL = "id: all, route: auto_send"


def done(house: ActionHouse, action: Action, result: Values | None = None) -> ActionStanding:
    return house.report(house.claim(house.propose(action)), result=result)


def test_old_values_are_put_back_by_an_action_of_its_own(found: Found) -> None:
    house = found(FREE, f"id: back, {UPDATE}, when: 'changes.exists(c, c.after == \"proposal\")', route: review")
    changed = done(house, an_action())
    back = house.propose(rollback_of(changed, reason="wrong deal"))
    assert back.row.state is ActionState.IN_REVIEW, "it goes through the same gate"
    assert (back.action.before, back.action.after) == ({"stage": "negotiation"}, {"stage": "proposal"})
    assert back.action.rollback_of == changed.row.id
    assert back.action.target == changed.action.target


def test_what_was_created_is_to_be_deleted(found: Found) -> None:
    house = found(FREE)
    new = Target(system="crm", type="contact")
    create = an_action(kind="create_record", target=new, before=None, after={"name": "Dana"})
    back = rollback_of(done(house, create, {"id": "c-7"}), reason="twice")
    assert (back.kind, back.target.id, back.before, back.after) == ("delete_record", "c-7", {"name": "Dana"}, None)
    with pytest.raises(Conflict, match="has not reported the new record's id"):
        rollback_of(done(house, create), reason="twice")


@pytest.mark.parametrize(
    ("action", "why"),
    [
        (an_action(before=None), "does not say which values were there before"),
        (an_action(kind="delete_record", after=None), "nothing undoes delete_record"),
        (an_action(kind="post", resource="agent_action", before=None), "does not say which values"),
    ],
)
def test_what_cannot_be_taken_back_says_why(found: Found, action: Action, why: str) -> None:
    with pytest.raises(Conflict, match=why):
        rollback_of(done(found(FREE, ALL), action), reason="x")


def test_only_what_was_done_is_taken_back(found: Found) -> None:
    house = found(FREE)
    for shown in (house.propose(an_action()), house.report(house.claim(house.propose(an_action())), Outcome.FAILED)):
        with pytest.raises(Conflict, match="only what was done can be taken back"):
            rollback_of(shown, reason="x")


def test_nobody_takes_back_what_they_may_not_see(found: Found) -> None:
    house = found(FREE)
    back = rollback_of(done(house, an_action()), reason="x")
    with pytest.raises(NotFound):
        house.propose(back, by="tom")
