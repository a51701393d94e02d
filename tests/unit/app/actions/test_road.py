"""From the proposal to what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.actions import ActionState, Outcome, Target
from app.core.approvals import ApprovalState, Verdict
from app.core.errors import (
    AlreadyDecided,
    Conflict,
    InvalidDraft,
    InvalidInput,
    MoveNotAllowed,
    NotFound,
    NotPermitted,
    ReusedKey,
    StaleDigest,
)
from app.core.routes import Tier
from tests.support.actions import UPDATE, an_action
from tests.unit.app.actions.conftest import Found

REVIEW = f"id: stage, {UPDATE}, route: review, why: looked at, approvals: {{expires_after: 48h}}"
AUTO = f"id: free, {UPDATE}, route: auto_send, why: harmless"


def test_what_a_rule_lets_through_is_claimed_once_and_reported(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    assert (shown.row.state, shown.new) == (ActionState.APPROVED, True)
    assert shown.row.permit is not None
    assert (shown.row.permit.digest, shown.row.permit.granted_by) == (shown.row.digest, "rule:free")

    claimed = house.claim(shown, executor="crm-sync")
    assert claimed.row.claim is not None
    assert (claimed.row.state, claimed.row.claim.executor) == (ActionState.EXECUTING, "agent:crm-sync")
    done = house.report(claimed, result={"id": "o-1"})
    assert (done.row.state, done.row.report and done.row.report.result) == (ActionState.DONE, {"id": "o-1"})
    assert house.trail(shown) == ["action.proposed", "action.claimed", "action.done"]


def test_what_a_rule_sends_to_people_waits_for_them(found: Found) -> None:
    house = found(REVIEW)
    shown = house.propose(an_action())
    assert shown.row.state is ActionState.IN_REVIEW
    assert shown.pending is not None
    assert shown.pending.people == ("ruth",)
    assert [notice.action_id for notice in house.told("ruth")] == [shown.row.id]
    with pytest.raises(Conflict, match="only what is approved can be claimed"):
        house.claim(shown)

    approved = house.say(shown, "ruth")
    assert approved.row.state is ActionState.APPROVED
    assert approved.row.permit is not None
    assert approved.row.permit.granted_by == f"approval:{shown.pending.id}"
    assert house.say(shown, "ruth").row == approved.row, "the same word twice is one word"
    assert house.claim(approved).row.state is ActionState.EXECUTING
    with pytest.raises(AlreadyDecided, match="ruth said approve"):
        house.say(shown, "ruth", Verdict.REJECT, reason="no")


def test_a_rejection_ends_it(found: Found) -> None:
    house = found(REVIEW)
    shown = house.propose(an_action())
    rejected = house.say(shown, "ruth", Verdict.REJECT, reason="wrong stage")
    assert (rejected.row.state, rejected.approvals[0].state) == (ActionState.REJECTED, ApprovalState.REJECTED)
    with pytest.raises(Conflict):
        house.claim(rejected)
    assert house.trail(shown)[-1] == "action.rejected"


def test_nobody_decides_who_is_not_asked_and_nothing_counts_for_other_content(found: Found) -> None:
    house = found(REVIEW)
    shown = house.propose(an_action())
    with pytest.raises(NotFound):
        house.say(shown, "tom")
    with pytest.raises(NotPermitted, match="may not approve action"):
        house.say(shown, "sam")
    with pytest.raises(StaleDigest, match=f"action {shown.row.id} has changed"):
        house.say(shown, "ruth", digest="sha256:other")


def test_no_rule_means_people(found: Found) -> None:
    shown = found().propose(an_action())
    assert shown.row.state is ActionState.IN_REVIEW
    assert shown.assessment.ruling.rule == "builtin.no-rule"
    assert "no rule of the policy is about this action" in shown.assessment.ruling.why


def test_a_rule_for_mail_or_for_another_resource_is_not_asked(found: Found) -> None:
    house = found("id: mail, action: send_email, route: auto_send", "id: any, route: auto_send")
    assert house.propose(an_action()).assessment.ruling.rule == "builtin.no-rule"
    post = an_action(kind="post", resource="agent_action", target=Target(system="linkedin", type="post"))
    assert house.propose(post).assessment.ruling.rule == "any"


def test_rules_read_target_changes_and_the_deal(found: Found) -> None:
    house = found(
        f"id: money, {UPDATE}, route: block, "
        "when: 'changes.exists(c, c.field == \"amount\" && c.number_after > 50000.0)'",
        f"id: large, {UPDATE}, when: 'deal.amount > 100000', route: review",
        f'id: crm, {UPDATE}, when: \'target.system == "crm" && target.type == "opportunity"\', route: auto_send',
    )
    assert house.propose(an_action()).assessment.ruling.rule == "crm"
    assert house.propose(an_action(deal_id="d-2")).assessment.ruling.rule == "large"
    blocked = house.propose(an_action(before={"amount": 1}, after={"amount": 60_000}))
    assert (blocked.row.state, blocked.row.permit) == (ActionState.BLOCKED, None)


@pytest.mark.parametrize(
    ("kind", "deal", "tier"),
    [
        ("browse", None, Tier.LOW),
        ("create_record", None, Tier.MEDIUM),
        ("update_record", "d-1", Tier.MEDIUM),
        ("update_record", "d-2", Tier.HIGH),
        ("page", None, Tier.MEDIUM),
        ("post", None, Tier.HIGH),
        ("delete_record", None, Tier.HIGH),
        ("launch_rocket", None, Tier.HIGH),
    ],
)
def test_the_risk_follows_from_what_is_at_stake(found: Found, kind: str, deal: str | None, tier: Tier) -> None:
    shown = found().propose(an_action(kind=kind, deal_id=deal))
    assert shown.assessment.risk.tier is tier


def test_unknown_facts_go_before_people(found: Found) -> None:
    house = found(AUTO)
    house.crm.down = True
    shown = house.propose(an_action())
    assert shown.assessment.ruling.rule == "builtin.unknown-fact"
    assert shown.assessment.risk.tier is Tier.HIGH
    with pytest.raises(InvalidInput, match="say why: approving what builtin"):
        house.say(shown, "ruth", reason="")


def test_the_same_client_id_is_the_same_action(found: Found) -> None:
    house = found(AUTO)
    first = house.propose(an_action(client_id="c-1"))
    again = house.propose(an_action(client_id="c-1"))
    assert (again.row, again.new) == (first.row, False)
    with pytest.raises(ReusedKey, match=f"'c-1' was used for action {first.row.id}"):
        house.propose(an_action(client_id="c-1", after={"stage": "won"}))


def test_people_and_deals_that_do_not_exist_are_refused(found: Found) -> None:
    house = found(AUTO)
    with pytest.raises(InvalidDraft, match="nobody here is called"):
        house.propose(an_action(on_behalf_of="nobody"))
    with pytest.raises(InvalidDraft, match="the CRM has no deal"):
        house.propose(an_action(deal_id="d-9"))
    assert house.propose(an_action(on_behalf_of="sam@ours.example")).row.on_behalf_of == "sam"


def test_every_part_of_the_content_is_in_the_digest(found: Found) -> None:
    house = found(AUTO)
    changes: list[dict[str, object]] = [
        {},
        {"kind": "create_record"},
        {"target": Target(system="crm", type="opportunity", id="o-2")},
        {"before": None},
        {"after": {"stage": "won"}},
        {"payload": {"text": "hello"}},
        {"deal_id": None},
        {"on_behalf_of": "tom"},
    ]
    digests = {house.propose(an_action(**change)).row.digest for change in changes}
    assert len(digests) == len(changes)


def test_an_action_is_taken_back_before_it_is_claimed(found: Found) -> None:
    house = found(REVIEW)
    shown = house.propose(an_action())
    with pytest.raises(NotFound):
        house.gate.withdraw(shown.row.id, person="tom")
    back = house.gate.withdraw(shown.row.id, person="sam")
    assert (back.row.state, back.approvals[0].state) == (ActionState.WITHDRAWN, ApprovalState.VOID)
    assert house.gate.withdraw(shown.row.id, person="sam").row == back.row
    claimed = house.claim(house.say(house.propose(an_action()), "ruth"))
    with pytest.raises(MoveNotAllowed, match=r"action .* is executing and cannot become withdrawn"):
        house.gate.withdraw(claimed.row.id, person="sam")


def test_a_new_policy_voids_what_was_let_through(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    house.publish(2, AUTO)
    with pytest.raises(Conflict, match="was judged again: the content or the policy is no longer"):
        house.claim(shown)
    now = house.now(shown)
    assert (now.row.state, now.row.revision) == (ActionState.APPROVED, 2)
    assert now.row.digest != shown.row.digest
    assert house.claim(now).row.state is ActionState.EXECUTING


def test_what_people_approved_goes_back_to_people_when_the_facts_change(found: Found) -> None:
    large = f"id: large, {UPDATE}, when: 'deal.amount > 100000', route: block, why: too large"
    house = found(REVIEW, large)
    shown = house.say(house.propose(an_action()), "ruth")
    house.crm.deals["d-1"] = replace(house.crm.deals["d-1"], amount=500_000.0)
    with pytest.raises(Conflict, match="too large"):
        house.claim(shown)
    assert house.now(shown).row.state is ActionState.BLOCKED


def test_what_cannot_be_judged_any_more_is_not_claimed(found: Found) -> None:
    house = found(REVIEW)
    shown = house.say(house.propose(an_action()), "ruth")
    house.crm.down = True
    with pytest.raises(Conflict, match="cannot be checked: crm"):
        house.claim(shown)
    now = house.now(shown)
    assert (now.row.state, now.pending is not None) == (ActionState.IN_REVIEW, True)


def test_an_expired_request_cannot_be_approved(found: Found) -> None:
    house = found(REVIEW)
    shown = house.propose(an_action())
    house.wait(hours=49)
    assert house.now(shown).row.state is ActionState.EXPIRED
    assert "expired" in [notice.kind.value for notice in house.told("sam")]
    with pytest.raises(NotPermitted, match="nobody is asked"):
        house.say(shown, "ruth")


def test_what_nobody_claims_in_time_lapses(found: Found) -> None:
    house = found(AUTO)
    shown = house.propose(an_action())
    house.clock.advance(timedelta(hours=24, seconds=1))
    with pytest.raises(Conflict, match="could be claimed until"):
        house.claim(shown)
    assert house.gate.wake_due() == 1
    assert house.now(shown).row.state is ActionState.EXPIRED
    assert house.gate.wake_due() == 0
    assert "not claimed in time" in house.told("sam")[-1].text


def test_reports_without_a_claim_are_for_people_who_have_looked(found: Found) -> None:
    house = found(AUTO)
    shown = house.claim(house.propose(an_action()))
    settle = house.gate.permits.report
    with pytest.raises(Conflict, match="is being carried out until"):
        settle(shown.row.id, person=house.person("sam"), outcome=Outcome.DONE, reason="I saw it")
    house.wait(minutes=6)
    assert house.now(shown).row.state is ActionState.UNKNOWN
    assert [notice.kind.value for notice in house.told("sam")] == ["unreported"]
    with pytest.raises(InvalidInput, match="say what you saw"):
        settle(shown.row.id, person=house.person("sam"), outcome=Outcome.DONE)
    with pytest.raises(NotFound):
        settle(shown.row.id, person=house.person("tom"), outcome=Outcome.DONE, reason="I saw it")
    with pytest.raises(NotPermitted, match="may not settle action"):
        settle(shown.row.id, person=house.person("ruth"), outcome=Outcome.DONE, reason="I saw it")
    after = settle(shown.row.id, person=house.person("sam"), outcome=Outcome.DONE, reason="I saw it")
    assert (after.row.state, after.row.report and after.row.report.by) == (ActionState.DONE, "person:sam")


def test_an_executor_may_report_late_but_not_otherwise(found: Found) -> None:
    house = found(AUTO)
    shown = house.claim(house.propose(an_action()), executor="sync")
    house.wait(minutes=6)
    done = house.report(shown, Outcome.FAILED)
    assert (done.row.state, done.row.report and done.row.report.by) == (ActionState.FAILED, "agent:sync")
    assert house.report(shown, Outcome.FAILED).row == done.row
    with pytest.raises(Conflict, match="there is nothing to report"):
        house.report(shown, Outcome.DONE)
    claim = done.row.claim
    assert claim is not None
    for person, number in (("ada", claim.id), ("sam", "cl_other")):
        with pytest.raises(NotPermitted, match="does not hold claim"):
            house.gate.permits.report(
                shown.row.id, person=house.person(person), outcome=Outcome.DONE, claim=number, reason="x"
            )


def test_a_failure_needs_its_reason(found: Found) -> None:
    house = found(AUTO)
    shown = house.claim(house.propose(an_action()))
    assert shown.row.claim is not None
    with pytest.raises(InvalidInput, match="why it failed"):
        house.gate.permits.report(
            shown.row.id, person=house.person("sam"), outcome=Outcome.FAILED, claim=shown.row.claim.id
        )
