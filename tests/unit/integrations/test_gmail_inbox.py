"""Gmail's history is followed in pages, lists stand in where it has forgotten, and nothing is told that is none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.core.clock import ManualClock
from app.core.inbox import InboxClosed, InboxUnavailable
from integrations.credentials.google import GrantedKeys
from integrations.credentials.google.app import COMPOSE
from integrations.mail.gmail_inbox import GmailInbox
from tests.emulators.google.calls import Call, refuse, reply
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import app_at
from tests.support.inboxes.gmail import NOW, GmailInboxDouble
from tests.support.provider.faults import RETRY_AFTER, Fault
from tests.unit.app.inbox.mails import raw_mail


class House:
    """Gmail, its owner, and the inbox."""

    def __init__(self, double: GmailInboxDouble, front: Front, owner: Owner) -> None:
        self.double, self.front, self.owner = double, front, owner
        owner.sign_in()
        clock = ManualClock(NOW)
        self.inbox = GmailInbox(GrantedKeys(owner.grants, app_at(front), clock=clock), clock=clock, root=front.root)

    def begun(self) -> str:
        """A cursor from which on the history is followed."""
        return self.inbox.changes(ACCOUNT, "").cursor


@pytest.fixture
def house() -> Iterator[House]:
    double = GmailInboxDouble()
    owner = Owner(double, double.sign_in.let_in)
    with Front(double) as front:
        yield House(double, front, owner)
        assert front.objections == []


def is_history(call: Call) -> bool:
    return call.path.endswith("/history")


def test_what_came_since_is_told_once_with_the_headers_that_matter(house: House) -> None:
    cursor = house.begun()
    head = "In-Reply-To: <sn_1@ours.example>\nAuto-Submitted: auto-replied\nCc: Ana <ana@acme.example>\nX-Other: x\n"
    key = house.double.arrive(raw_mail(head), thread="t9")
    changes = house.inbox.changes(ACCOUNT, cursor)
    [mail] = changes.messages
    assert (mail.key, mail.thread_id, mail.message_id) == (key, "t9", "<a1@acme.example>")
    assert (mail.sender, mail.recipients) == ("lee@acme.example", ("sam@ours.example", "ana@acme.example"))
    assert (mail.subject, mail.received_at, mail.is_own) == ("Re: The plan", NOW, False)
    assert mail.headers == (("in-reply-to", "<sn_1@ours.example>"), ("auto-submitted", "auto-replied"))
    assert (changes.is_full, changes.has_more) == (False, False)
    assert house.inbox.changes(ACCOUNT, changes.cursor).messages == ()


def test_drafts_spam_and_the_bin_are_left_aside_and_own_mail_is_known(house: House) -> None:
    cursor = house.begun()
    for labels in (("DRAFT",), ("SPAM",), ("TRASH", "INBOX"), ("CHAT",)):
        house.double.arrive(raw_mail(), labels=labels)
    own = house.double.arrive(raw_mail(), labels=("SENT",))
    gone = house.double.arrive(raw_mail())
    house.double.vanished.add(gone)
    [mail] = house.inbox.changes(ACCOUNT, cursor).messages
    assert (mail.key, mail.is_own) == (own, True)


def test_a_long_history_is_told_in_pages_of_which_none_is_missed(house: House) -> None:
    cursor, keys, told = house.begun(), [house.double.arrive(raw_mail()) for _ in range(60)], []
    while True:
        changes = house.inbox.changes(ACCOUNT, cursor)
        told += [mail.key for mail in changes.messages]
        cursor = changes.cursor
        if not changes.has_more:
            break
    assert told == keys


def test_when_time_runs_out_what_was_looked_at_is_handed_over(house: House) -> None:
    cursor, keys = house.begun(), [house.double.arrive(raw_mail()) for _ in range(3)]
    clock = ManualClock(NOW)
    hurried = GmailInbox(
        GrantedKeys(house.owner.grants, app_at(house.front), clock=clock),
        clock=clock,
        root=house.front.root,
        seconds=2.9,
    )
    first = hurried.changes(ACCOUNT, cursor)
    assert ([mail.key for mail in first.messages], first.has_more) == (keys[:1], True)
    rest = house.inbox.changes(ACCOUNT, first.cursor)
    assert [mail.key for mail in rest.messages] == keys[1:]


def test_the_first_look_and_a_forgotten_history_list_the_last_days(house: House) -> None:
    house.double.arrive(raw_mail(), at=NOW - timedelta(days=8))
    keys = [house.double.arrive(raw_mail(), at=NOW - timedelta(hours=23 - n)) for n in range(23)]
    for cursor in ("", json.dumps({"history": "1"}), "{}", "no cursor", "[]"):
        house.double.forgets_before = 10_000_000
        told = []
        changes = house.inbox.changes(ACCOUNT, cursor)
        told += [mail.key for mail in changes.messages]
        while changes.has_more:
            changes = house.inbox.changes(ACCOUNT, changes.cursor)
            assert changes.is_full
            told += [mail.key for mail in changes.messages]
        assert sorted(told) == sorted(keys)
        house.double.forgets_before = 0
        assert house.inbox.changes(ACCOUNT, changes.cursor).is_full is False


def test_what_comes_while_the_last_days_are_listed_is_not_missed(house: House) -> None:
    for _ in range(15):
        house.double.arrive(raw_mail())
    first = house.inbox.changes(ACCOUNT, "")
    late = house.double.arrive(raw_mail())
    second = house.inbox.changes(ACCOUNT, first.cursor)
    third = house.inbox.changes(ACCOUNT, second.cursor)
    assert late in {mail.key for mail in (*second.messages, *third.messages)}


def test_the_bytes_of_a_mail_unless_it_is_gone_or_too_long(house: House) -> None:
    raw = raw_mail()
    key = house.double.arrive(raw)
    assert house.inbox.raw(ACCOUNT, key) == raw
    house.double.size[key] = 5_000_001
    assert house.inbox.raw(ACCOUNT, key) is None
    house.double.vanished.add(key)
    assert house.inbox.raw(ACCOUNT, key) is None


@pytest.mark.parametrize("fault", [Fault.THROTTLED, Fault.BUSY, Fault.NO_QUOTA, Fault.SLOW_DOWN])
def test_the_stretch_that_gmail_names_is_told(house: House, fault: Fault) -> None:
    cursor = house.begun()
    house.front.hurt(is_history, fault)
    with pytest.raises(InboxUnavailable) as raised:
        house.inbox.changes(ACCOUNT, cursor)
    assert raised.value.retry_after == RETRY_AFTER


@pytest.mark.parametrize(
    "fault", [Fault.ERROR_BEFORE, Fault.UNANSWERED, Fault.DROPPED, Fault.TRUNCATED, Fault.GARBAGE]
)
def test_what_goes_wrong_is_told_and_asked_once(house: House, fault: Fault) -> None:
    cursor = house.begun()
    house.front.hurt(is_history, fault)
    with pytest.raises(InboxUnavailable):
        house.inbox.changes(ACCOUNT, cursor)
    assert len([call for call in house.front.calls if is_history(call)]) == 1


def test_whoever_has_not_let_the_gate_in_is_told_how(house: House) -> None:
    with pytest.raises(InboxClosed, match=r"accounts connect google --account ruth@ours\.example"):
        house.inbox.changes("ruth@ours.example", "")
    house.owner.sign_in(COMPOSE)
    with pytest.raises(InboxClosed, match="accounts connect google"):
        house.inbox.changes(ACCOUNT, json.dumps({"history": "1"}))


@pytest.mark.parametrize(
    "broken",
    [
        {"threadId": "t"},
        {"id": "m", "threadId": "t"},
        {"id": "m", "threadId": "t", "internalDate": "no number"},
        {"id": "m", "threadId": "t", "internalDate": "9" * 30},
    ],
)
def test_an_answer_that_is_none_is_told(house: House, broken: dict[str, str]) -> None:
    cursor = house.begun()
    house.double.arrive(raw_mail())
    upstream = house.double
    house.front._upstream = lambda call: reply(broken) if "/messages/" in call.path else upstream(call)
    with pytest.raises(InboxUnavailable, match="did not answer as it should"):
        house.inbox.changes(ACCOUNT, cursor)


def test_bytes_that_are_none_are_told(house: House) -> None:
    upstream = house.double
    house.front._upstream = lambda call: reply({"raw": "ä"}) if "/messages/" in call.path else upstream(call)
    with pytest.raises(InboxUnavailable):
        house.inbox.raw(ACCOUNT, "m1")
    house.front._upstream = lambda call: refuse(410, "gone") if "/messages/" in call.path else upstream(call)
    with pytest.raises(InboxUnavailable, match="410 gone"):
        house.inbox.raw(ACCOUNT, "m1")
