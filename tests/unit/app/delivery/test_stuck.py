"""Who is told that a send is stuck, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.errors import MailboxClosed
from app.core.lifecycle import State
from app.core.notices import Notice
from app.core.ports import Handle, OutgoingMail
from app.delivery.outcomes import REMIND_AFTER
from tests.support.deciding import reject, standing
from tests.support.gates import Harness, a_draft, make_harness

FEW = 3
HOURS = 8


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def board(harness: Harness, person: str) -> Sequence[Notice]:
    """What the person was told, oldest first."""
    with harness.store.read() as reader:
        return list(reversed(reader.notices.for_recipient(person, limit=100)))


def close_mailbox(harness: Harness) -> None:
    def closed(mail: OutgoingMail, handle: Handle) -> Handle:
        raise MailboxClosed("sam has to sign in again")

    harness.mail.send = closed  # type: ignore[method-assign]


def test_the_sender_and_their_manager_are_told_at_once_and_reminded(harness: Harness) -> None:
    harness.mail.failures = ["refused"]
    draft = harness.gate.submit(a_draft("auto_send the plan")).row
    harness.wait(minutes=1)
    for person in ("sam", "ruth"):
        (notice,) = board(harness, person)
        assert (notice.draft_id, notice.kind.value, notice.at) == (draft.id, "stuck", harness.clock.now())
        assert "the plan" in notice.text
        assert "not sent" in notice.text
    harness.clock.advance(REMIND_AFTER - timedelta(seconds=1))
    assert harness.wake_due() == 0
    harness.wait(seconds=1)
    assert standing(harness, draft.id).row.due_at == harness.clock.now() + REMIND_AFTER
    assert [len(board(harness, person)) for person in ("sam", "ruth", "ada", "tom")] == [2, 2, 0, 0]


def test_nobody_is_reminded_of_what_was_rejected(harness: Harness) -> None:
    harness.mail.failures = ["refused"]
    harness.gate.submit(a_draft())
    harness.wait(minutes=1)
    (notice,) = board(harness, "sam")
    assert notice.draft_id is not None
    reject(harness, standing(harness, notice.draft_id), "sam")
    harness.wait(days=1)
    assert len(board(harness, "sam")) == 1


def test_what_fails_again_after_a_person_had_it_tried_again_is_told_again(harness: Harness) -> None:
    harness.mail.failures = ["refused", "refused"]
    draft = harness.gate.submit(a_draft()).row
    harness.wait(minutes=1)
    harness.gate.settle_send(draft.id, person="sam", digest=draft.digest, left=False, reason="try")
    harness.wake_due()
    assert standing(harness, draft.id).row.state is State.FAILED
    assert len(board(harness, "sam")) == 2


def test_a_closed_mailbox_is_told_and_not_every_hour_and_waits_as_long_as_it_takes(
    harness: Harness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.delivery.outcomes.MOST_ATTEMPTS", FEW)
    send = harness.mail.send
    close_mailbox(harness)
    draft = harness.gate.submit(a_draft()).row
    harness.wait(minutes=1)
    assert "sign in" in board(harness, "sam")[0].text
    for _ in range(HOURS):
        harness.wait(hours=1)
    assert standing(harness, draft.id).row.state is State.SCHEDULED
    assert len(board(harness, "sam")) == 1 + HOURS // 4
    harness.mail.send = send  # type: ignore[method-assign]
    harness.mail.failures = ["unavailable"]
    harness.wait(hours=1)
    assert standing(harness, draft.id).row.state is State.SCHEDULED  # the hours of waiting used up no attempt
    harness.wait(minutes=1)
    assert standing(harness, draft.id).row.state is State.SENT
    assert len(harness.mail.delivered) == 1


def test_two_drafts_of_one_name_are_told_of_both(harness: Harness) -> None:
    close_mailbox(harness)
    drafts = {harness.gate.submit(a_draft()).row.id for _ in range(2)}
    harness.wait(minutes=1)
    assert {notice.draft_id for notice in board(harness, "sam")} == drafts
