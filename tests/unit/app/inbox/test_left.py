"""Drafts that agents leave in a mailbox: judged once, anew when edited, and sent only as they were judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.approvals import Verdict
from app.core.inbox import InboxClosed, InboxUnavailable
from app.core.lifecycle import State
from app.delivery.dispatch import Dispatcher
from app.edits import DraftEdit
from app.inbox.leaving import LeavingAsLeft
from app.inbox.left import LeftTaking
from app.standing import Standing, read_standing
from integrations.credentials.google import GrantedKeys, scopes_for
from integrations.mail.gmail import GmailMail
from integrations.mail.gmail_left import GmailLeftDrafts
from tests.emulators.google.calls import Call, Reply
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import app_at
from tests.support.gates import make_harness
from tests.support.inboxes.gmail import GmailInboxDouble
from tests.support.provider.faults import RETRY_AFTER, Fault

RAW = (
    b"From: Sam <sam@ours.example>\r\nTo: dana@theirs.example\r\nSubject: auto_send the plan\r\n"
    b"Message-ID: <left1@agent.example>\r\n\r\nThe plan is attached.\r\n"
)
REVIEW = RAW.replace(b"auto_send", b"review")
EDITED = RAW.replace(b"is attached", b"costs half of it")


class House:
    """A gate whose mail leaves through Gmail, and the mailbox."""

    def __init__(self, engine: sa.Engine, double: GmailInboxDouble, front: Front, owner: Owner) -> None:
        self.double, self.front, self.owner = double, front, owner
        owner.sign_in(*scopes_for("send", "label"))
        self.harness = make_harness(engine)
        clock = self.harness.clock
        keys = GrantedKeys(owner.grants, app_at(front), clock=clock)
        self.left = GmailLeftDrafts(keys, clock=clock, root=front.root)
        gmail = GmailMail(keys, clock=clock, root=front.root)
        provider = LeavingAsLeft(inside=gmail, left=self.left, store=self.harness.store)
        self.harness.gate = replace(self.harness.gate, dispatcher=Dispatcher(provider=provider, worker="test"))
        self.taking = LeftTaking(provider="google", gate=self.harness.gate, left=self.left)

    def look(self) -> None:
        self.taking.look(ACCOUNT)

    def drafts(self) -> list[Standing]:
        """Every draft of the gate, oldest first."""
        with self.harness.store.read() as reader:
            ids = sorted({event.draft_id for event in reader.audit.events() if event.draft_id})
            return [read_standing(reader, each) for each in ids]

    def approve(self, standing: Standing) -> None:
        row = standing.row
        self.harness.gate.decide(row.id, person="ruth", verdict=Verdict.APPROVE, digest=row.digest)

    def leave_time(self) -> None:
        """The undo window ends, and whatever may leave does."""
        self.harness.wait(seconds=60)


@pytest.fixture
def house(engine: sa.Engine) -> Iterator[House]:
    double = GmailInboxDouble()
    owner = Owner(double, double.sign_in.let_in)
    with Front(double) as front:
        yield House(engine, double, front, owner)
        assert front.objections == []


def test_a_draft_is_judged_once_shown_and_sent_as_that_very_draft(house: House) -> None:
    key = house.double.leave(RAW)
    house.look()
    house.look()
    [standing] = house.drafts()
    assert (standing.draft.client_id, standing.draft.agent) == (f"google:{ACCOUNT}:{key}", "mailbox")
    assert standing.draft.text == "The plan is attached.\n"
    assert house.double.shown(key) == {"DRAFT", "Countersign/submit", "Label_of_its_owner", "Countersign/auto_send"}
    house.leave_time()
    assert house.double.delivered == [RAW]
    assert not house.double.lies(key)
    assert house.drafts()[0].row.state is State.SENT
    with house.harness.store.read() as reader:
        kinds = [event.kind for event in reader.audit.events(draft_id=standing.row.id)]
        [ready] = [event for event in reader.audit.events() if event.kind == "send.ready"]
    assert "left.taken_in" in kinds
    assert len(ready.facts["handle"]["left_sha256"]) == 64


def test_what_waits_for_people_leaves_when_they_have_approved_it(house: House) -> None:
    key = house.double.leave(REVIEW)
    house.look()
    assert "Countersign/review" in house.double.shown(key)
    house.leave_time()
    assert house.double.delivered == []
    house.approve(house.drafts()[0])
    house.leave_time()
    assert house.double.delivered == [REVIEW]


def test_an_edit_seen_in_time_is_a_revision_that_is_judged_anew(house: House) -> None:
    key = house.double.leave(REVIEW)
    house.look()
    before = house.drafts()[0]
    other = REVIEW.replace(b"is attached", b"costs half of it")
    house.double.edit(key, other)
    house.look()
    [after] = house.drafts()
    assert (after.row.revision, after.draft.text) == (2, "The plan costs half of it.\n")
    assert after.row.digest != before.row.digest
    house.approve(after)
    house.leave_time()
    assert house.double.delivered == [other]


@pytest.mark.parametrize("moment", ["before it is seen", "right before it is sent"])
def test_an_edit_that_nobody_has_seen_is_never_sent(house: House, moment: str) -> None:
    key = house.double.leave(RAW)
    house.look()
    if moment == "before it is seen":
        house.double.edit(key, EDITED)
    else:
        house.front._upstream = lambda call: _edited_before(call, house, key)
    house.leave_time()
    assert EDITED not in house.double.delivered
    if moment == "before it is seen":
        assert house.double.delivered == []
        assert house.drafts()[0].row.state is State.FAILED
        house.look()  # and it is judged anew
        [standing] = house.drafts()
        assert (standing.row.state, standing.row.revision) == (State.SCHEDULED, 2)
        house.leave_time()
        assert house.double.delivered == [EDITED]
    else:
        assert house.double.delivered == [RAW]  # Gmail is handed the judged bytes along with the call


def _edited_before(call: Call, house: House, key: str) -> Reply:
    if call.path.endswith("drafts/send") and house.double.lies(key):
        house.double.edit(key, EDITED)
    return house.double(call)


def test_an_edit_of_what_is_about_to_leave_takes_it_back_and_hands_it_in_anew(house: House) -> None:
    key = house.double.leave(RAW)
    house.look()
    house.double.edit(key, EDITED)
    house.look()
    first, second = house.drafts()
    assert (first.row.state, second.row.state) == (State.UNDONE, State.SCHEDULED)
    assert second.draft.client_id == f"google:{ACCOUNT}:{key}:2"
    house.leave_time()
    assert house.double.delivered == [EDITED]


def test_the_earlier_one_never_leaves_even_where_people_approve_it(house: House) -> None:
    key = house.double.leave(REVIEW)
    house.look()
    other = REVIEW.replace(b"\r\nTo:", b"\r\nIn-Reply-To: <q@theirs.example>\r\nTo:")
    house.double.edit(key, other)
    house.look()
    first, second = house.drafts()
    house.approve(first)
    house.leave_time()
    assert (house.drafts()[0].row.state, house.double.delivered) == (State.FAILED, [])
    house.approve(second)
    house.leave_time()
    assert house.double.delivered == [other]


def test_what_people_edit_here_leaves_in_their_words_and_the_draft_says_so(house: House) -> None:
    key = house.double.leave(REVIEW)
    house.look()
    standing = house.drafts()[0]
    house.harness.gate.edit(
        standing.row.id, DraftEdit(text="Another plan.\n"), person="sam", digest=standing.row.digest
    )
    house.look()
    assert {"Countersign/edited"} == {name for name in house.double.shown(key) if "Countersign/" in name} - {
        "Countersign/submit"
    }
    house.approve(house.drafts()[0])
    house.leave_time()
    [left] = house.double.delivered
    assert b"Another plan." in left
    house.look()
    assert "Countersign/replaced" in house.double.shown(key)
    assert len(house.drafts()) == 1


def test_a_draft_that_its_owner_deleted_is_not_sent(house: House) -> None:
    key = house.double.leave(RAW)
    house.look()
    house.double.delete(key)
    house.leave_time()
    assert (house.double.delivered, house.drafts()[0].row.state) == ([], State.FAILED)
    assert house.left.raw(ACCOUNT, key) is None
    assert house.left.handle(ACCOUNT, key) is None
    house.left.mark(ACCOUNT, key, "review")


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        (b"Subject:", b"Reply-To: eve@evil.example\r\nSubject:", "reply-to"),
        (b"Subject:", b"Sender: eve@evil.example\r\nSubject:", "sender"),
        (b"Subject:", b"Disposition-Notification-To: eve@evil.example\r\nSubject:", "disposition-notification-to"),
        (b"Sam <sam@ours.example>", b"ruth@ours.example", "From"),
        (b"From: Sam <sam@ours.example>\r\n", b"", "From"),
        (b"Message-ID: <left1@agent.example>\r\n", b"", "Message-ID"),
        (b"Subject:", b"X-Countersign-On-Behalf-Of: ruth\r\nSubject:", "From"),
        (b"dana@theirs.example", b"nobody at all", "To"),
    ],
)
def test_what_is_no_whole_draft_is_refused_once_and_shown(
    house: House, before: bytes, after: bytes, field: str
) -> None:
    key = house.double.leave(RAW.replace(before, after))
    house.look()
    house.look()
    assert house.drafts() == []
    assert "Countersign/refused" in house.double.shown(key)
    with house.harness.store.read() as reader:
        [event] = [event for event in reader.audit.events() if event.kind == "left.refused"]
    assert field in event.facts["reason"]
    house.double.edit(key, RAW)
    house.look()
    assert [each.row.state for each in house.drafts()] == [State.SCHEDULED]
    assert "Countersign/refused" not in house.double.shown(key)


def test_a_worker_that_died_before_it_wrote_down_what_it_handed_in_hands_in_nothing_twice(house: House) -> None:
    key = house.double.leave(RAW)
    before = house.taking._draft(ACCOUNT, house.left.waiting(ACCOUNT)[0])
    house.harness.gate.submit(replace(before, client_id=f"google:{ACCOUNT}:{key}"))
    house.look()
    assert len(house.drafts()) == 1
    house.harness.gate.submit(
        replace(before, text="Other words.", client_id=f"google:{ACCOUNT}:{house.double.leave(EDITED)}")
    )
    house.look()
    assert len(house.drafts()) == 3  # the last of them was edited after it had been handed in


def test_two_workers_that_see_a_draft_at_once_take_it_in_once(house: House) -> None:
    house.double.leave(RAW)
    [lying] = house.left.waiting(ACCOUNT)
    first, second = (house.taking._taken_in(ACCOUNT, lying, None, "sha") for _ in range(2))
    assert first == second
    assert len(house.drafts()) == 1


def test_a_mailbox_without_the_label_and_one_that_may_not_be_labelled(house: House) -> None:
    assert house.left.waiting(ACCOUNT) == ()
    house.owner.sign_in(*scopes_for("send"))
    with pytest.raises(InboxClosed, match="--for send,label"):
        house.look()


def test_while_gmail_cannot_be_asked_it_waits(house: House) -> None:
    house.double.leave(RAW)
    house.look()
    house.front.hurt(lambda call: call.method == "GET" and "/drafts/" in call.path, Fault.THROTTLED)
    house.leave_time()
    assert house.drafts()[0].row.state is State.SCHEDULED
    house.front.hurt(lambda call: call.path.endswith("/labels"), Fault.BUSY)
    with pytest.raises(InboxUnavailable) as raised:
        house.look()
    assert raised.value.retry_after == RETRY_AFTER
    house.harness.wait(seconds=(RETRY_AFTER + timedelta(minutes=10)).total_seconds())
    assert house.double.delivered == [RAW]
