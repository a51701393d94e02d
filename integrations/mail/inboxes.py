"""What the inboxes of all providers have in common: troubles in the port's words, and headers as they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.utils import getaddresses

from app.core.errors import MailboxClosed, SendError
from app.core.inbox import HEADERS, InboxClosed, InboxUnavailable
from integrations.addresses import address_key

DAYS_BACK = timedelta(days=7)
"""How far back a mailbox is listed anew."""
_LONGEST = 10_000


@contextmanager
def in_words_of_the_port() -> Iterator[None]:
    """What a provider's modules raise about sending, as the port for reading has it."""
    try:
        yield
    except MailboxClosed as error:
        raise InboxClosed(str(error), retry_after=error.retry_after) from None
    except SendError as error:
        raise InboxUnavailable(str(error), retry_after=_pause(error)) from None


def kept_headers(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Those that the port names, in lower case; each no longer than any honest one is."""
    return tuple((name.lower(), value[:_LONGEST]) for name, value in pairs if name.lower() in HEADERS)


def addresses_of(*values: str) -> tuple[str, ...]:
    """The bare addresses of headers, each once. What is none is left out."""
    found = (address_key(address) for _, address in getaddresses([value[:_LONGEST] for value in values]))
    return tuple(dict.fromkeys(address for address in found if address.count("@") == 1))


def _pause(error: SendError) -> timedelta | None:
    pause = getattr(error, "retry_after", None)
    return pause if isinstance(pause, timedelta) else None
