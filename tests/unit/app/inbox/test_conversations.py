"""What was taken in is what drafts are held against: who has written in a thread, and whether it is answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core.facts import Conversation, Message
from app.core.inbox import InboxUnavailable
from app.inbox.conversations import TakenInConversations
from tests.support.gates import START
from tests.unit.app.inbox.conftest import RUTH, SAM, House
from tests.unit.app.inbox.mails import USUAL, raw_mail

ASKED = "From: lee@acme.example\nTo: sam@ours.example, ruth@ours.example\nMessage-ID: <q@acme.example>\n"
ANSWER = (
    "From: ruth@ours.example\nTo: lee@acme.example\nMessage-ID: <r@ours.example>\n"
    "References: <q@acme.example>\nIn-Reply-To: <q@acme.example>\n"
)


class OneThread:
    """A double of another source, which knows one thread."""

    local = False

    def __init__(self, *messages: Message) -> None:
        self._messages = messages

    def conversation(self, thread_id: str) -> Conversation | None:
        return Conversation(id="t1", messages=self._messages) if thread_id == "t1" else None

    def as_of(self) -> datetime:
        return START - timedelta(hours=1)


def said(house: House, thread_id: str) -> list[tuple[str, bool]]:
    found = TakenInConversations(house.harness.store, house.harness.clock).conversation(thread_id)
    return [(message.sender, message.automatic) for message in found.messages] if found else []


def test_a_colleagues_answer_from_their_own_mailbox_is_seen(house: House) -> None:
    house.mailboxes = {SAM, RUTH}
    house.arrive(raw_mail(usual=ASKED), key="m1", thread="sams", account=SAM[1])
    house.arrive(raw_mail(usual=ASKED), key="n1", thread="ruths", account=RUTH[1])
    house.look()
    house.arrive(raw_mail(usual=ANSWER), key="n2", thread="ruths", account=RUTH[1], is_own=True)
    house.arrive(raw_mail(usual=USUAL), key="n3", thread="else", account=RUTH[1])
    house.look()
    both = [("lee@acme.example", False), ("ruth@ours.example", False)]
    for name in ("sams", "ruths", "q@acme.example", "<r@ours.example>"):
        assert said(house, name) == both
    assert said(house, "none") == []


def test_an_answer_is_found_by_its_thread_where_nobody_kept_what_it_refers_to(house: House) -> None:
    house.mailboxes = {SAM, RUTH}
    house.arrive(raw_mail(usual=ASKED), key="m1", thread="sams", account=SAM[1])
    house.arrive(raw_mail(usual=ASKED), key="n1", thread="ruths", account=RUTH[1])
    own = ANSWER.partition("References")[0]
    house.arrive(raw_mail(usual=own), key="n2", thread="ruths", account=RUTH[1], is_own=True)
    house.look()
    assert len(said(house, "sams")) == 2


def test_machines_are_told_from_people(house: House) -> None:
    house.arrive(raw_mail("Auto-Submitted: auto-replied\n"))
    house.look()
    assert said(house, "t1") == [("lee@acme.example", True)]


def test_another_source_is_asked_as_well_and_what_both_know_is_there_once(house: House) -> None:
    house.arrive(raw_mail(usual=ASKED))
    at = house.harness.clock.now()
    house.look()
    known = Message(sender="lee@acme.example", recipients=("sam@ours.example",), at=at)
    earlier = Message(sender="sam@ours.example", recipients=("lee@acme.example",), at=START - timedelta(days=1))
    both = TakenInConversations(house.harness.store, house.harness.clock, OneThread(earlier, known))
    found = both.conversation("t1")
    assert found is not None
    assert [message.sender for message in found.messages] == ["sam@ours.example", "lee@acme.example"]
    assert both.conversation("none") is None
    assert both.as_of() == START - timedelta(hours=1)
    assert (both.local, TakenInConversations(house.harness.store, house.harness.clock).local) == (False, True)


def test_the_mailbox_that_was_read_longest_ago_says_for_when_the_answers_are_vouched(house: House) -> None:
    conversations = TakenInConversations(house.harness.store, house.harness.clock)
    assert conversations.as_of() == house.harness.clock.now()
    house.mailboxes = {SAM, RUTH}
    house.look()
    first = house.harness.clock.now()
    house.inbox.failures[RUTH[1]] = [InboxUnavailable("busy")]
    house.look()
    assert conversations.as_of() == first
    house.mailboxes = {SAM}  # whoever has taken the gate's leave is not waited for
    house.look()
    assert conversations.as_of() == house.harness.clock.now()
