"""Gmail's lists tell which drafts are marked, page after page, and each of them has its turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.core.clock import ManualClock
from app.core.inbox import InboxClosed, InboxUnavailable
from integrations.credentials.google import GrantedKeys, scopes_for
from integrations.mail.gmail_left import GmailLeftDrafts
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import app_at
from tests.support.inboxes.gmail import NOW, GmailInboxDouble
from tests.support.provider.faults import RETRY_AFTER, Fault

RAW = (
    b"From: Sam <sam@ours.example>\r\nTo: dana@theirs.example\r\nSubject: The plan\r\n"
    b"Message-ID: <left1@agent.example>\r\n\r\nHere it is.\r\n"
)


class House:
    """Gmail, its owner, and what is left there."""

    def __init__(self, double: GmailInboxDouble, front: Front, owner: Owner) -> None:
        self.double, self.front, self._owner = double, front, owner
        owner.sign_in(*scopes_for("send", "label"))
        self.left = self.opened()

    def opened(self, *, seconds: float = 12.0) -> GmailLeftDrafts:
        clock = ManualClock(NOW)
        keys = GrantedKeys(self._owner.grants, app_at(self.front), clock=clock)
        return GmailLeftDrafts(keys, clock=clock, root=self.front.root, seconds=seconds)

    def keys(self, left: GmailLeftDrafts | None = None) -> list[str]:
        return [each.key for each in (left or self.left).waiting(ACCOUNT).drafts]

    def asked(self, what: str) -> int:
        """How often something was asked for since this was last looked at."""
        number = sum(call.path.endswith(what) for call in self.front.calls)
        self.front.calls.clear()
        return number


@pytest.fixture
def house() -> Iterator[House]:
    double = GmailInboxDouble()
    owner = Owner(double, double.sign_in.let_in)
    with Front(double) as front:
        yield House(double, front, owner)
        assert front.objections == []


def test_where_many_are_marked_each_has_its_turn(house: House) -> None:
    there = [house.double.leave(RAW) for _ in range(25)]
    assert house.keys() == there[:20]
    late = house.double.leave(RAW)
    assert house.keys() == [*there[20:], *there[:15]][:20]
    assert house.keys() == [*there[15:20], late, *there[20:], *there[:9]]
    hurried = house.opened(seconds=2.5)
    assert [house.keys(hurried) for _ in range(3)] == [[there[0]], [there[1]], [there[2]]]


def test_lists_are_read_page_after_page_as_far_as_marked_drafts_may_lie(house: House) -> None:
    house.double.most_listed = 2
    marked = [house.double.leave(RAW) for _ in range(2)]
    for _ in range(5):
        house.double.leave(RAW, to_be_judged=False)
    marked += [house.double.leave(RAW) for _ in range(3)]
    assert house.keys() == marked
    assert house.asked("/drafts") == 5
    for key in marked[:2]:
        house.double.delete(key)
    assert house.keys() == marked[2:]
    assert house.asked("/drafts") == 2  # all that are marked were found on these


def test_one_that_cannot_be_read_keeps_no_other_from_being_read(house: House) -> None:
    first, broken, last = (house.double.leave(RAW) for _ in range(3))
    house.front.hurt(lambda call: call.path.endswith(f"/drafts/{broken}"), Fault.ERROR_BEFORE, times=3)
    for read in ([first], [last, first], [last, first]):
        waiting = house.left.waiting(ACCOUNT)
        assert [each.key for each in waiting.drafts] == read
        assert isinstance(waiting.unread, InboxUnavailable)
        assert "500 backendError" in str(waiting.unread)
    waiting = house.left.waiting(ACCOUNT)
    assert ({each.key for each in waiting.drafts}, waiting.unread) == ({first, broken, last}, None)


@pytest.mark.parametrize("fault", [Fault.GARBAGE, Fault.DROPPED, Fault.TRUNCATED])
def test_whatever_is_wrong_with_one_the_next_look_begins_behind_it(house: House, fault: Fault) -> None:
    broken, last = (house.double.leave(RAW) for _ in range(2))
    house.front.hurt(lambda call: call.path.endswith(f"/drafts/{broken}"), fault, times=2)
    assert isinstance(house.left.waiting(ACCOUNT).unread, InboxUnavailable)
    assert house.keys() == [last]


def test_what_the_whole_mailbox_wants_is_told_with_its_pause(house: House) -> None:
    house.double.leave(RAW)
    house.front.hurt(lambda call: "/drafts/" in call.path, Fault.THROTTLED)
    unread = house.left.waiting(ACCOUNT).unread
    assert isinstance(unread, InboxUnavailable)
    assert (unread.retry_after, isinstance(unread, InboxClosed)) == (RETRY_AFTER, False)
    house.front.hurt(lambda call: call.path.endswith("/drafts"), Fault.BUSY)
    with pytest.raises(InboxUnavailable):
        house.left.waiting(ACCOUNT)
