"""What Graph's answers mean for a mail: what was certainly not done, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from app.core.errors import MailboxClosed, MailChanged, SendRefused, SendUnavailable, SendUncertain
from integrations.graph import Reply, Unreadable
from integrations.http import NotAnswered, NotReached

_NO_MAILBOX = frozenset(
    {
        "ErrorNonExistentMailbox",
        "MailboxNotEnabledForRESTAPI",
        "MailboxNotHostedInExchangeOnline",
        "MailboxNotSupportedForRESTAPI",
        "ResourceNotFound",
    }
)
_ENOUGH = frozenset({"ErrorExceededMessageLimit", "ErrorQuotaExceeded", "ErrorSendQuotaExceeded"})
_CHANGED = frozenset({409, 412})
_ACCEPTED = 202


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong on the way, by the rules of the port."""
    try:
        yield
    except NotReached as error:
        raise SendUnavailable(f"Graph cannot be reached: {error}") from None
    except NotAnswered as error:
        raise SendUncertain(f"Graph did not answer: {error}") from None
    except Unreadable as error:
        raise SendUncertain(f"Graph did not answer as it should: {error}") from None


@contextmanager
def not_yet() -> Iterator[None]:
    """Calls before the one that sends: what nobody knows of them, it was not the mail's leaving."""
    try:
        with told():
            yield
    except SendUncertain as error:
        raise SendUnavailable(str(error), retry_after=error.retry_after) from None


def done(reply: Reply, doing: str) -> Reply:
    """The reply, where Graph did what it was asked to before it was asked to send. Raises SendError elsewhere.

    A success that comes with a pause counts as not done: whoever goes on at once does what Graph asked not to.
    """
    if reply.is_success and reply.pause is None:
        return reply
    if reply.is_success:
        raise SendUnavailable(f"Graph wants to be asked later to {doing}", retry_after=reply.pause)
    raise _failure(reply, doing)


def there(reply: Reply, doing: str) -> Reply | None:
    """As `done`; None where what it is about does not exist."""
    if reply.status == 404 and reply.code not in _NO_MAILBOX:
        return None
    return done(reply, doing)


def let_go(reply: Reply) -> None:
    """Nothing, where Graph has accepted a mail for sending and wants no pause. Raises SendError elsewhere.

    Anything but 202 is no acceptance of Graph's, and no refusal either: something in between may have answered.
    """
    if reply.status == _ACCEPTED and reply.pause is None:
        return
    if reply.status in _CHANGED:
        raise MailChanged(f"the draft was edited in the mailbox ({reply.in_words}); delete it there, then try again")
    if reply.is_success or reply.status in (404, 408):
        raise SendUncertain(f"Graph says {reply.in_words} to sending it", retry_after=reply.pause)
    raise _failure(reply, "send it")


def text(message: Mapping[str, Any], name: str) -> str:
    """A property that has to be there. Raises SendUncertain where it is not."""
    value = message.get(name)
    if not isinstance(value, str) or not value:
        raise SendUncertain(f"Graph did not answer as it should: a message without {name}")
    return value


def _failure(reply: Reply, doing: str) -> SendRefused | SendUnavailable | SendUncertain:
    said = f"Graph says {reply.in_words}, asked to {doing}"
    if reply.status == 429 or reply.code in _ENOUGH or (reply.status == 403 and reply.pause is not None):
        return SendUnavailable(said, retry_after=reply.pause)
    if reply.status == 403 or reply.code in _NO_MAILBOX:
        return MailboxClosed(f"{said}; see that the account has a mailbox in Exchange Online and agreed to send")
    if reply.status >= 500 or reply.status < 400:
        return SendUncertain(said, retry_after=reply.pause)
    if reply.status in (408, 409, 423):
        return SendUnavailable(said, retry_after=reply.pause)
    return SendRefused(f"{said}; this mail cannot be sent as it is")
