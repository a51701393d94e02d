"""An expired draft is reopened by a person, on today's facts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.approvals import ApprovalState, Requirement
from app.core.errors import MoveNotAllowed, NotFound, StaleDigest
from app.core.lifecycle import State
from app.core.routes import Route
from app.standing import Standing
from tests.support.deciding import approve, standing
from tests.support.gates import Harness
from tests.unit.app.approvals.house import MANAGER, asked, kinds, submit

DEMAND = Requirement(resolver=MANAGER, expires_after=timedelta(hours=2))


def expired(harness: Harness) -> Standing:
    shown = submit(harness, DEMAND)
    harness.wait(hours=2)
    return standing(harness, shown.row.id)


def reopen(harness: Harness, shown: Standing, person: str = "sam") -> Standing:
    return harness.gate.reopen(shown.row.id, person=person, digest=shown.row.digest, reason="still wanted")


@pytest.mark.parametrize("person", ["sam", "ruth", "ada", "olga"])
def test_who_may_decide_or_edit_may_reopen(harness: Harness, person: str) -> None:
    after = reopen(harness, expired(harness), person)
    assert after.row.state is State.IN_REVIEW
    assert [request.state for request in after.approvals] == [ApprovalState.EXPIRED, ApprovalState.PENDING]
    assert asked(after) == ("ruth",)
    assert kinds(harness, "ruth") == ["asked", "expired", "asked"]
    assert approve(harness, after).row.state is State.SCHEDULED


def test_strangers_may_not(harness: Harness) -> None:
    with pytest.raises(NotFound):
        reopen(harness, expired(harness), "tom")


def test_what_the_policy_would_let_pass_by_now_still_goes_before_people(harness: Harness) -> None:
    shown = expired(harness)
    harness.script.route = Route.AUTO_SEND
    after = reopen(harness, shown)
    assert (after.row.state, after.assessment.ruling.rule) == (State.IN_REVIEW, "builtin.reopened")
    harness.wait(hours=3)
    assert harness.mail.delivered == []


def test_what_the_policy_blocks_by_now_is_blocked(harness: Harness) -> None:
    shown = expired(harness)
    harness.script.route = Route.BLOCK
    assert reopen(harness, shown).row.state is State.BLOCKED


def test_other_bytes_than_were_read_are_refused(harness: Harness) -> None:
    shown = expired(harness)
    with pytest.raises(StaleDigest):
        harness.gate.reopen(shown.row.id, person="sam", digest="sha256:other")


def test_only_what_has_expired_is_reopened(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    with pytest.raises(MoveNotAllowed):
        reopen(harness, shown)


def test_an_approval_from_before_counts_no_more(harness: Harness) -> None:
    shown = submit(harness, Requirement(needed=2, resolver=MANAGER, expires_after=timedelta(hours=2)))
    approve(harness, shown, "ruth")
    harness.wait(hours=2)
    after = reopen(harness, standing(harness, shown.row.id))
    assert after.pending is not None
    assert after.pending.approvers == ()
