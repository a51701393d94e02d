"""Passing a place on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.approvals import Requirement
from app.core.errors import Conflict, NotFound, NotPermitted
from app.core.lifecycle import State
from app.edits import DraftEdit
from app.standing import Standing
from tests.support.deciding import approve, standing
from tests.support.gates import START, Harness
from tests.unit.app.approvals.house import LEGAL, MANAGER, agent, asked, events, kinds, reviews, submit

DEMAND = Requirement(resolver=MANAGER, remind_after=timedelta(hours=1), expires_after=timedelta(days=3))


def reassign(harness: Harness, shown: Standing, to: str, *, by: str = "ruth", place_of: str = "ruth") -> Standing:
    return reviews(harness).reassigning.reassign(shown.row.id, place_of=place_of, to=to, person=by, reason="leave")


def test_the_newcomer_is_asked_instead_and_told(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    harness.clock.advance(timedelta(minutes=30))
    after = reassign(harness, shown, "lena")
    assert asked(after) == ("lena",)
    assert after.row.due_at == START + timedelta(hours=1, minutes=30)
    assert kinds(harness, "lena") == ["asked"]
    with pytest.raises((NotFound, NotPermitted)):
        approve(harness, shown, "ruth")
    assert approve(harness, after, "lena").row.state is State.SCHEDULED
    (event,) = events(harness, shown.row.id, "approval.reassigned")
    assert (event["place_of"], event["to"], event["reason"]) == ("ruth", "lena", "leave")


@pytest.mark.parametrize(("by", "allowed"), [("ruth", True), ("vera", True), ("olga", True), ("ada", True)])
def test_who_may_pass_it_on(harness: Harness, by: str, allowed: bool) -> None:
    assert (asked(reassign(harness, submit(harness, DEMAND), "lena", by=by)) == ("lena",)) is allowed


@pytest.mark.parametrize("by", ["sam", "tom", "luis"])
def test_who_may_not(harness: Harness, by: str) -> None:
    with pytest.raises((NotPermitted, NotFound)):
        reassign(harness, submit(harness, DEMAND), "lena", by=by)


def test_never_to_the_sender_an_editor_or_whoever_approved(harness: Harness) -> None:
    shown = submit(harness, replace(DEMAND, resolver=LEGAL, needed=2))
    with pytest.raises(NotPermitted, match="sam"):
        reassign(harness, shown, "sam", by="ada", place_of="lena")
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="New."), person="ada", digest=shown.row.digest)
    with pytest.raises(NotPermitted, match="ada"):
        reassign(harness, edited, "ada", by="ada", place_of="lena")
    after = approve(harness, edited, "luis")
    with pytest.raises(NotPermitted, match="counts once"):
        reassign(harness, after, "luis", by="ada", place_of="lena")
    with pytest.raises(Conflict, match="used"):
        reassign(harness, after, "vera", by="ada", place_of="luis")


def test_a_place_that_a_role_fills_goes_to_that_role_only(harness: Harness) -> None:
    shown = submit(harness, replace(DEMAND, resolver=LEGAL))
    with pytest.raises(NotPermitted, match="legal"):
        reassign(harness, shown, "tom", by="lena", place_of="lena")
    with pytest.raises(Conflict, match="asked about"):
        reassign(harness, shown, "luis", by="lena", place_of="lena")
    assert asked(reassign(harness, shown, "ada", by="lena", place_of="lena")) == ("ada", "luis")


def test_somebody_without_a_place_has_none_to_pass_on(harness: Harness) -> None:
    with pytest.raises(Conflict, match="no place"):
        reassign(harness, submit(harness, DEMAND), "lena", by="vera", place_of="tom")


def test_an_agents_place_is_passed_on_by_admins(harness: Harness) -> None:
    shown = submit(harness, replace(DEMAND, resolver=agent("checker")))
    with pytest.raises(NotPermitted):
        reassign(harness, shown, "lena", by="ruth", place_of="agent:checker")
    assert asked(reassign(harness, shown, "lena", by="ada", place_of="agent:checker")) == ("lena",)


def test_nothing_is_passed_on_where_nothing_waits(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    approve(harness, shown)
    with pytest.raises(Conflict, match="scheduled"):
        reassign(harness, shown, "lena")


def test_after_it_who_had_the_place_does_not_come_back_by_going_away(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    reassign(harness, shown, "lena")
    reviews(harness).absences.add(
        person="lena", start=START, until=START + timedelta(days=1), delegate=None, by="lena"
    )
    assert "ruth" not in asked(standing(harness, shown.row.id))
