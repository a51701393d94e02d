"""What comes into the mailboxes of the house, and the port through which the gate hears of it.

```
CountersignError
└── InboxUnavailable    the mailbox cannot be read now; nothing is lost, it is looked at again later
    └── InboxClosed     its owner has to let the gate in first
```
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.core.errors import CountersignError

HEADERS = frozenset(
    {
        "auto-submitted",
        "content-type",
        "in-reply-to",
        "precedence",
        "references",
        "return-path",
        "x-auto-response-suppress",
        "x-autoreply",
        "x-autorespond",
        "x-countersign-draft",
        "x-failed-recipients",
        "x-google-original-message-id",
    }
)
"""The headers, in lower case, that tell what a mail is and what it answers; no other is kept."""


class InboxUnavailable(CountersignError):
    """The mailbox cannot be read now; not before `retry_after` where the provider has named a stretch."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class InboxClosed(InboxUnavailable):
    """Nobody has let the gate in, or no more: the message says who has to do what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Incoming:
    """One mail as it lies in a mailbox, without its words."""

    key: str
    """What the provider calls this copy: the same for ever, however often it is told of."""
    message_id: str
    """With its angle brackets; empty where it has none."""
    thread_id: str
    """What the provider calls the conversation, in this mailbox."""
    sender: str
    """The bare address; empty where none stands there."""
    recipients: tuple[str, ...]
    """To and Cc, bare."""
    subject: str
    headers: tuple[tuple[str, str], ...]
    """Those of `HEADERS`, names in lower case, in their order; a name may come more than once."""
    received_at: datetime
    """When it got there, by the provider's clock; for the owner's own mail, when it left."""
    is_own: bool = False
    """Whether the owner of the mailbox sent it."""

    def header(self, name: str) -> str:
        """The first header of this lower-case name; empty where there is none."""
        return next((value for found, value in self.headers if found == name), "")

    def has(self, name: str) -> bool:
        """Whether there is such a header, be it empty."""
        return any(found == name for found, _ in self.headers)


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What has come since the cursor."""

    messages: tuple[Incoming, ...]
    """Oldest first as far as the provider tells. One may come again; who takes it in knows it by its key."""
    cursor: str
    """Where to go on from. Opaque, without any secret, and kept by the caller once the messages are taken in."""
    is_full: bool
    """Whether the provider no longer knew what had changed, so that the last days were listed anew."""
    has_more: bool
    """Whether more waits already."""


class Inbox(Protocol):
    """The mailboxes at one provider. A call changes nothing there, and lasts no longer than `CALL_BUDGET`.

    Every method raises InboxClosed or InboxUnavailable. Many threads ask at once.
    """

    def changes(self, account: str, cursor: str) -> Changes:
        """Some of what came in or was sent since the cursor, drafts, spam and the bin left aside.

        With an empty cursor the last days are listed.
        """
        ...

    def raw(self, account: str, key: str) -> bytes | None:
        """The mail as RFC 5322 bytes; None where it is gone, or too long to be looked into."""
        ...
