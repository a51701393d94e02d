"""Resolvers, stages, quorum, timers, questions, places and absences: the same for actions as for drafts."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.actions import ActionState, Target
from app.core.approvals import Verdict
from app.core.errors import InvalidInput, NotPermitted
from tests.support.actions import UPDATE, an_action
from tests.unit.app.actions.conftest import Found


def rule(approvals: str, when: str = "true") -> str:
    return f"id: asked, {UPDATE}, when: '{when}', route: review, why: looked at, approvals: {{{approvals}}}"


def test_two_stages_and_a_quorum(found: Found) -> None:
    house = found(rule("needed: 2, resolver: {role: legal}, then: [{resolver: {role: admin}}]"))
    shown = house.propose(an_action())
    assert shown.pending is not None
    assert set(shown.pending.people) == {"lena", "luis"}
    house.say(shown, "lena")
    after = house.say(shown, "luis")
    assert after.pending is not None
    assert (after.pending.stage, after.pending.people) == (1, ("ada",))
    assert house.say(shown, "ada").row.state is ActionState.APPROVED
    assert house.trail(shown).count("action.partly_approved") == 2


def test_the_owner_of_the_record_is_asked(found: Found) -> None:
    shown = found(rule("resolver: {record_owner: {}}")).propose(an_action())
    assert shown.pending is not None
    assert shown.pending.people == ("tom",)


def test_an_agent_decides_below_its_tier_and_never_for_itself(found: Found) -> None:
    house = found(rule("resolver: {agent: {name: checker, below: high}}"))
    shown = house.propose(an_action())
    word = {"agent": "checker", "digest": shown.row.digest, "verdict": Verdict.APPROVE}
    with pytest.raises(NotPermitted, match="hand on the word"):
        house.gate.hand_on(shown.row.id, by=house.person("ruth"), reason="fits", **word)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match="an agent that approves gives its reasons"):
        house.gate.hand_on(shown.row.id, by=house.person("ada"), reason="", **word)  # type: ignore[arg-type]
    after = house.gate.hand_on(shown.row.id, by=house.person("ada"), reason="fits", **word)  # type: ignore[arg-type]
    assert after.row.permit is not None
    assert after.row.permit.granted_by.startswith("consent:")
    own = house.propose(an_action(agent="checker"))
    assert own.pending is not None
    assert own.pending.people == ("ada",), "the fallback: no agent decides about its own"
    mine = house.propose(an_action(), by="ada")
    with pytest.raises(NotPermitted, match="proposed action"):
        house.gate.hand_on(mine.row.id, by=house.person("ada"), reason="fits", **{**word, "digest": mine.row.digest})  # type: ignore[arg-type]


def test_silence_is_consent_where_the_rule_says_so_and_the_facts_still_hold(found: Found) -> None:
    house = found(rule("resolver: {auto_approve: {after: 2h}}", 'risk.tier in ["low", "medium"]'))
    shown, doubtful = house.propose(an_action()), house.propose(an_action(deal_id="d-2", client_id="x"))
    assert doubtful.assessment.ruling.rule == "builtin.no-rule", "the deal is large"
    house.wait(hours=2)
    after = house.now(shown)
    assert after.row.state is ActionState.APPROVED
    assert after.row.permit is not None
    assert after.row.permit.granted_by.startswith("consent:")


def test_silence_is_no_consent_to_what_has_changed(found: Found) -> None:
    house = found(rule("resolver: {auto_approve: {after: 2h}}", 'risk.tier in ["low", "medium"]'))
    shown = house.propose(an_action())
    house.crm.down = True
    house.wait(hours=2)
    after = house.now(shown)
    assert (after.row.state, after.assessment.ruling.rule) == (ActionState.IN_REVIEW, "builtin.unknown-fact")


def test_reminders_and_the_ladder(found: Found) -> None:
    house = found(rule("resolver: {manager: {}}, remind_after: 1h, escalate_after: 2h, expires_after: 72h"))
    shown = house.propose(an_action())
    house.wait(hours=1)
    assert [notice.kind.value for notice in house.told("ruth")] == ["asked", "reminded"]
    house.wait(hours=1)
    house.wait(hours=20)
    assert "escalated" in [notice.kind.value for notice in house.told("vera")]
    assert house.say(shown, "vera").row.state is ActionState.APPROVED


def test_an_absence_asks_the_delegate_at_once(found: Found) -> None:
    house = found(rule("resolver: {manager: {}}"))
    shown = house.propose(an_action())
    now = house.clock.now()
    house.gate.reviews.absences.add(
        person="ruth", start=now, until=now + timedelta(hours=5), delegate="lena", by="ruth"
    )
    after = house.now(shown)
    assert after.pending is not None
    assert "lena" in after.pending.people
    approved = house.say(shown, "lena")
    assert approved.approvals[0].decisions[0].in_name_of == "ruth"


def test_questions_answers_and_comments(found: Found) -> None:
    house = found(rule("resolver: {manager: {}}, remind_after: 1h, consulted: [{role: legal}]"))
    shown = house.propose(an_action())
    asked = house.gate.questions.ask(shown.row.id, person="ruth", text="Which contract?")
    assert asked.pending is not None
    assert asked.pending.paused
    house.wait(hours=3)
    assert [notice.kind.value for notice in house.told("ruth")] == ["asked"], "nobody is reminded meanwhile"
    house.gate.questions.comment(shown.row.id, person="lena", text="Mind the term.")
    with pytest.raises(NotPermitted, match="may not answer about action"):
        house.gate.questions.answer(shown.row.id, asked.remarks[-1].id, author="agent:other", text="Mine.")
    after = house.gate.questions.answer(shown.row.id, asked.remarks[-1].id, author="agent:bot", text="The new one.")
    assert after.pending is not None
    assert not after.pending.paused
    assert [remark.kind.value for remark in house.now(shown).remarks] == ["question", "comment", "answer"]
    assert house.now(shown).remarks[0].draft_id == shown.row.id


def test_a_place_is_passed_on(found: Found) -> None:
    house = found(rule("resolver: {manager: {}}"))
    shown = house.propose(an_action())
    after = house.gate.reassigning.reassign(shown.row.id, place_of="ruth", to="luis", person="ruth")
    assert after.pending is not None
    assert after.pending.people == ("luis",)
    assert house.say(shown, "luis").row.state is ActionState.APPROVED


def test_a_post_is_read_by_whom_the_rule_names(found: Found) -> None:
    house = found("id: posts, action: post, route: review, approvals: {resolver: {role: legal}}, why: speaks for us")
    post = an_action(
        kind="post",
        resource="agent_action",
        target=Target(system="linkedin", type="post"),
        before=None,
        after=None,
        payload={"text": "We are growing"},
    )
    shown = house.propose(post)
    assert shown.pending is not None
    assert set(shown.pending.people) <= {"lena", "luis"}
