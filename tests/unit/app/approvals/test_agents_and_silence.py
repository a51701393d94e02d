"""Decisions that no person makes: an agent below its tier, and silence where the rule takes it for consent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.approvals import Requirement
from app.core.errors import InvalidInput, NotPermitted
from app.core.lifecycle import State
from app.core.routes import Route, Tier
from app.edits import DraftEdit
from tests.support.deciding import approve, reject, standing
from tests.support.gates import START, Harness
from tests.unit.app.approvals.house import ADMIN, MANAGER, agent, asked, events, reviews, silence, submit, then

HOUR = timedelta(hours=1)
BY_AGENT = Requirement(resolver=agent("checker", Tier.HIGH), fallback=MANAGER, escalate_after=HOUR)
BY_SILENCE = Requirement(resolver=silence(HOUR), fallback=MANAGER)


def test_an_agent_approves_below_its_tier_with_its_reasons(harness: Harness) -> None:
    shown = submit(harness, BY_AGENT, tier=Tier.MEDIUM)
    assert asked(shown) == ("agent:checker",)
    with pytest.raises(InvalidInput, match="reasons"):
        approve(harness, shown, "agent:checker")
    after = approve(harness, shown, "agent:checker", reason="it only repeats what was sent")
    assert after.row.permit is not None
    assert after.row.permit.granted_by.startswith("consent:"), "no person has seen it"
    (event,) = events(harness, shown.row.id, "draft.approved")
    assert event["reason"] == "it only repeats what was sent"
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 1


@pytest.mark.parametrize("tier", [Tier.HIGH, Tier.CRITICAL])
def test_from_its_tier_on_people_are_asked(harness: Harness, tier: Tier) -> None:
    shown = submit(harness, BY_AGENT, tier=tier)
    assert asked(shown) == ("ruth",)
    with pytest.raises(NotPermitted, match="checker"):
        approve(harness, shown, "agent:checker", reason="fine")


def test_an_agent_never_decides_about_its_own_drafts_nor_one_that_is_not_asked(harness: Harness) -> None:
    own = submit(harness, BY_AGENT, agent="checker")
    assert asked(own) == ("ruth",)
    shown = submit(harness, BY_AGENT)
    for name in ("agent:bot", "agent:other"):
        with pytest.raises(NotPermitted):
            approve(harness, shown, name, reason="fine")


def test_an_agent_that_does_not_answer_gives_way_to_people(harness: Harness) -> None:
    shown = submit(harness, BY_AGENT)
    harness.wait(hours=1)
    assert asked(standing(harness, shown.row.id)) == ("agent:checker", "ruth")


def test_what_an_agent_let_through_goes_back_when_the_risk_has_risen(harness: Harness) -> None:
    approve(harness, submit(harness, BY_AGENT), "agent:checker", reason="fine")
    harness.script.tier = Tier.MEDIUM
    harness.wait(minutes=1)
    assert harness.mail.delivered == []


def test_silence_approves_when_its_time_has_passed(harness: Harness) -> None:
    shown = submit(harness, BY_SILENCE)
    assert asked(shown) == ("ruth",)
    harness.wait(minutes=59)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    harness.wait(minutes=1)
    after = standing(harness, shown.row.id)
    assert after.row.state is State.SCHEDULED
    assert after.approvals[-1].decisions[0].person == "auto_approve"
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 1


@pytest.mark.parametrize("tier", [Tier.HIGH, Tier.CRITICAL])
def test_silence_never_approves_what_is_risky(harness: Harness, tier: Tier) -> None:
    shown = submit(harness, BY_SILENCE, tier=tier)
    assert asked(shown) == ("ruth",)
    harness.wait(days=2)
    assert standing(harness, shown.row.id).row.state is State.EXPIRED


def test_silence_does_not_approve_what_somebody_rejected_or_approved_before(harness: Harness) -> None:
    rejected, approved = submit(harness, BY_SILENCE), submit(harness, BY_SILENCE)
    reject(harness, rejected, "ruth")
    approve(harness, approved, "ruth")
    harness.wait(hours=2)
    assert standing(harness, rejected.row.id).row.state is State.REJECTED
    assert len(harness.mail.delivered) == 1


def test_an_open_question_holds_silence_back(harness: Harness) -> None:
    shown = submit(harness, BY_SILENCE)
    asking = reviews(harness).questions.ask(shown.row.id, person="ruth", text="Why?")
    harness.wait(hours=3)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    reviews(harness).questions.answer(shown.row.id, asking.remarks[-1].id, author="sam", text="Because.")
    harness.wait(minutes=59)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    harness.wait(minutes=1)
    assert standing(harness, shown.row.id).row.state is State.SCHEDULED


def test_an_edit_starts_the_time_to_object_anew(harness: Harness) -> None:
    shown = submit(harness, BY_SILENCE)
    harness.wait(minutes=50)
    harness.gate.edit(shown.row.id, DraftEdit(text="New."), person="sam", digest=shown.row.digest)
    harness.wait(minutes=50)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW


def test_silence_approves_on_todays_facts_only(harness: Harness) -> None:
    shown = submit(harness, BY_SILENCE)
    harness.script.tier = Tier.HIGH
    harness.wait(hours=1)
    after = standing(harness, shown.row.id)
    assert (after.row.state, after.row.revision) == (State.IN_REVIEW, 2)
    harness.wait(hours=5)
    assert harness.mail.delivered == []


def test_silence_in_the_second_stage_waits_for_the_first(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=MANAGER, then=(then(silence(HOUR), fallback=ADMIN),)))
    harness.wait(hours=5)
    assert standing(harness, shown.row.id).row.state is State.IN_REVIEW
    after = approve(harness, shown, "ruth")
    assert asked(after) == ("ada",)
    assert after.row.due_at == START + timedelta(hours=6)
    harness.wait(hours=1)
    after = standing(harness, shown.row.id)
    assert after.row.state is State.SCHEDULED
    assert after.row.permit is not None
    assert after.row.permit.granted_by.startswith("approval:"), "a person has seen it"


def test_consent_that_was_overtaken_by_the_expiry_is_none(harness: Harness) -> None:
    shown = submit(harness, Requirement(resolver=silence(HOUR), fallback=MANAGER, expires_after=2 * HOUR))
    harness.clock.advance(3 * HOUR)
    harness.wake_due()
    assert standing(harness, shown.row.id).row.state is State.EXPIRED


def test_nothing_is_agreed_to_in_silence_where_the_policy_blocks_by_now(harness: Harness) -> None:
    shown = submit(harness, BY_SILENCE)
    harness.script.route = Route.BLOCK
    harness.wait(hours=1)
    assert standing(harness, shown.row.id).row.state is State.BLOCKED
