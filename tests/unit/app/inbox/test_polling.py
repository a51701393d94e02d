"""Each mailbox has its own time; what goes wrong with one is written down with it, and stops no other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import NotAvailable
from app.core.inbox import Inbox, InboxClosed, InboxUnavailable
from app.store.cursors import Mailbox
from tests.unit.app.inbox.conftest import EVERY, RUTH, SAM, House
from tests.unit.app.inbox.mails import USUAL, raw_mail


def answers(house: House, number: int, message_id: str) -> None:
    for n in range(number):
        usual = USUAL.replace("<a1@", f"<a{n}@")
        house.arrive(raw_mail(f"In-Reply-To: {message_id}\n", usual=usual), key=f"m{n}")


def test_a_mailbox_is_looked_into_at_once_and_then_at_its_interval(house: House) -> None:
    assert house.polling.look() == 1
    house.harness.clock.advance(EVERY - timedelta(seconds=1))
    assert house.polling.look() == 0
    house.harness.clock.advance(timedelta(seconds=1))
    assert house.polling.look() == 1
    assert house.inbox.looked == [(SAM[1], ""), (SAM[1], "0")]
    assert house.followed().synced_at == house.harness.clock.now()


def test_pages_follow_each_other_and_only_the_last_one_vouches(house: House) -> None:
    draft_id, _, message_id = house.send()
    answers(house, 12, message_id)
    house.inbox.page = 2
    house.polling.look()
    assert (len(house.kept(draft_id)), house.followed().synced_at) == (10, None)
    assert house.polling.look() == 1  # without a pause, for more waits
    assert len(house.kept(draft_id)) == 12
    assert house.followed().synced_at == house.harness.clock.now()


def test_one_mailbox_that_fails_stops_no_other(house: House) -> None:
    house.mailboxes = {SAM, RUTH}
    house.inbox.failures[RUTH[1]] = [RuntimeError("nobody foresaw that, secret-token")]
    house.look()
    assert house.followed(SAM).synced_at is not None
    ruth = house.followed(RUTH)
    assert (ruth.synced_at, ruth.failures) == (None, 1)
    assert ruth.trouble == "RuntimeError, which nobody foresaw: see the log"


def test_failures_in_a_row_make_the_pause_grow_and_a_success_ends_that(house: House) -> None:
    house.inbox.failures[SAM[1]] = [InboxUnavailable("busy") for _ in range(12)]
    pauses = []
    for _ in range(12):
        house.polling.look()
        pauses.append(house.followed().next_at - house.harness.clock.now())
        house.harness.clock.advance(pauses[-1])
    assert pauses[:3] == [EVERY, 2 * EVERY, 4 * EVERY]
    assert pauses[-1] == timedelta(hours=1)
    house.polling.look()
    followed = house.followed()
    assert (followed.failures, followed.trouble, followed.next_at - house.harness.clock.now()) == (0, "", EVERY)


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        (InboxUnavailable("busy", retry_after=timedelta(hours=3)), timedelta(hours=3)),
        (InboxUnavailable("busy", retry_after=timedelta(seconds=1)), EVERY),
        (InboxClosed("run `countersign accounts connect google --account sam@ours.example`"), timedelta(minutes=10)),
    ],
)
def test_how_long_is_waited_after_a_failure(house: House, error: InboxUnavailable, pause: timedelta) -> None:
    house.inbox.failures[SAM[1]] = [error]
    house.polling.look()
    followed = house.followed()
    assert (followed.next_at - house.harness.clock.now(), followed.trouble) == (pause, str(error))


def test_nothing_is_lost_where_a_page_cannot_be_taken_in(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id, _, message_id = house.send()
    answers(house, 1, message_id)
    with monkeypatch.context() as broken:
        broken.setattr("app.inbox.taking_in.readable", lambda _: 1 / 0)
        house.look()
    assert (house.kept(draft_id), house.followed().cursor, house.followed().failures) == ([], "", 1)
    house.look()
    assert len(house.kept(draft_id)) == 1


def test_a_mail_that_cannot_be_looked_into_is_tried_again_and_then_judged_by_its_headers(house: House) -> None:
    draft_id, _, message_id = house.send()
    answers(house, 2, message_id)
    house.inbox.unreadable, house.inbox.error = {"m0"}, InboxUnavailable("it does not give that one")
    for _ in range(3):
        house.harness.clock.advance(timedelta(hours=1))
        house.polling.look()
    assert house.kept(draft_id) == []
    house.harness.clock.advance(timedelta(hours=1))
    house.polling.look()
    assert sorted((each.key, each.text) for each in house.kept(draft_id)) == [("m0", ""), ("m1", "Fine with me.")]


def test_a_provider_that_cannot_be_opened_is_the_trouble_of_its_mailboxes(house: House) -> None:
    def unopened(_: str) -> Inbox:
        raise NotAvailable("the library for google")

    object.__setattr__(house.polling, "inbox", unopened)
    house.polling.look()
    assert house.followed().trouble == "not available yet: needs the library for google"


def test_a_mailbox_that_is_not_to_be_followed_any_more_is_left_alone(house: House) -> None:
    house.look()
    house.mailboxes = set()
    house.look()
    assert len(house.inbox.looked) == 1


def test_of_two_workers_one_looks_and_the_slower_one_takes_nothing_in(house: House) -> None:
    draft_id, _, message_id = house.send()
    house.look()
    answers(house, 1, message_id)
    house.harness.clock.advance(EVERY)
    before = house.followed()
    slow_changes = house.inbox.changes

    def overtaken(account: str, cursor: str) -> object:
        found = slow_changes(account, cursor)
        house.inbox.changes = slow_changes  # type: ignore[method-assign]
        house.harness.clock.advance(timedelta(minutes=5))  # the lease runs out, and another worker has its turn
        assert house.polling.look() == 1
        return found

    house.inbox.changes = overtaken  # type: ignore[method-assign, assignment]
    house.polling.look()
    assert (len(house.kept(draft_id)), len(house.events(draft_id))) == (1, 1)
    assert house.followed().version == before.version + 3  # two that held it, and one that moved it
    with house.harness.store.write(now=house.harness.clock.now()) as tx:
        assert tx.cursors.hold(before, until=before.next_at) is None


def test_what_is_done_besides_may_fail_and_is_done_again_next_time(house: House) -> None:
    done = []

    def besides(mailbox: tuple[str, str]) -> None:
        done.append(mailbox)
        raise InboxUnavailable("busy")

    object.__setattr__(house.polling, "besides", besides)
    house.look()
    house.look()
    assert done == [SAM, SAM]
    assert house.followed().trouble == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (InboxUnavailable("Gmail cannot be reached"), "Gmail cannot be reached"),
        (InboxClosed("run `countersign accounts connect`"), "run `countersign accounts connect`"),
        (RuntimeError("secret-token"), "RuntimeError, which nobody foresaw: see the log"),
        (InboxUnavailable("x" * 2000), "x" * 1000),
    ],
)
def test_why_left_drafts_could_not_be_looked_for_is_kept_until_a_look_goes_well(
    house: House, error: Exception, words: str
) -> None:
    house.mailboxes = {SAM, RUTH}
    fail_besides(house, {SAM: [error, error]})
    for _ in range(2):
        house.look()
        kept = house.followed()
        assert (kept.left_trouble, kept.left_failed_at) == (words, house.harness.clock.now())
        assert (kept.trouble, kept.failures, kept.synced_at) == ("", 0, house.harness.clock.now())
    assert house.followed(RUTH).left_trouble is None
    house.look()
    assert (house.followed().left_trouble, house.followed().left_failed_at) == (None, None)


def fail_besides(house: House, failures: dict[Mailbox, list[Exception]]) -> None:
    """The next looks for left drafts in these mailboxes go wrong."""

    def besides(mailbox: Mailbox) -> None:
        if failures.get(mailbox):
            raise failures[mailbox].pop(0)

    object.__setattr__(house.polling, "besides", besides)


def test_while_left_drafts_are_looked_for_as_they_should_nothing_is_written_about_that(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[object] = []
    monkeypatch.setattr("app.store.cursors.CursorRepository.note_left", lambda *_, **kept: noted.append(kept))
    house.look()
    house.look()
    assert noted == []


def test_a_failed_look_for_left_drafts_takes_nobodys_hold_on_the_mailbox_away(house: House) -> None:
    house.look()
    before = house.followed()
    with house.harness.store.write(now=house.harness.clock.now()) as tx:
        tx.cursors.note_left(SAM, trouble="busy", at=house.harness.clock.now())
        assert tx.cursors.hold(before, until=before.next_at) is not None


def test_of_a_mailbox_that_is_not_followed_any_more_no_trouble_is_told(house: House) -> None:
    house.inbox.failures[SAM[1]] = [InboxUnavailable("busy")]
    fail_besides(house, {SAM: [InboxUnavailable("busy")]})
    house.look()
    assert (house.followed().trouble, house.followed().left_trouble) == ("busy", "busy")
    house.mailboxes = set()
    house.look()
    rested = house.followed()
    assert (rested.trouble, rested.left_trouble, rested.left_failed_at) == ("", None, None)
    house.look()
    assert house.followed().version == rested.version
