"""Where a provider can go wrong, and how."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Step(StrEnum):
    """The steps of the port, as it names them."""

    PREPARE = "prepare"
    VERIFY = "verify"
    SEND = "send"
    CONFIRM = "confirm"
    FIND = "find"


class Fault(StrEnum):
    """What goes wrong with one call. Those that begin with `done` come after the provider has done what was asked."""

    UNANSWERED = "done, unanswered"
    ERROR_AFTER = "done, then 500"
    SLOW_DOWN = "done, retry after"
    SLOW = "done, too slow"
    TRUNCATED = "done, truncated"
    GARBAGE = "done, garbage"
    REPEATED = "repeated on the way"
    DROPPED = "dropped"
    ERROR_BEFORE = "500"
    THROTTLED = "429, retry after"
    BUSY = "503, retry after"
    NO_QUOTA = "quota gone"
    EXPIRED = "token expired"
    REVOKED = "token revoked"
    EDITED = "draft edited"
    DELETED = "draft deleted"
    SENT_BY_HAND = "draft sent by hand"


BY_HAND = frozenset({Fault.EDITED, Fault.DELETED, Fault.SENT_BY_HAND})
"""What the owner of the mailbox does right before the call arrives."""

ASKS_TO_WAIT = frozenset({Fault.SLOW_DOWN, Fault.THROTTLED, Fault.BUSY, Fault.NO_QUOTA})
"""What comes with a Retry-After."""

RETRY_AFTER = timedelta(minutes=2)
"""What the server asks for."""
