"""Notices: written with what they tell about, and carried at least once under one id."""

from __future__ import annotations

import pytest

from app.approvals.board import carry, read_board
from app.core.approvals import Requirement, Verdict
from app.core.errors import NotDelivered, StaleDigest
from app.core.notices import Notice
from tests.support.deciding import approve
from tests.support.gates import Harness
from tests.unit.app.approvals.house import LEGAL, submit


class Post:
    """A double of a transport that cannot reach some people."""

    name = "post"

    def __init__(self, *unreachable: str) -> None:
        self.unreachable = set(unreachable)
        self.carried: list[Notice] = []

    def notify(self, notice: Notice) -> None:
        """Carry it, or fail."""
        if notice.recipient in self.unreachable:
            raise NotDelivered("nobody opens")
        self.carried.append(notice)


def test_each_notice_is_carried_once(harness: Harness) -> None:
    submit(harness, Requirement(resolver=LEGAL))
    post = Post()
    assert carry(harness.store, post, harness.clock) == 2
    assert carry(harness.store, post, harness.clock) == 0
    assert sorted(notice.recipient for notice in post.carried) == ["lena", "luis"]


def test_one_who_cannot_be_reached_holds_up_nobody_and_is_tried_again(harness: Harness) -> None:
    submit(harness, Requirement(resolver=LEGAL))
    post = Post("lena")
    assert carry(harness.store, post, harness.clock) == 1
    post.unreachable.clear()
    assert carry(harness.store, post, harness.clock) == 1
    assert len({notice.id for notice in post.carried}) == 2


def test_nobody_is_told_of_what_did_not_happen(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=LEGAL))
    before = read_board(harness.store, "luis")
    with pytest.raises(StaleDigest):
        harness.gate.decide(shown.row.id, person="lena", verdict=Verdict.APPROVE, digest="sha256:other")
    assert read_board(harness.store, "luis") == before
    approve(harness, shown, "lena")
