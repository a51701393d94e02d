"""Limits, on both databases: the draft that finds one full goes before people; none is dropped or counted twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.service import verify_store
from app.core.approvals import Requirement, Resolver, ResolverKind
from app.core.facts import Account
from app.core.lifecycle import State
from app.core.routes import Route
from app.limits.floors import LIMIT
from app.store.rows import DraftRow
from tests.support.deciding import approve, standing
from tests.support.gates import Harness, ScriptedAssessor, a_draft, make_harness
from tests.unit.app.limits.scenes import publish_limits, rule_and_why, state


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def send(harness: Harness, **changes: object) -> DraftRow:
    """Hand in a draft that may leave by itself, and let it leave if it may."""
    row = harness.gate.submit(a_draft(**changes)).row  # type: ignore[arg-type]
    harness.wake_due()
    return standing(harness, row.id).row


def test_a_full_limit_sends_the_next_draft_to_review_and_says_which_and_until_when(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 2")
    assert [send(harness).state for _ in range(2)] == [State.SENT, State.SENT]
    harness.clock.advance(timedelta(minutes=10))
    held = harness.gate.submit(a_draft())
    assert held.row.state is State.IN_REVIEW
    assert held.assessment.route is Route.REVIEW
    assert held.pending is not None
    assert held.pending.people == ("ruth",)
    assert rule_and_why(harness, held.row.id) == (
        LIMIT,
        "per_sender_per_hour: 2 of 2 in the last hour for sender sam; the next place is free at 2026-11-18 16:00 UTC",
    )


def test_a_place_is_free_again_when_the_window_has_moved_on(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 2")
    send(harness)
    harness.clock.advance(timedelta(minutes=40))
    send(harness)
    harness.clock.advance(timedelta(minutes=20) - timedelta(microseconds=1))
    assert send(harness).state is State.IN_REVIEW
    harness.clock.advance(timedelta(microseconds=1))
    assert send(harness).state is State.SENT
    assert send(harness).state is State.IN_REVIEW


def test_what_was_let_through_together_is_counted_when_it_leaves(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 3")
    rows = [harness.gate.submit(a_draft(client_id=str(n))).row for n in range(5)]
    assert {row.state for row in rows} == {State.SCHEDULED}
    harness.wake_due()
    states = [state(harness, row.id) for row in rows]
    assert sorted(states) == [State.IN_REVIEW] * 2 + [State.SENT] * 3
    held = next(row for row in rows if state(harness, row.id) is State.IN_REVIEW)
    assert rule_and_why(harness, held.id)[0] == LIMIT
    assert standing(harness, held.id).pending is not None
    with harness.store.read() as reader:
        verify_store(reader)


@pytest.mark.parametrize(
    ("limit", "alike", "other"),
    [
        ("per_sender_per_hour: 1", {"on_behalf_of": "sam"}, {"on_behalf_of": "tom"}),
        ("per_agent_per_hour: 1", {"agent": "bot"}, {"agent": "scribe"}),
        (
            "per_recipient_domain_per_day: 1",
            {"to": ("x@ours.example", "eva@THEIRS.example")},
            {"to": ("eva@others.example",)},
        ),
    ],
)
def test_each_limit_counts_by_its_own(
    harness: Harness, limit: str, alike: dict[str, object], other: dict[str, object]
) -> None:
    publish_limits(harness, limit)
    assert send(harness).state is State.SENT
    assert send(harness, **alike).state is State.IN_REVIEW
    assert send(harness, **other).state is State.SENT


def test_our_own_domains_are_not_counted(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    assessor = harness.gate.assessor
    ours = replace(assessor, world=replace(assessor.world, own_domains=("ours.example",)))
    harness = replace(harness, gate=replace(harness.gate, assessor=ours))
    publish_limits(harness, "per_recipient_domain_per_day: 1")
    for _ in range(3):
        assert send(harness, to=("ruth@ours.example",)).state is State.SENT


def test_mail_to_one_account_is_counted_whatever_the_address(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge = ScriptedAssessor.assess

    def with_account(self: ScriptedAssessor, *args: object, **options: object) -> object:
        return replace(judge(self, *args, **options), account=Account(id="acme", name="Acme", domains=()))  # type: ignore[arg-type]

    monkeypatch.setattr(ScriptedAssessor, "assess", with_account)
    publish_limits(harness, "per_account_per_day: 1")
    assert send(harness, to=("a@one.example",)).state is State.SENT
    assert send(harness, to=("b@two.example",)).state is State.IN_REVIEW


def test_a_limit_by_tier_counts_that_tier_only(harness: Harness) -> None:
    publish_limits(harness, "per_tier: {high_per_hour: 1}")
    assert [send(harness).state for _ in range(2)] == [State.SENT, State.SENT]
    publish_limits(harness, "per_tier: {low_per_hour: 3}", version=3)
    assert send(harness).state is State.SENT
    held = send(harness)
    assert rule_and_why(harness, held.id)[1].startswith(
        "per_tier.low_per_hour: 3 of 3 in the last hour for low tier;"
    )


def test_what_people_approved_counts_and_is_not_held(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 1")
    assert send(harness).state is State.SENT
    for subject in ("review", "auto_send"):  # by a rule, and by the limit itself
        shown = harness.gate.submit(a_draft(subject))
        approve(harness, shown, reason="she waits for it")
        harness.wake_due()
        assert state(harness, shown.row.id) is State.SENT
    harness.clock.advance(timedelta(minutes=59))
    assert rule_and_why(harness, send(harness).id)[1].startswith("per_sender_per_hour: 3 of 1 ")


def test_what_silence_let_through_is_held_and_then_people_are_asked(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 1")
    silence = Resolver(kind=ResolverKind.AUTO_APPROVE, after=timedelta(hours=1))
    harness.script.requirement = Requirement(resolver=silence)
    draft = harness.gate.submit(a_draft("review"))
    harness.clock.advance(timedelta(minutes=59))
    send(harness)
    harness.wait(minutes=1)
    harness.wake_due()
    held = standing(harness, draft.row.id)
    assert held.row.state is State.IN_REVIEW
    assert held.assessment.ruling.rule == LIMIT
    assert held.assessment.ruling.approvals == Requirement()
    assert held.pending is not None
    assert held.pending.people == ("ruth",)


def test_a_retry_of_one_send_takes_no_second_place(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 2")
    harness.mail.failures = ["unavailable"] * 3
    first = send(harness)
    harness.wait(minutes=1)
    harness.wait(minutes=2)
    harness.wait(minutes=4)
    assert state(harness, first.id) is State.SENT
    assert send(harness).state is State.SENT
    assert send(harness).state is State.IN_REVIEW


def test_a_retry_after_its_place_has_lapsed_needs_one_again(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 1")
    harness.mail.failures = ["unavailable"]
    first = send(harness)
    harness.clock.advance(timedelta(hours=2))
    other = harness.gate.submit(a_draft()).row
    harness.gate.wake(other.id, other.version)
    assert state(harness, other.id) is State.SENT
    harness.wake_due()
    assert state(harness, first.id) is State.IN_REVIEW
    assert rule_and_why(harness, first.id)[0] == LIMIT


def test_a_rule_that_is_as_strict_decides_before_a_full_limit(harness: Harness) -> None:
    publish_limits(harness, "per_sender_per_hour: 1")
    send(harness)
    held = harness.gate.submit(a_draft("review"))
    assert rule_and_why(harness, held.row.id) == ("scripted-review", "the test says so")


@pytest.mark.parametrize("workers", [4])
def test_a_limit_is_exact_with_several_workers_at_once(harness: Harness, workers: int) -> None:
    publish_limits(harness, "per_sender_per_hour: 10, per_recipient_domain_per_day: 7")
    rows = [harness.gate.submit(a_draft(client_id=str(n))).row for n in range(24)]
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(lambda row: harness.gate.wake(row.id, row.version), rows))
    states = sorted(state(harness, row.id) for row in rows)
    assert states == [State.IN_REVIEW] * 17 + [State.SENT] * 7
    assert len(harness.mail.delivered) == 7


def test_uses_older_than_any_window_are_forgotten_and_no_others(harness: Harness) -> None:
    publish_limits(harness, "per_recipient_domain_per_day: 1")
    send(harness)
    now = harness.clock.now()
    with harness.store.write(now=now) as tx:
        assert tx.uses.forget(before=now) == 0
    assert send(harness).state is State.IN_REVIEW
    with harness.store.write(now=now) as tx:
        assert tx.uses.forget(before=now + timedelta(seconds=1)) == 4
    assert send(harness).state is State.SENT
