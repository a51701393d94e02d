"""Sending, step by step, on both databases: failures, takeovers, late receipts, and the trail of it all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.audit.service import verify_store
from app.core.errors import (
    MoveNotAllowed,
    UnfaithfulMessage,
)
from app.core.lifecycle import State
from app.core.ports import Handle, OutgoingMail
from app.delivery.sending import Sending
from app.gate import Gate
from tests.support.databases import empty
from tests.support.deciding import approve, reject, standing
from tests.support.gates import Harness, a_draft, make_harness
from tests.support.outages import drop_everybody


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


@pytest.mark.parametrize("failures", [["unavailable"], ["lost"], ["unanswered"], ["unavailable", "unanswered"]])
def test_a_send_that_fails_is_tried_again_and_delivers_once(harness: Harness, failures: list[str]) -> None:
    harness.mail.failures = list(failures)
    submitted = harness.gate.submit(a_draft())
    harness.wait(minutes=1)
    harness.wait(minutes=5)
    harness.wait(minutes=5)
    assert standing(harness, submitted.row.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1


@pytest.mark.parametrize(
    ("failures", "ends"),
    [
        (["refused"], State.FAILED),
        (["unavailable"] * 40, State.FAILED),
        (["lost"] * 40, State.NEEDS_PERSON),
    ],
)
def test_what_cannot_be_sent_goes_before_a_person(harness: Harness, failures: list[str], ends: State) -> None:
    harness.mail.failures = list(failures)
    submitted = harness.gate.submit(a_draft())
    for _ in range(30):
        harness.wait(hours=1)
    needs = standing(harness, submitted.row.id)
    assert needs.row.state is ends
    assert harness.mail.delivered == []
    assert reject(harness, needs, "sam").row.state is State.REJECTED


def test_a_worker_that_dies_after_sending_is_taken_over_without_a_second_mail(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())

    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    harness.clock.advance(timedelta(minutes=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(harness.gate.dispatcher), "settle", die)
        with pytest.raises(KeyboardInterrupt):
            harness.wake_due()
    assert standing(harness, submitted.row.id).row.state is State.SENDING
    harness.wait(minutes=2)
    assert standing(harness, submitted.row.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1


def test_what_cannot_be_written_as_approved_goes_before_a_person(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted = harness.gate.submit(a_draft())

    def refuse(*_: object, **__: object) -> None:
        raise UnfaithfulMessage("Subject", draft_id=submitted.row.id)

    monkeypatch.setattr("app.delivery.dispatch.compose", refuse)
    harness.wait(minutes=1)
    back = standing(harness, submitted.row.id)
    assert back.row.state is State.IN_REVIEW
    assert "Subject" in back.assessment.unknown[-1].reason
    assert harness.mail.delivered == []


def test_a_provider_that_raises_anything_is_asked_later_and_delivers_once(harness: Harness) -> None:
    harness.mail.failures = ["crash"]
    submitted = harness.gate.submit(a_draft())
    harness.wait(minutes=1)
    assert standing(harness, submitted.row.id).row.state is State.UNKNOWN
    harness.wait(minutes=5)
    assert standing(harness, submitted.row.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1


def test_after_a_takeover_a_mail_is_never_free_to_be_undone(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    frozen = FrozenSend(harness)
    harness.wake_due()
    harness.mail.failures = ["unavailable"]
    harness.wait(minutes=1)
    taken_over = standing(harness, submitted.row.id)
    assert taken_over.row.state is State.UNKNOWN
    with pytest.raises(MoveNotAllowed):
        harness.gate.undo(submitted.row.id, person="sam")
    frozen.thaw()
    harness.wait(minutes=5)
    assert standing(harness, submitted.row.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1


def test_a_receipt_that_comes_late_still_counts(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    frozen = FrozenSend(harness)
    harness.mail.failures = ["refused"]
    harness.wait(minutes=1)
    assert standing(harness, submitted.row.id).row.state is State.NEEDS_PERSON
    frozen.thaw()
    assert standing(harness, submitted.row.id).row.state is State.SENT
    with harness.store.read() as reader:
        assert len(reader.ledger.entries()) == 1
        verify_store(reader)


class FrozenSend:
    """A worker that stands still right before it calls the provider, its lease running out, until it is thawed."""

    def __init__(self, harness: Harness) -> None:
        self._called = threading.Event()
        self._go = threading.Event()
        send, called, go = harness.mail.send, self._called, self._go

        def stand_still(mail: OutgoingMail, handle: Handle) -> Handle:
            harness.mail.send = send  # type: ignore[method-assign]
            called.set()
            go.wait(30)
            return send(mail, handle)

        harness.mail.send = stand_still  # type: ignore[method-assign]
        harness.clock.advance(timedelta(minutes=1))
        with harness.store.read() as reader:
            ((draft_id, version),) = reader.drafts.overdue(now=harness.clock.now(), grace=timedelta(0), limit=2)
        self._thread = threading.Thread(target=harness.gate.wake, args=(draft_id, version))
        self._thread.start()
        assert called.wait(30)

    def thaw(self) -> None:
        """Let it go on, to its end."""
        self._go.set()
        self._thread.join()


def test_a_wake_up_for_an_older_version_does_nothing(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.clock.advance(timedelta(minutes=1))
    harness.gate.wake(submitted.row.id, submitted.row.version - 1)
    assert harness.mail.delivered == []


def test_a_wake_up_that_comes_twice_sends_once(harness: Harness) -> None:
    submitted = harness.gate.submit(a_draft())
    harness.clock.advance(timedelta(minutes=1))
    threads = [
        threading.Thread(target=harness.gate.wake, args=(submitted.row.id, submitted.row.version)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(harness.mail.delivered) == 1


def test_every_step_is_in_the_trail_and_the_trail_verifies(harness: Harness) -> None:
    shown = harness.gate.submit(a_draft("review"))
    approve(harness, shown)
    harness.wait(minutes=1)
    with harness.store.read() as reader:
        kinds = [event.kind for event in reader.audit.events(draft_id=shown.row.id)]
        assert verify_store(reader).drafts == 1
    assert kinds == ["draft.submitted", "draft.approved", "send.begun", "draft.sent", "commitment.opened"]


@pytest.mark.parametrize("when", ["before they begin", "before it is kept that they left"])
def test_a_server_that_drops_everybody_in_the_middle_costs_no_draft_its_end(
    postgres_engine: sa.Engine, postgres_url: str, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    empty(postgres_engine)
    harness = make_harness(postgres_engine)
    submitted = [harness.gate.submit(a_draft(client_id=str(n))).row.id for n in range(6)]
    harness.clock.advance(timedelta(minutes=1))
    owner, name = (Gate, "_begin") if when.startswith("before they") else (Sending, "_settle_all")
    proceed = getattr(owner, name)
    dropped: list[bool] = []

    def after_an_outage(self: object, those: Sequence[object]) -> object:
        if not dropped:
            dropped.append(True)
            used_just_now = [postgres_engine.connect() for _ in range(12)]
            for connection in used_just_now:
                connection.close()
            drop_everybody(postgres_url)
        return proceed(self, those)

    monkeypatch.setattr(owner, name, after_an_outage)
    harness.gate.deliver([standing(harness, draft_id) for draft_id in submitted])
    assert dropped
    assert {standing(harness, draft_id).row.state for draft_id in submitted} == {State.SENT}
    assert len(harness.mail.delivered) == len(submitted)
