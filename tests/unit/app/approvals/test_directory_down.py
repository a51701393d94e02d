"""Without the directory nothing is lost and nothing is let through; timers come back with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.approvals import Requirement
from app.core.errors import FactUnavailable
from app.core.lifecycle import State
from tests.support.deciding import approve, standing
from tests.support.gates import START, Harness, SmallDirectory
from tests.unit.app.approvals.house import LEGAL, MANAGER, asked, events, submit, then

HOUR = timedelta(hours=1)
DEMAND = Requirement(resolver=MANAGER, escalate_after=HOUR, remind_after=2 * HOUR, expires_after=timedelta(days=3))


@pytest.fixture
def down(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Undo it to have the directory back; `_goes_down` takes it away."""
    return monkeypatch


def _goes_down(patch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> object:
        raise FactUnavailable("people", "down")

    for question in ("person", "with_role"):
        patch.setattr(SmallDirectory, question, fail)


def test_what_was_asked_stays_asked_and_is_looked_at_again(harness: Harness, down: pytest.MonkeyPatch) -> None:
    shown = submit(harness, DEMAND)
    _goes_down(down)
    harness.wait(hours=1)
    waiting = standing(harness, shown.row.id)
    assert (waiting.row.state, asked(waiting)) == (State.IN_REVIEW, ("ruth",))
    assert waiting.row.due_at == START + HOUR + timedelta(minutes=5)
    down.undo()
    harness.wait(minutes=5)
    assert asked(standing(harness, shown.row.id)) == ("ruth", "vera")
    assert len(events(harness, shown.row.id, "approval.escalated")) == 1


def test_it_expires_all_the_same(harness: Harness, down: pytest.MonkeyPatch) -> None:
    shown = submit(harness, replace(DEMAND, escalate_after=None, remind_after=None))
    _goes_down(down)
    harness.wait(days=3)
    assert standing(harness, shown.row.id).row.state is State.EXPIRED


def test_a_next_stage_that_nobody_can_name_is_not_skipped(harness: Harness, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = submit(harness, replace(DEMAND, then=(then(LEGAL),)))

    def fail(*_: object) -> object:
        raise FactUnavailable("people", "down")

    monkeypatch.setattr(SmallDirectory, "with_role", fail)
    with pytest.raises(FactUnavailable):
        approve(harness, shown)
    assert standing(harness, shown.row.id).row == shown.row
    monkeypatch.undo()
    assert asked(approve(harness, shown)) == ("lena", "luis")
