"""Autonomy is proposed by figures, given by a person's signature, and taken back in the moment of an incident."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.autonomy import promotions
from app.autonomy.promotions import Status
from app.core.approvals import Verdict
from app.core.autonomy import Outcome, Subject
from app.core.errors import Conflict, InvalidInput, NotFound, NotPermitted
from app.core.lifecycle import State
from app.core.routes import Route, Tier
from app.policy.earned import EARNED
from app.policy.past import past_drafts
from app.policy.replay import replay
from app.store.tables import outcomes
from tests.support.autonomy import earn
from tests.support.trails import told as facts_of
from tests.unit.app.autonomy.scenes import (
    GRANTING,
    LOOK,
    REPLIES,
    events,
    in_force,
    incident,
    now_at,
    outcome,
    overview,
    promoted,
    sent,
    sign,
)
from tests.unit.app.policy.house import House

STRICT = "{id: strict, when: 'draft.subject.endsWith(\"price\")', route: review}"


def grow(house: House, drafts: int, *, outcome: Outcome = Outcome.UNCHANGED, subject: Subject = REPLIES) -> None:
    earn(house.store, house.gate.ids, subject, drafts, now=house.clock.now(), outcome=outcome)


# ── proposing and signing ─────────────────────────────────────────────────────────────────────────────────────


def test_a_promotion_is_proposed_when_sample_and_bound_are_large_enough(house: House) -> None:
    grow(house, 29)
    (line,) = overview(house)
    assert (line.status, line.why) == (
        Status.EARNING,
        "people have decided about 29 drafts of the 30 that it takes",
    )
    grow(house, 5)
    (line,) = overview(house)
    assert (line.status, line.why) == (Status.EARNING, "34 of 34 approved unchanged, lower bound 0.898, below 0.900")
    grow(house, 1)
    (line,) = overview(house)
    assert (line.status, line.why) == (Status.PROPOSED, "35 of 35 approved unchanged, lower bound 0.901")


@pytest.mark.parametrize(
    ("outcome", "decided"),
    [(other, 0 if other is Outcome.UNATTENDED else 1) for other in Outcome if other is not Outcome.UNCHANGED],
)
def test_any_other_word_of_a_person_lowers_the_bound(house: House, outcome: Outcome, decided: int) -> None:
    grow(house, 35)
    grow(house, 1, outcome=outcome)
    (line,) = overview(house)
    assert line.figures.decided == 35 + decided
    assert line.status is (Status.EARNING if decided else Status.PROPOSED)


def test_nothing_is_earned_without_a_signature(house: House) -> None:
    grow(house, 40)
    assert house.submit("Review it").row.state is State.IN_REVIEW


def test_what_was_signed_makes_monitor_of_review_and_says_why(house: House) -> None:
    made = promoted(house)
    shown = house.submit("Review it")
    ruling = shown.assessment.ruling
    assert (shown.row.state, ruling.route, ruling.rule) == (State.SCHEDULED, Route.MONITOR, EARNED)
    assert ruling.why == (
        "earned for reply by bot at low risk: 40 of 40 approved unchanged, lower bound 0.912, level 0.900; "
        f"ruth signed {made.id} on 2026-11-18"
    )
    assert [match.rule for match in ruling.matches] == ["look", EARNED]
    assert (ruling.approvals, shown.assessment.approvers) == (None, ())
    (submitted,) = events(house, "draft.submitted")
    assert (submitted.facts["rule"], submitted.facts["why"]) == (EARNED, ruling.why)
    house.wait(minutes=2)
    assert now_at(house, shown).row.state is State.SENT
    assert outcome(house, shown) is Outcome.UNATTENDED


def test_the_signature_stands_in_the_trail_with_its_figures(house: House) -> None:
    made = promoted(house)
    (event,) = events(house, "autonomy.signed")
    assert event.actor == "person:ruth"
    assert facts_of(event) == {
        "promotion": made.id,
        "agent": "bot",
        "action": "reply",
        "tier": "low",
        "level": 0.9,
        "minimum": 30,
        "unchanged": 40,
        "decided": 40,
        "bound": made.bound,
        "policy_version": 2,
        "reason": "earned",
    }


def test_signing_twice_or_by_two_at_once_signs_once(house: House) -> None:
    grow(house, 40)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda by: sign(house, by=by), ["ruth", "ada"] * 4))
    assert len({each.id for each in made}) == 1
    assert len(events(house, "autonomy.signed")) == 1
    (line,) = overview(house)
    assert (line.status, line.promotion) == (Status.SIGNED, made[0])


def test_what_is_not_proposed_cannot_be_signed(house: House) -> None:
    with pytest.raises(
        Conflict, match="reply by bot at low risk is not proposed: people have decided about 0 drafts"
    ):
        sign(house)
    grow(house, 40, subject=replace(REPLIES, tier=Tier.HIGH))
    with pytest.raises(Conflict, match="grants no autonomy at high risk"):
        sign(house, replace(REPLIES, tier=Tier.HIGH))
    grow(house, 40)
    house.publish(3, LOOK)
    with pytest.raises(Conflict, match="the policy in force has no `autonomy`"):
        sign(house)


@pytest.mark.parametrize("by", ["sam", "tom"])
def test_colleagues_may_not_sign(house: House, by: str) -> None:
    grow(house, 40)
    with pytest.raises(NotPermitted, match=f"{by} may not sign for reply by bot"):
        sign(house, by=by)
    assert in_force(house) == []


def test_nobody_signs_for_an_agent_of_their_own_name(house: House) -> None:
    himself = replace(REPLIES, agent="Ruth@ours.example")
    grow(house, 40, subject=himself)
    with pytest.raises(NotPermitted, match="nobody signs for themselves"):
        sign(house, himself)


# ── where it ends ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_review_that_another_rule_demands_stands(house: House) -> None:
    house.publish(3, LOOK, STRICT, more=GRANTING)
    promoted(house)
    assert house.submit("Review it").row.route is Route.MONITOR
    both = house.submit("Review the price")
    assert (both.row.state, both.assessment.ruling.rule) == (State.IN_REVIEW, "look")
    assert house.submit("The price").row.state is State.IN_REVIEW


def test_a_rule_on_trial_demands_nothing(house: House) -> None:
    house.publish(3, LOOK, STRICT.replace("route: review", "route: review, mode: shadow"), more=GRANTING)
    promoted(house)
    assert house.submit("Review the price").row.route is Route.MONITOR


def test_floors_stand_whatever_was_earned(house: House) -> None:
    house.publish(3, "{id: fails, when: '1 / size(commitments) > 5', route: monitor}", LOOK, more=GRANTING)
    promoted(house)
    shown = house.submit("Review it")
    assert "builtin.rule-error" in [match.rule for match in shown.assessment.ruling.matches]
    assert shown.row.state is State.IN_REVIEW
    house.publish(4, LOOK, more=GRANTING + "limits: {per_agent_per_hour: 1}\n")
    sent(house, "Review it")
    held = house.submit("Review it")
    assert (held.row.state, held.assessment.ruling.rule) == (State.IN_REVIEW, "builtin.limit")


@pytest.mark.parametrize(
    "changes",
    [{"agent": "other"}, {"action": "follow_up"}, {"text": "We guarantee 99.99% uptime for ten years."}],
)
def test_other_agents_kinds_and_tiers_earn_for_themselves(house: House, changes: dict[str, object]) -> None:
    promoted(house)
    assert house.submit("Review it", **changes).row.state is State.IN_REVIEW


def test_what_a_person_has_edited_is_judged_by_the_rules_alone(house: House) -> None:
    shown = house.submit("Review it")
    promoted(house)
    changed = house.edit(shown, "Other words.")
    assert (changed.row.state, changed.row.route) == (State.IN_REVIEW, Route.REVIEW)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("", "the policy in force has no `autonomy`"),
        ("autonomy: {level: 0.95, minimum: 30}\n", "lower bound 0.912, below 0.950"),
        ("autonomy: {level: 0.9, minimum: 30, tiers: [medium]}\n", "no autonomy at low risk"),
    ],
)
def test_another_policy_suspends_what_it_does_not_bear(house: House, more: str, why: str) -> None:
    promoted(house)
    house.publish(3, LOOK, more=more)
    assert house.submit("Review it").row.state is State.IN_REVIEW
    (line,) = overview(house)
    assert line.status is Status.SUSPENDED
    assert why in line.why


# ── losing it ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_incident_ends_it_at_once_also_for_what_waits_to_leave(house: House) -> None:
    made = promoted(house)
    bad = sent(house, "Review it")
    waits = house.submit("Review it too")
    assert waits.row.state is State.SCHEDULED
    told = incident(house, bad)
    assert in_force(house) == []
    (ended,) = events(house, "autonomy.ended")
    assert ended.actor == "gate"
    assert ended.facts["promotion"] == made.id
    assert ended.facts["reason"] == f"incident {told.id}: wrong price"
    assert ended.facts["because_of"] == bad.row.id
    house.wait(minutes=2)
    assert now_at(house, waits).row.state is State.IN_REVIEW
    assert house.submit("Review it").row.state is State.IN_REVIEW


def test_after_an_incident_the_agent_starts_anew(house: House) -> None:
    promoted(house)
    incident(house, sent(house, "Review it"))
    (line,) = overview(house)
    assert (line.status, line.figures.decided, line.figures.since) == (Status.EARNING, 0, house.clock.now())
    house.wait(minutes=1)
    with pytest.raises(Conflict, match="0 drafts of the 30"):
        sign(house)
    grow(house, 40)
    sign(house)
    assert in_force(house) == [REPLIES]


def test_figures_that_fall_below_the_level_end_it(house: House) -> None:
    house.publish(3, LOOK, STRICT, more=GRANTING)
    promoted(house)
    sent(house, "The price")
    assert in_force(house) == [REPLIES]
    house.decide(house.submit("The price"), Verdict.REJECT)
    assert in_force(house) == []
    (ended,) = events(house, "autonomy.ended")
    assert ended.facts["reason"] == "41 of 42 approved unchanged, lower bound 0.876, below 0.900"


def test_a_person_withdraws_it_with_a_reason(house: House) -> None:
    promoted(house)
    house.wait(minutes=1)

    def withdraw(by: str, reason: str) -> None:
        promotions.withdraw(house.store, REPLIES, person=house.person(by), reason=reason, now=house.clock.now())

    with pytest.raises(NotPermitted):
        withdraw("sam", "no")
    with pytest.raises(InvalidInput, match="reason: is missing"):
        withdraw("ruth", " ")
    withdraw("ruth", "new product")
    assert in_force(house) == []
    (ended,) = events(house, "autonomy.ended")
    assert (ended.actor, ended.facts["reason"]) == ("person:ruth", "new product")
    with pytest.raises(NotFound, match="no autonomy in force for 'reply by bot at low risk'"):
        withdraw("ruth", "again")


# ── incidents ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_incident_is_a_persons_word_about_a_mail_that_was_sent(house: House) -> None:
    shown = house.submit("Review it")
    with pytest.raises(Conflict, match="is in_review; an incident is about a mail that was sent"):
        incident(house, shown)
    done = sent(house)
    with pytest.raises(InvalidInput, match="reason: is missing"):
        incident(house, done, reason="  ")
    with pytest.raises(NotFound, match="there is no draft"):
        incident(house, done, by="tom")
    first, again = incident(house, done, by="sam"), incident(house, done, by="sam")
    assert first == again
    (event,) = events(house, "incident.recorded")
    assert (event.actor, event.draft_id) == ("person:sam", done.row.id)
    assert facts_of(event) == {"incident": first.id, "reason": "wrong price"}
    assert outcome(house, done) is Outcome.INCIDENT


def test_a_second_report_of_a_known_incident_ends_nothing_that_was_earned_since(house: House) -> None:
    bad = sent(house)
    incident(house, bad)
    house.wait(minutes=1)
    promoted(house, drafts=200)
    incident(house, bad, by="ada", reason="and rude")
    assert in_force(house) == [REPLIES]
    assert len(events(house, "incident.recorded")) == 2


def test_a_mail_from_before_outcomes_were_kept_can_have_an_incident(house: House, engine: sa.Engine) -> None:
    done = sent(house)
    with engine.begin() as connection:
        connection.execute(sa.delete(outcomes))
    promoted(house)
    incident(house, done)
    assert outcome(house, done) is Outcome.INCIDENT
    assert in_force(house) == []


# ── the past ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_replay_leaves_what_was_earned_where_the_rules_still_allow_it(house: House) -> None:
    promoted(house)
    since = house.clock.now()
    house.submit("Review it")
    for version, rules, more, route in (
        (3, (LOOK,), GRANTING, Route.MONITOR),
        (4, (LOOK.replace(", autonomy: true", ""),), "", Route.REVIEW),
    ):
        house.publish(version, *rules, more=more)
        with house.store.read() as reader:
            policy = house.live.read(reader)
            past = past_drafts(reader, since=since, until=None)
            found = replay(policy, past, policy_of=lambda _: None)
        assert dict(found.routes) == {(Route.MONITOR, route): 1}
