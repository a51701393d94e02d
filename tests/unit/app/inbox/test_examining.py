"""The doctor says which mailboxes are read, and why one is not."""

from __future__ import annotations

from app.core.inbox import InboxUnavailable
from app.inbox.examining import replies
from app.settings import Settings
from app.store.cursors import Mailbox
from app.symptoms import Health
from tests.unit.app.inbox.conftest import RUTH, SAM, House


def found(house: House, **changes: int) -> list[tuple[str, Health, str]]:
    settings = Settings.model_validate(changes)
    return [(each.what, each.health, each.found) for each in replies(settings, house.harness.store)]


def test_without_any_mailbox_there_is_nothing_to_say(house: House) -> None:
    assert found(house) == []


def test_where_it_is_turned_off_it_says_what_that_means(house: House) -> None:
    [(what, health, words)] = found(house, inbox_seconds=0)
    assert (what, health) == ("replies", Health.OPTIONAL)
    assert "no reply and no bounce is seen" in words


def test_each_mailbox_that_cannot_be_read_has_a_line_of_its_own(house: House) -> None:
    house.mailboxes = {SAM, RUTH}
    house.inbox.failures[RUTH[1]] = [InboxUnavailable("Gmail cannot be reached")]
    house.look()
    assert found(house) == [
        (
            "replies to ruth@ours.example",
            Health.MISSING,
            "could not be read once: Gmail cannot be reached",
        ),
        ("replies", Health.OK, "1 mailbox is read every 60 s, the last at 2026-11-18 15:01 UTC"),
    ]


def test_a_mailbox_in_which_left_drafts_cannot_be_looked_for_has_a_line_while_they_are_taken_in(house: House) -> None:
    failures = [InboxUnavailable("Gmail says 500 backendError")]

    def besides(_: Mailbox) -> None:
        if failures:
            raise failures.pop()

    object.__setattr__(house.polling, "besides", besides)
    house.look()
    read = ("replies", Health.OK, "1 mailbox is read every 60 s, the last at 2026-11-18 15:01 UTC")
    left = (
        "drafts left with sam@ours.example",
        Health.MISSING,
        "the look at 2026-11-18 15:01 UTC failed: Gmail says 500 backendError",
    )
    assert found(house, inbox_submit=True) == [left, read]
    assert found(house) == [read]
    house.look()
    assert [what for what, _, _ in found(house, inbox_submit=True)] == ["replies"]
