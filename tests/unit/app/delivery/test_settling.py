"""A person's word on a send that is stuck: it left, or it is to be tried again."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.audit.service import verify_store
from app.core.errors import Conflict, InvalidInput, MoveNotAllowed, NotFound, NotPermitted, StaleDigest, StaleVersion
from app.core.lifecycle import State
from app.core.routes import Route
from app.delivery.dispatch import send_id_for
from app.standing import Standing
from app.store.rows import SendIntent
from tests.support.deciding import approve, standing
from tests.support.gates import Harness, a_draft, make_harness

FEW = 4
LOST = ["lost"] * (FEW + 1)
SEEN = "it is in the sent folder"


@pytest.fixture
def harness(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> Harness:
    monkeypatch.setattr("app.delivery.outcomes.MOST_ATTEMPTS", FEW)
    return make_harness(engine)


def stuck(harness: Harness, failures: list[str]) -> Standing:
    """A draft whose sending has come to a person."""
    harness.mail.failures = list(failures)
    submitted = harness.gate.submit(a_draft())
    for _ in range(30):
        harness.wait(hours=1)
        now = standing(harness, submitted.row.id)
        if now.row.state in (State.NEEDS_PERSON, State.FAILED):
            harness.mail.failures = []
            return now
    raise AssertionError("it did not get stuck")


def settle(harness: Harness, of: Standing, *, left: bool, person: str = "sam", reason: str = SEEN) -> Standing:
    return harness.gate.settle_send(of.row.id, person=person, digest=of.row.digest, left=left, reason=reason)


def intent(harness: Harness, of: Standing) -> SendIntent:
    with harness.store.read() as reader:
        found = reader.sends.find(send_id_for(of.row))
    assert found is not None
    return found


def verified(harness: Harness) -> list[str]:
    """The kinds of all events, after the trail was found whole."""
    with harness.store.snapshot() as reader:
        verify_store(reader)
        return [event.kind for event in reader.audit.events()]


def test_it_left_and_a_person_vouches_for_it(harness: Harness) -> None:
    needs = stuck(harness, LOST)
    after = settle(harness, needs, left=True, person="ruth")
    assert (after.row.state, after.row.due_at) == (State.SENT, None)
    kept = intent(harness, needs)
    assert (kept.provider, kept.provider_id, kept.sent_at) == ("person", "ruth", harness.clock.now())
    with harness.store.read() as reader:
        assert len(reader.ledger.entries()) == 1
        event = [one for one in reader.audit.events() if one.kind == "draft.sent"][-1]
    assert (event.actor, event.facts["reason"]) == ("person:ruth", SEEN)
    verified(harness)


def test_a_failed_mail_was_certainly_not_sent_whatever_a_person_says(harness: Harness) -> None:
    failed = stuck(harness, ["refused"])
    with pytest.raises(MoveNotAllowed):
        settle(harness, failed, left=True)
    assert standing(harness, failed.row.id).row == failed.row


@pytest.mark.parametrize("failures", [LOST, ["refused"], ["unavailable"] * (FEW + 1)])
def test_what_is_tried_again_leaves_once_with_its_pauses_begun_anew(harness: Harness, failures: list[str]) -> None:
    needs = stuck(harness, failures)
    before = intent(harness, needs)
    harness.mail.failures = ["unavailable"]
    after = settle(harness, needs, left=False, reason="it is nowhere")
    assert (after.row.state, after.row.due_at, after.row.attempts) == (State.SCHEDULED, harness.clock.now(), 1)
    again = intent(harness, needs)
    assert again.fence > before.fence
    assert (again.handle, again.called, again.raw) == (None, False, before.raw)
    harness.wake_due()
    assert standing(harness, needs.row.id).row.state is State.SCHEDULED  # one failure does not use up its attempts
    harness.wait(minutes=5)
    assert standing(harness, needs.row.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1
    assert "send.again" in verified(harness)


def test_what_is_tried_again_is_judged_again(harness: Harness) -> None:
    needs = stuck(harness, ["refused"])
    settle(harness, needs, left=False)
    harness.script.trouble, harness.script.route = "the deal is on hold", Route.REVIEW
    harness.wake_due()
    assert standing(harness, needs.row.id).row.state is State.IN_REVIEW
    assert harness.mail.delivered == []


def test_what_went_back_to_review_and_is_approved_leaves_with_the_saved_bytes(harness: Harness) -> None:
    needs = stuck(harness, ["refused"])
    settle(harness, needs, left=False)
    harness.script.trouble, harness.script.route = "the deal is on hold", Route.REVIEW
    harness.wake_due()
    approve(harness, standing(harness, needs.row.id))
    harness.wait(minutes=1)
    assert standing(harness, needs.row.id).row.state is State.SENT
    assert [mail.raw for mail in harness.mail.delivered] == [intent(harness, needs).raw]
    verified(harness)


@pytest.mark.parametrize("left", [True, False])
def test_a_word_without_a_reason_is_none(harness: Harness, left: bool) -> None:
    needs = stuck(harness, LOST)
    with pytest.raises(InvalidInput, match="reason"):
        settle(harness, needs, left=left, reason="  ")
    assert standing(harness, needs.row.id).row.state is State.NEEDS_PERSON


@pytest.mark.parametrize("left", [True, False])
def test_only_who_may_can_settle_and_only_what_they_saw(harness: Harness, left: bool) -> None:
    needs = stuck(harness, LOST)
    with pytest.raises((NotFound, NotPermitted)):
        settle(harness, needs, left=left, person="tom")
    with pytest.raises(StaleDigest):
        harness.gate.settle_send(needs.row.id, person="sam", digest="sha256:other", left=left, reason=SEEN)
    assert standing(harness, needs.row.id).row.state is State.NEEDS_PERSON


@pytest.mark.parametrize("left", [True, False])
def test_the_second_word_comes_too_late(harness: Harness, left: bool) -> None:
    needs = stuck(harness, LOST)
    settle(harness, needs, left=True)
    with pytest.raises(Conflict):
        settle(harness, needs, left=left, person="ruth")
    assert len(harness.mail.delivered) == 0
    verified(harness)


@pytest.mark.parametrize("left", [True, False])
def test_what_was_seen_before_another_attempt_does_not_count(harness: Harness, left: bool) -> None:
    seen = stuck(harness, LOST)
    again = settle(harness, seen, left=False)
    harness.mail.failures = list(LOST)
    while standing(harness, seen.row.id).row.state is not State.NEEDS_PERSON:
        harness.wait(hours=1)
    stands = standing(harness, seen.row.id).row
    assert (stands.digest, stands.version > again.row.version) == (seen.row.digest, True)

    with pytest.raises(StaleVersion):
        harness.gate.settle_send(
            seen.row.id, person="sam", digest=seen.row.digest, left=left, reason=SEEN, version=seen.row.version
        )
    assert standing(harness, seen.row.id).row == stands
