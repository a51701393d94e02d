"""What an attempt comes to: each error, before and after the provider was told to send, alone and in doubt."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import (
    MailboxClosed,
    MailChanged,
    SendRefused,
    SendUnavailable,
    SendUncertain,
)
from app.core.lifecycle import State
from app.core.ports import Receipt
from app.core.routes import Route
from app.delivery import outcomes
from app.delivery.outcomes import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, REMIND_AFTER
from app.store.rows import DraftRow
from tests.support.gates import START

TEN_MINUTES = timedelta(minutes=10)


def row(attempts: int = 1) -> DraftRow:
    return DraftRow(
        id="dr_1",
        client_id=None,
        idempotency_key=None,
        submission="",
        state=State.SENDING,
        version=2,
        due_at=None,
        revision=1,
        digest="sha256:1",
        route=Route.AUTO_SEND,
        permit=None,
        attempts=attempts,
        agent="bot",
        on_behalf_of="sam",
        deal_id=None,
        thread_id=None,
        subject="Hello",
        created_at=START,
        updated_at=START,
    )


@pytest.mark.parametrize(
    ("error", "called", "in_doubt", "state"),
    [
        (SendRefused("no"), False, False, State.FAILED),
        (SendRefused("no"), True, False, State.FAILED),
        (SendRefused("no"), True, True, State.NEEDS_PERSON),
        (MailChanged("edited"), False, False, State.FAILED),
        (MailChanged("gone"), False, True, State.NEEDS_PERSON),
        (SendUnavailable("busy"), False, False, State.SCHEDULED),
        (SendUnavailable("busy"), True, False, State.SCHEDULED),
        (SendUnavailable("busy"), True, True, State.UNKNOWN),
        (MailboxClosed("sign in"), True, False, State.SCHEDULED),
        (MailboxClosed("sign in"), True, True, State.UNKNOWN),
        (SendUncertain("lost"), False, False, State.SCHEDULED),
        (SendUncertain("lost"), False, True, State.UNKNOWN),
        (SendUncertain("lost"), True, False, State.UNKNOWN),
        (ConnectionResetError("reset"), False, False, State.SCHEDULED),
        (ConnectionResetError("reset"), True, False, State.UNKNOWN),
        (ConnectionResetError("reset"), False, True, State.UNKNOWN),
    ],
)
def test_what_an_error_means_for_the_draft(error: Exception, called: bool, in_doubt: bool, state: State) -> None:
    outcome = outcomes.failed(row(), error, now=START, called=called, in_doubt=in_doubt)
    assert outcome.state is state
    assert outcome.reason == str(error)
    assert outcome.receipt is None
    assert outcome.due_at is not None
    assert outcome.due_at > START


@pytest.mark.parametrize("in_doubt", [False, True])
@pytest.mark.parametrize("error", [SendRefused("no"), MailboxClosed("sign in")])
def test_people_are_told_of_what_only_they_can_mend(error: Exception, in_doubt: bool) -> None:
    assert outcomes.failed(row(), error, now=START, called=True, in_doubt=in_doubt).tell


@pytest.mark.parametrize("error", [SendUnavailable("busy"), SendUncertain("lost"), OSError("reset")])
def test_people_are_not_told_of_what_mends_itself(error: Exception) -> None:
    assert not outcomes.failed(row(), error, now=START, called=True, in_doubt=False).tell


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SendUnavailable("busy"), State.FAILED),
        (SendUncertain("lost"), State.NEEDS_PERSON),
        (OSError("reset"), State.NEEDS_PERSON),
    ],
)
def test_after_the_last_attempt_a_person_is_asked(error: Exception, state: State) -> None:
    before = outcomes.failed(row(MOST_ATTEMPTS - 1), error, now=START, called=True, in_doubt=False)
    assert before.state in (State.SCHEDULED, State.UNKNOWN)
    last = outcomes.failed(row(MOST_ATTEMPTS), error, now=START, called=True, in_doubt=False)
    assert (last.state, last.due_at, last.tell) == (state, START + REMIND_AFTER, True)


def test_a_closed_mailbox_is_never_given_up_and_its_waiting_is_no_attempt() -> None:
    for outcome in (
        outcomes.failed(row(MOST_ATTEMPTS + 5), MailboxClosed("sign in"), now=START, called=False, in_doubt=False),
        outcomes.uncertain(row(MOST_ATTEMPTS + 5), MailboxClosed("sign in"), now=START),
    ):
        assert outcome.due_at == START + LONGEST_PAUSE
        assert not outcome.counts
        assert outcome.tell


def test_pauses_double_up_to_the_longest() -> None:
    pauses = [outcomes.pause_after(row(n)) for n in range(MOST_ATTEMPTS + 3)]
    assert pauses[:4] == [FIRST_PAUSE, FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert pauses == sorted(pauses)
    assert timedelta(hours=9) < sum(pauses[1 : MOST_ATTEMPTS + 1], timedelta()) < timedelta(hours=15)


@pytest.mark.parametrize(
    "error", [SendUnavailable("busy", retry_after=TEN_MINUTES), SendUncertain("lost", retry_after=TEN_MINUTES)]
)
def test_the_provider_may_name_a_longer_pause_for_the_mailbox(error: Exception) -> None:
    outcome = outcomes.failed(row(), error, now=START, called=True, in_doubt=False)
    assert (outcome.due_at, outcome.mailbox_until) == (START + TEN_MINUTES, START + TEN_MINUTES)


@pytest.mark.parametrize(
    ("named", "pause"),
    [
        (None, FIRST_PAUSE),
        (timedelta(seconds=-5), FIRST_PAUSE),
        (timedelta(seconds=1), FIRST_PAUSE),
        (timedelta(days=400), timedelta(days=1)),
    ],
)
def test_a_pause_that_makes_no_sense_is_kept_within_bounds(named: timedelta | None, pause: timedelta) -> None:
    error = SendUnavailable("busy", retry_after=named)
    outcome = outcomes.failed(row(), error, now=START, called=True, in_doubt=False)
    assert outcome.due_at == START + pause
    if not named or named < timedelta(0):
        assert outcome.mailbox_until is None


def test_a_receipt_a_stop_and_a_wish_for_quiet() -> None:
    receipt = Receipt(send_id="sn_1", provider="outbox", provider_id="sn_1.eml")
    sent = outcomes.sent(receipt)
    assert (sent.state, sent.receipt, sent.due_at) == (State.SENT, receipt, None)
    held = outcomes.held(row(), "stopped by ruth", now=START)
    assert (held.state, held.reason, held.due_at) == (State.UNKNOWN, "stopped by ruth", START + FIRST_PAUSE)
    quiet = outcomes.quiet("sam@ours.example", until=START + TEN_MINUTES)
    assert (quiet.state, quiet.due_at, quiet.counts) == (State.UNKNOWN, START + TEN_MINUTES, False)


def test_an_error_without_words_is_named() -> None:
    assert outcomes.in_words(TimeoutError()) == "TimeoutError"


def test_the_row_itself_is_left_alone() -> None:
    before = row(7)
    outcomes.failed(before, SendUnavailable("busy"), now=START, called=True, in_doubt=False)
    assert before == replace(before)
