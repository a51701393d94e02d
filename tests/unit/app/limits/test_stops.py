"""The stop switch, on both databases: nothing begins after it, nothing is lost by it, and what it held goes on."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.service import verify_store
from app.core.approvals import Requirement, Resolver, ResolverKind
from app.core.errors import Conflict, FactUnavailable
from app.core.lifecycle import State
from app.core.limits import StopScope
from app.core.routes import Route
from app.delivery.recheck import CHANGED_RULE
from app.edits import DraftEdit
from app.judging import Judge
from app.limits.floors import STOPPED
from app.limits.rejudging import judge_all_freed, judge_freed
from app.standing import Standing
from tests.support.deciding import approve, reject, standing
from tests.support.gates import Harness, ScriptedAssessor, a_draft, make_harness
from tests.unit.app.limits.scenes import events, resume, rule_and_why, state, stop

WHY = "everything was stopped by ada at 2026-11-18 15:00 UTC: wrong list"


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def scheduled(harness: Harness, **changes: object) -> Standing:
    """A draft that waits for its undo window to end."""
    handed_in = harness.gate.submit(a_draft(**changes))  # type: ignore[arg-type]
    assert handed_in.row.state is State.SCHEDULED
    return handed_in


def test_a_scheduled_draft_that_meets_a_stop_goes_to_review_with_who_when_and_why(harness: Harness) -> None:
    draft = scheduled(harness)
    stop(harness)
    harness.wait(minutes=1)
    held = standing(harness, draft.row.id)
    assert held.row.state is State.IN_REVIEW
    assert held.row.permit is None
    assert rule_and_why(harness, draft.row.id) == (STOPPED, WHY)
    assert held.pending is not None
    assert held.pending.people == ("ruth",)
    assert harness.mail.delivered == []


def test_a_draft_that_is_handed_in_while_stopped_goes_to_review(harness: Harness) -> None:
    stop(harness)
    held = harness.gate.submit(a_draft())
    assert held.row.state is State.IN_REVIEW
    assert rule_and_why(harness, held.row.id) == (STOPPED, WHY)


@pytest.mark.parametrize(
    ("scope", "subject"),
    [
        (StopScope.AGENT, "Bot"),
        (StopScope.ACTION, "reply"),
        (StopScope.ACTION, "send_email"),
        (StopScope.ALL, ""),
    ],
)
def test_a_stop_holds_what_it_names(harness: Harness, scope: StopScope, subject: str) -> None:
    draft = scheduled(harness)
    stop(harness, scope, subject)
    harness.wait(minutes=1)
    assert state(harness, draft.row.id) is State.IN_REVIEW


@pytest.mark.parametrize(
    ("scope", "subject"),
    [(StopScope.AGENT, "scribe"), (StopScope.AGENT, "reply"), (StopScope.ACTION, "page"), (StopScope.ACTION, "bot")],
)
def test_a_stop_holds_nothing_else(harness: Harness, scope: StopScope, subject: str) -> None:
    draft = scheduled(harness)
    stop(harness, scope, subject)
    harness.wait(minutes=1)
    assert state(harness, draft.row.id) is State.SENT


def test_a_stop_holds_what_people_had_approved_and_asks_them_again(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    stop(harness)
    harness.wait(minutes=1)
    held = standing(harness, shown.row.id)
    assert held.row.state is State.IN_REVIEW
    assert rule_and_why(harness, shown.row.id) == (STOPPED, WHY)
    assert held.pending is not None
    assert held.pending.people == ("ruth",)


def test_a_stop_between_the_last_look_and_the_send_holds_the_draft(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = scheduled(harness)
    prepare = type(harness.gate.dispatcher).prepare

    def prepare_then_stop(*args: object, **options: object) -> object:
        stop(harness)
        return prepare(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(type(harness.gate.dispatcher), "prepare", prepare_then_stop)
    harness.wait(minutes=1)
    assert state(harness, draft.row.id) is State.IN_REVIEW
    assert rule_and_why(harness, draft.row.id)[0] == STOPPED
    assert harness.mail.delivered == []
    assert events(harness, "send.begun") == []


def test_approving_while_stopped_is_refused_and_rejecting_is_not(harness: Harness) -> None:
    stop(harness)
    held = harness.gate.submit(a_draft())
    other = harness.gate.submit(a_draft("review"))
    for shown in (held, other):
        with pytest.raises(Conflict, match=f"cannot be approved now: {WHY}; resume everything first"):
            approve(harness, shown)
        assert state(harness, shown.row.id) is State.IN_REVIEW
    assert reject(harness, other, "ruth").row.state is State.REJECTED


def test_what_people_had_approved_never_leaves_by_a_rule_alone_after_a_stop(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    stop(harness)
    harness.wait(minutes=1)
    harness.script.route = Route.AUTO_SEND
    resume(harness)
    judge_all_freed(harness.gate)
    assert rule_and_why(harness, shown.row.id) == (
        CHANGED_RULE,
        "people had been asked about it before it was stopped",
    )
    asked = standing(harness, shown.row.id)
    assert asked.row.state is State.IN_REVIEW
    approve(harness, asked)
    harness.wait(minutes=1)
    assert state(harness, shown.row.id) is State.SENT


def test_after_the_stop_people_approve_as_ever(harness: Harness) -> None:
    stop(harness)
    shown = harness.gate.submit(a_draft("review"))
    resume(harness)
    approve(harness, shown)
    harness.wait(minutes=1)
    assert state(harness, shown.row.id) is State.SENT


def test_silence_is_no_consent_while_stopped(harness: Harness) -> None:
    silence = Resolver(kind=ResolverKind.AUTO_APPROVE, after=timedelta(hours=1))
    harness.script.requirement = Requirement(resolver=silence)
    draft = harness.gate.submit(a_draft("review"))
    stop(harness)
    harness.wait(hours=1)
    assert rule_and_why(harness, draft.row.id) == (STOPPED, WHY)
    harness.wait(hours=5)
    assert state(harness, draft.row.id) is State.IN_REVIEW
    resume(harness)
    judge_all_freed(harness.gate)
    assert rule_and_why(harness, draft.row.id)[0] == "scripted-review"
    harness.wait(hours=1)
    harness.wait(minutes=1)
    assert state(harness, draft.row.id) is State.SENT


def test_resuming_judges_again_what_the_stop_put_into_review(harness: Harness) -> None:
    before = scheduled(harness)
    stop(harness)
    harness.wait(minutes=1)
    during = harness.gate.submit(a_draft())
    by_rule = harness.gate.submit(a_draft("review"))
    resume(harness)
    assert judge_all_freed(harness.gate).done == 2
    assert state(harness, before.row.id) is State.SCHEDULED
    assert state(harness, during.row.id) is State.SCHEDULED
    assert standing(harness, by_rule.row.id).row == by_rule.row
    harness.wait(minutes=1)
    assert len(harness.mail.delivered) == 2
    again = [event for event in events(harness, "draft.judged_again") if event.draft_id == during.row.id]
    assert again[0].facts["reasons"] == ["the stop that held it was lifted"]
    with harness.store.read() as reader:
        verify_store(reader)


def test_judging_again_after_a_stop_takes_the_ordinary_road(harness: Harness) -> None:
    draft = scheduled(harness)
    stop(harness)
    harness.wait(minutes=1)
    harness.script.route = Route.BLOCK
    resume(harness)
    judge_all_freed(harness.gate)
    assert state(harness, draft.row.id) is State.BLOCKED


def test_judging_again_twice_does_it_once(harness: Harness) -> None:
    stop(harness)
    rows = [harness.gate.submit(a_draft()).row for _ in range(5)]
    resume(harness)
    assert judge_freed(harness.gate, limit=2).done == 2
    assert judge_freed(harness.gate, limit=2).done == 2
    assert judge_all_freed(harness.gate).done == 1
    assert judge_all_freed(harness.gate).done == 0
    assert [standing(harness, row.id).row.version for row in rows] == [2] * 5


def test_two_who_judge_again_at_the_same_time_judge_each_draft_once(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(harness)
    draft = harness.gate.submit(a_draft())
    resume(harness)
    judge, met = ScriptedAssessor.assess, threading.Barrier(2, timeout=30)

    def assess_together(*args: object, **options: object) -> object:
        met.wait()
        return judge(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ScriptedAssessor, "assess", assess_together)
    others = [threading.Thread(target=judge_freed, args=(harness.gate,)) for _ in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert standing(harness, draft.row.id).row.version == 2


def test_what_another_stop_holds_too_stays_until_that_one_is_lifted(harness: Harness) -> None:
    stop(harness, StopScope.AGENT, "bot", by="ruth")
    draft = harness.gate.submit(a_draft())
    stop(harness)
    resume(harness, StopScope.AGENT, "bot", by="ruth")
    assert judge_all_freed(harness.gate).done == 1
    assert rule_and_why(harness, draft.row.id) == (STOPPED, WHY)
    resume(harness)
    assert judge_all_freed(harness.gate).done == 1
    assert state(harness, draft.row.id) is State.SCHEDULED


def test_a_draft_that_a_person_edited_or_rejected_meanwhile_is_left_to_them(harness: Harness) -> None:
    stop(harness)
    edited, rejected = harness.gate.submit(a_draft()), harness.gate.submit(a_draft())
    change = DraftEdit(subject="review instead")
    harness.gate.edit(edited.row.id, change, person="sam", digest=edited.row.digest)
    reject(harness, rejected, "sam")
    resume(harness)
    assert judge_all_freed(harness.gate).done == 0
    assert rule_and_why(harness, edited.row.id)[0] == "scripted-review"
    assert state(harness, rejected.row.id) is State.REJECTED


def test_a_draft_that_cannot_be_judged_again_stays_and_does_not_keep_the_others_waiting(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(harness)
    rows = [harness.gate.submit(a_draft(agent=agent)).row for agent in ("broken", "bot", "bot")]
    resume(harness)
    judge = ScriptedAssessor.assess

    def assess(self: ScriptedAssessor, draft: object, **options: object) -> object:
        if getattr(draft, "agent", "") == "broken":
            raise FactUnavailable("people", "no answer")
        return judge(self, draft, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ScriptedAssessor, "assess", assess)
    harness.clock.advance(timedelta(seconds=5))
    first = judge_freed(harness.gate, limit=1)
    assert (first.done, first.failed) == (0, 1)
    everybody = judge_all_freed(harness.gate)
    assert (everybody.done, everybody.failed) == (2, 1)
    assert [state(harness, row.id) for row in rows] == [State.IN_REVIEW, State.SCHEDULED, State.SCHEDULED]
    monkeypatch.setattr(ScriptedAssessor, "assess", judge)
    assert judge_all_freed(harness.gate).done == 1


def test_a_draft_judged_while_a_stop_was_just_being_lifted_is_judged_again(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(harness)
    judge = Judge.verdict

    def judge_then_lift(*args: object, **options: object) -> object:
        verdict = judge(*args, **options)  # type: ignore[arg-type]
        resume(harness)
        return verdict

    monkeypatch.setattr(Judge, "verdict", judge_then_lift)
    draft = harness.gate.submit(a_draft())
    assert state(harness, draft.row.id) is State.IN_REVIEW
    assert judge_all_freed(harness.gate).done == 1
    assert state(harness, draft.row.id) is State.SCHEDULED


def test_a_request_that_a_stop_caused_outlasts_a_weekend(harness: Harness) -> None:
    stop(harness)
    draft = harness.gate.submit(a_draft())
    harness.wait(days=3)
    assert state(harness, draft.row.id) is State.IN_REVIEW
    resume(harness)
    judge_all_freed(harness.gate)
    harness.wait(minutes=1)
    assert state(harness, draft.row.id) is State.SENT


@pytest.mark.parametrize(("arrived", "ends"), [("unanswered", State.SENT), ("lost", State.UNKNOWN)])
def test_what_was_in_flight_ends_as_sent_or_unknown_and_is_not_sent_again_while_stopped(
    harness: Harness, arrived: str, ends: State
) -> None:
    harness.mail.failures = [arrived]
    draft = scheduled(harness)
    harness.wait(minutes=1)
    assert state(harness, draft.row.id) is State.UNKNOWN
    delivered = len(harness.mail.delivered)
    stop(harness)
    for _ in range(30):  # more often than anybody would try without a stop
        harness.wait(hours=1)
    assert state(harness, draft.row.id) is ends
    assert len(harness.mail.delivered) == delivered
    resume(harness)
    harness.wait(hours=1)
    assert state(harness, draft.row.id) is State.SENT
    assert len(harness.mail.delivered) == 1
    held = events(harness, "send.held")
    assert {event.facts["reason"] for event in held} == ({WHY.replace("15:00", "15:01")} if held else set())


def test_how_many_drafts_a_stop_holds_is_known(harness: Harness) -> None:
    made = stop(harness)
    drafts = [harness.gate.submit(a_draft()) for _ in range(3)]
    reject(harness, drafts[0], "sam")
    with harness.store.read() as reader:
        assert reader.stops.held(made.id) == 2
    resume(harness)
    with harness.store.write(now=harness.clock.now()) as tx:
        tx.stops.forget()
    assert judge_all_freed(harness.gate).done == 2
    with harness.store.read() as reader:
        assert reader.stops.held(made.id) == 0
