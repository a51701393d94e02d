"""What an attempt to send comes to: the state that a draft moves to, and when it is tried or asked about again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import MailboxClosed, SendError, SendRefused, SendUnavailable, SendUncertain
from app.core.lifecycle import State
from app.core.ports import Receipt
from app.store.rows import DraftRow

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 20
"""Each pause is twice the last, up to the longest: about half a day in all before a person is asked."""
REMIND_AFTER = timedelta(hours=4)
"""How long a person who was told that a send is stuck has peace."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of an attempt: the state to move to, its timer, and what to tell the trail."""

    state: State
    kind: str
    reason: str = ""
    receipt: Receipt | None = None
    due_at: datetime | None = None
    tell: bool = False
    """Whether the sender and their manager have to know."""
    mailbox_until: datetime | None = None
    """Until when the provider wants nothing more from this mailbox."""
    counts: bool = True
    """Whether it is one of the attempts after which the gate gives up."""


def sent(receipt: Receipt) -> Outcome:
    """The provider's word that it has left."""
    return Outcome(state=State.SENT, kind="draft.sent", receipt=receipt)


def held(row: DraftRow, reason: str, *, now: datetime) -> Outcome:
    """A stop came while nobody knew whether the mail had left: it was asked about and not sent."""
    return Outcome(state=State.UNKNOWN, kind="send.held", reason=reason, due_at=now + pause_after(row))


def quiet(mailbox: str, *, until: datetime) -> Outcome:
    """The provider has asked for quiet: it is asked afterwards, and that is no attempt."""
    reason = f"nothing is asked about {mailbox} before {until:%H:%M:%S} UTC: the provider wants quiet"
    return Outcome(state=State.UNKNOWN, kind="send.held", reason=reason, due_at=until, counts=False)


def failed(row: DraftRow, error: Exception, *, now: datetime, called: bool, in_doubt: bool) -> Outcome:
    """What an attempt comes to that has raised.

    `called`: the provider had been told to let the mail go. `in_doubt`: somebody else may have told it so before, and
    has not reported back. Then even a provider that certainly did not send now leaves the mail unknown, and never
    free to be changed or undone.
    """
    if called and not isinstance(error, SendError):
        return uncertain(row, error, now=now)  # a provider's library may raise anything, and may have sent
    match error:
        case SendUncertain() if called:
            return uncertain(row, error, now=now)
        case SendRefused():
            return stuck(error, kind="send.refused", now=now, in_doubt=in_doubt)
        case MailboxClosed():
            return closed(error, now=now, in_doubt=in_doubt)
        case _ if row.attempts >= MOST_ATTEMPTS:
            return stuck(error, kind="send.given_up", now=now, in_doubt=in_doubt)
    named = named_pause(error)
    due, until = now + max(pause_after(row), named), (now + named if named else None)
    state, reason = _not_sent(in_doubt), in_words(error)
    return Outcome(state=state, kind="send.unavailable", reason=reason, due_at=due, mailbox_until=until)


def uncertain(row: DraftRow, error: Exception, *, now: datetime) -> Outcome:
    """Nobody knows whether it left; the provider is asked again, until a person is."""
    if isinstance(error, MailboxClosed):
        return closed(error, now=now, in_doubt=True)
    if row.attempts >= MOST_ATTEMPTS:
        return stuck(error, kind="send.given_up", now=now, in_doubt=True)
    named = named_pause(error)
    due, until = now + max(pause_after(row), named), (now + named if named else None)
    reason = in_words(error)
    return Outcome(state=State.UNKNOWN, kind="send.uncertain", reason=reason, due_at=due, mailbox_until=until)


def closed(error: MailboxClosed, *, now: datetime, in_doubt: bool) -> Outcome:
    """It waits until somebody has signed in again, however long that takes: the gate does not give it up."""
    state, due = _not_sent(in_doubt), now + LONGEST_PAUSE
    return Outcome(state=state, kind="send.closed", reason=in_words(error), due_at=due, tell=True, counts=False)


def stuck(error: Exception, *, kind: str, now: datetime, in_doubt: bool) -> Outcome:
    """The gate can do no more; a person can."""
    state = State.NEEDS_PERSON if in_doubt else State.FAILED
    return Outcome(state=state, kind=kind, reason=in_words(error), due_at=now + REMIND_AFTER, tell=True)


def pause_after(row: DraftRow) -> timedelta:
    """How long to wait after this attempt before the next."""
    doublings = max(0, min(row.attempts, MOST_ATTEMPTS) - 1)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))


def in_words(error: Exception) -> str:
    """The reason, never empty."""
    return str(error) or type(error).__name__


def named_pause(error: Exception) -> timedelta:
    """The stretch for which the provider wants nothing more, a day at most; none where it named none."""
    named = error.retry_after if isinstance(error, SendUnavailable | SendUncertain) else None
    return min(max(named or timedelta(0), timedelta(0)), timedelta(days=1))


def _not_sent(in_doubt: bool) -> State:
    return State.UNKNOWN if in_doubt else State.SCHEDULED
