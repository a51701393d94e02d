"""A claim: once, by whoever may, under every stop and limit, and where duties are separate by somebody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.actions import ActionState
from app.core.approvals import Verdict
from app.core.errors import Conflict, InvalidInput, NotFound, NotPermitted, StaleDigest, StepUpRequired
from app.core.limits import StopScope
from app.core.proofs import Proof, ProofMethod
from app.limits import switch
from tests.support.actions import SETTINGS, UPDATE, ActionHouse, an_action
from tests.unit.app.actions.conftest import Found

AUTO = f"id: free, {UPDATE}, route: auto_send, why: harmless"
REVIEW = f"id: stage, {UPDATE}, route: review, why: looked at"
SEPARATE = (
    f"id: apart, {UPDATE}, route: review, why: two people, "
    "approvals: {separate_duties: true, resolver: {user: {id: sender}}, fallback: {role: legal}}"
)


def test_the_second_claim_is_told_who_was_first(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    house.claim(shown, executor="one")
    with pytest.raises(Conflict, match="was claimed by agent:one, until"):
        house.claim(shown, executor="two")


def test_a_claim_with_a_key_may_be_repeated_by_its_holder_alone(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    first = house.claim(shown, executor="one", key="k")
    assert house.claim(shown, executor="one", key="k").row == first.row
    for other in ({"executor": "two", "key": "k"}, {"executor": "one", "key": "j"}, {"executor": "one"}):
        with pytest.raises(Conflict, match="was claimed"):
            house.claim(shown, **other)
    with pytest.raises(Conflict, match="was claimed"):
        house.claim(shown, by="ada", executor="one", key="k")


def test_a_claim_names_what_was_approved(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    with pytest.raises(StaleDigest):
        house.claim(shown, digest="sha256:other")
    for lease in (timedelta(seconds=9), timedelta(hours=2)):
        with pytest.raises(InvalidInput, match="lease: has to be 10 to 3600 seconds"):
            house.claim(shown, lease=lease)
    with pytest.raises(InvalidInput, match="executor: has to be one line"):
        house.claim(shown, executor="x" * 201)


def test_only_the_sender_and_those_above_everybody_claim(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    with pytest.raises(NotFound):
        house.claim(shown, by="tom")
    with pytest.raises(NotPermitted, match="may not claim action"):
        house.claim(shown, by="ruth")
    assert house.claim(shown, by="ada").row.claim is not None


def test_where_duties_are_separate_the_executor_is_neither_proposer_nor_approver(found: Found) -> None:
    house = found(SEPARATE)
    shown = house.propose(an_action(), by="lena")
    assert shown.pending is not None
    assert shown.pending.people == ("luis",), "neither the sender nor who proposed it"
    with pytest.raises(NotPermitted):
        house.say(shown, "lena")
    approved = house.say(shown, "luis")
    with pytest.raises(NotPermitted, match="sam proposed or approved"):
        house.claim(approved, by="sam")
    with pytest.raises(NotPermitted, match="agent:BOT proposed or approved"):
        house.claim(approved, by="ada", executor="BOT")
    assert house.claim(approved, by="ada", executor="sync").row.state is ActionState.EXECUTING


def test_the_approver_does_not_carry_out_where_duties_are_separate(found: Found) -> None:
    rule = SEPARATE.replace("{role: legal}", "{role: admin}")
    house = found(rule)
    approved = house.say(house.propose(an_action()), "ada")
    with pytest.raises(NotPermitted, match="ada proposed or approved"):
        house.claim(approved, by="ada", executor="sync")
    assert house.claim(approved, by="olga", executor="sync").row.claim is not None


def test_without_separate_duties_one_agent_does_it_all(found: Found) -> None:
    house = found(AUTO)
    assert house.claim(house.propose(an_action()), executor="bot").row.state is ActionState.EXECUTING


@pytest.mark.parametrize(
    ("scope", "subject"),
    [(StopScope.ALL, ""), (StopScope.AGENT, "Bot"), (StopScope.ACTION, "update_record")],
)
def test_a_stop_holds_proposals_approvals_and_claims(found: Found, scope: StopScope, subject: str) -> None:
    house = found(AUTO, f"id: large, {UPDATE}, when: 'deal.amount > 100000', route: review")
    free, waiting = house.propose(an_action()), house.propose(an_action(deal_id="d-2"))
    _stop(house, scope, subject)
    with pytest.raises(Conflict, match=r"cannot be claimed now: .* was stopped by olga"):
        house.claim(free)
    assert house.now(free).row.state is ActionState.APPROVED, "it stays claimable"
    with pytest.raises(Conflict, match="cannot be approved now"):
        house.say(waiting, "ruth")
    held = house.propose(an_action())
    assert (held.row.state, held.assessment.ruling.rule) == (ActionState.IN_REVIEW, "builtin.stopped")
    switch.resume(
        house.store, scope=scope, subject=subject, person=house.person("olga"), now=house.clock.now(), reason="mended"
    )
    assert house.claim(free).row.state is ActionState.EXECUTING
    assert house.say(waiting, "ruth").row.state is ActionState.APPROVED
    assert house.say(held, "ruth").row.state is ActionState.APPROVED


def test_a_stop_of_mail_leaves_other_actions_alone(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    _stop(house, StopScope.ACTION, "send_email")
    assert house.claim(shown).row.state is ActionState.EXECUTING


def test_a_stop_set_while_a_claim_is_judged_still_holds_it(found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    judge = type(house.gate.judge)
    original = judge.recheck

    def then_stopped(self: object, *args: object, **more: object) -> object:
        today = original(self, *args, **more)  # type: ignore[arg-type]
        _stop(house, StopScope.ALL, "")
        return today

    monkeypatch.setattr(judge, "recheck", then_stopped)
    with pytest.raises(Conflict, match="cannot be claimed now"):
        house.claim(shown)
    assert house.now(shown).row.state is ActionState.APPROVED


def _stop(house: ActionHouse, scope: StopScope, subject: str) -> None:
    switch.stop(
        house.store,
        house.gate.ids,
        scope=scope,
        subject=subject,
        reason="wrong",
        person=house.person("olga"),
        now=house.clock.now(),
    )


def test_a_full_limit_sends_to_people_what_would_go_by_itself(found: Found) -> None:
    house = found(AUTO, settings=SETTINGS + "limits: {per_agent_per_hour: 1}\n")
    first, second = house.propose(an_action()), house.propose(an_action())
    house.claim(first)
    with pytest.raises(Conflict, match="per_agent_per_hour: 1 of 1"):
        house.claim(second)
    held = house.now(second)
    assert (held.row.state, held.assessment.ruling.rule) == (ActionState.IN_REVIEW, "builtin.limit")
    approved = house.say(held, "ruth")
    assert house.claim(approved).row.state is ActionState.EXECUTING, "what people approved counts and is not held"
    third = house.propose(an_action())
    assert third.assessment.ruling.rule == "builtin.limit"


def test_step_up_is_asked_for_and_taken(found: Found) -> None:
    house = found(f"id: grave, {UPDATE}, route: review, approvals: {{step_up: true}}")
    shown = house.propose(an_action())
    with pytest.raises(StepUpRequired):
        house.say(shown, "ruth")
    proved = Proof(person="ruth", method=ProofMethod.TOTP, at=house.clock.now())
    after = house.say(shown, "ruth", proof=lambda: proved)
    assert after.row.state is ActionState.APPROVED
    assert after.approvals[0].decisions[0].verified_by is ProofMethod.TOTP


def test_a_word_for_an_earlier_request_does_not_answer_a_later_one(found: Found) -> None:
    house = found(REVIEW)
    shown = house.propose(an_action())
    assert shown.pending is not None
    approved = house.say(shown, "ruth")
    house.crm.down = True
    with pytest.raises(Conflict):
        house.claim(approved)
    house.crm.down = False
    with pytest.raises(Conflict, match="the facts around action"):
        house.say(house.now(shown), "ruth", request_id=shown.pending.id)
    assert house.say(house.now(shown), "ruth", verdict=Verdict.REJECT).row.state is ActionState.REJECTED
