"""Quorum, sequence, separation of duties, and who is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.approvals import Requirement, Resolver, ResolverKind, Via
from app.core.errors import AlreadyDecided, InvalidInput, NotFound, NotPermitted
from app.core.lifecycle import State
from app.edits import DraftEdit
from tests.support.deciding import approve, reject, standing
from tests.support.gates import Harness
from tests.unit.app.approvals.house import ADMIN, LEGAL, MANAGER, asked, events, kinds, submit, then, user

TWO_STAGES = Requirement(resolver=MANAGER, then=(then(LEGAL),))


def test_the_next_stage_is_asked_when_the_one_before_is_complete(harness: Harness) -> None:
    shown = submit(harness, TWO_STAGES)
    assert asked(shown) == ("ruth",)
    with pytest.raises(NotFound):
        approve(harness, shown, "lena")
    after = approve(harness, shown, "ruth")
    assert after.row.state is State.IN_REVIEW
    assert asked(after) == ("lena", "luis")
    assert approve(harness, after, "luis").row.state is State.SCHEDULED
    assert kinds(harness, "luis") == ["asked"]


def test_each_stage_has_its_own_quorum(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=MANAGER, then=(then(LEGAL, needed=2), then(user("olga")))))
    after = approve(harness, approve(harness, shown, "ruth"), "lena")
    assert asked(after) == ("lena", "luis")
    after = approve(harness, after, "luis")
    assert asked(after) == ("olga",)
    assert after.pending is not None
    assert after.pending.stage == 2
    assert approve(harness, after, "olga").row.state is State.SCHEDULED


def test_a_repeated_approval_does_not_count_for_the_next_stage(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=user("ruth"), then=(then(user("ruth"), fallback=LEGAL),)))
    after = approve(harness, shown, "ruth")
    assert asked(after) == ("lena", "luis"), "who has approved is not asked again"
    assert approve(harness, after, "ruth").row == after.row
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW


def test_one_rejection_ends_every_stage(harness: Harness) -> None:
    after = approve(harness, submit(harness, TWO_STAGES), "ruth")
    assert reject(harness, after, "lena").row.state is State.REJECTED


def test_an_edit_in_the_second_stage_begins_with_the_first_again(harness: Harness) -> None:
    after = approve(harness, submit(harness, TWO_STAGES), "ruth")
    edited = harness.gate.edit(after.row.id, DraftEdit(text="New."), person="lena", digest=after.row.digest)
    assert asked(edited) == ("ruth",)
    after = approve(harness, edited, "ruth")
    assert asked(after) == ("luis",), "who edited it does not approve it alone"


def test_with_separate_duties_neither_the_sender_nor_an_editor_approves(harness: Harness) -> None:
    demand = Requirement(
        needed=2, resolver=Resolver(kind=ResolverKind.ROLE, argument="manager"), separate_duties=True
    )
    shown = submit(harness, demand, on_behalf_of="ruth")
    assert "ruth" not in asked(shown)
    edited = harness.gate.edit(shown.row.id, DraftEdit(text="New."), person="vera", digest=shown.row.digest)
    assert not {"ruth", "vera"} & set(asked(edited))
    with pytest.raises(NotPermitted):
        approve(harness, edited, "vera")


def test_who_comes_too_late_is_told_who_decided_and_when(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=LEGAL))
    approve(harness, shown, "lena")
    with pytest.raises(AlreadyDecided, match="lena said approve at 2026-11-18T15:00:00") as refused:
        approve(harness, shown, "luis")
    assert refused.value.by == "lena"
    with pytest.raises(AlreadyDecided, match="lena"):
        reject(harness, shown, "luis")


def test_a_rule_may_demand_a_reason(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=MANAGER, justify=True))
    with pytest.raises(InvalidInput, match="say why"):
        approve(harness, shown, "ruth")
    assert approve(harness, shown, "ruth", reason="a good customer").row.state is State.SCHEDULED


def test_an_exception_needs_a_reason_whatever_the_rule_says(harness: Harness) -> None:
    harness.script.rule = "builtin.unknown-fact"
    shown = submit(harness, Requirement(resolver=MANAGER))
    with pytest.raises(InvalidInput, match="exception"):
        approve(harness, shown, "ruth", reason="  ")
    assert reject(harness, shown, "ruth", reason="").row.state is State.REJECTED


def test_who_is_consulted_sees_it_and_who_is_accountable_is_recorded(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=MANAGER, consulted=(LEGAL,), accountable=user("olga")))
    assert shown.pending is not None
    assert shown.pending.consulted == ("lena", "luis")
    assert shown.pending.accountable == "olga"
    assert kinds(harness, "lena") == ["consulted"]
    with pytest.raises(NotPermitted):
        approve(harness, shown, "lena")


def test_the_fallback_is_asked_where_the_resolver_finds_too_few(harness: Harness) -> None:
    shown = submit(harness, Requirement(needed=2, resolver=MANAGER, fallback=ADMIN))
    assert shown.pending is not None
    assert [(seat.person, seat.via) for seat in shown.pending.seats] == [
        ("ruth", Via.RESOLVER),
        ("ada", Via.FALLBACK),
    ]


def test_the_trail_says_which_stage_was_answered(harness: Harness) -> None:
    shown = submit(harness, TWO_STAGES)
    approve(harness, approve(harness, shown, "ruth"), "lena")
    (first,), (last,) = (events(harness, shown.row.id, k) for k in ("draft.partly_approved", "draft.approved"))
    assert (first["stage"], first["missing"], last["stage"]) == (0, 1, 1)


def test_a_stage_that_is_asked_late_still_ends_with_the_request(harness: Harness) -> None:
    shown = submit(harness, TWO_STAGES)
    harness.wait(hours=23)
    after = approve(harness, shown, "ruth")
    assert after.row.due_at == shown.row.created_at + timedelta(hours=24)
    harness.wait(hours=1)
    assert standing(harness, shown.row.id).row.state is State.EXPIRED
