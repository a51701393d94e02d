"""Everything that can go wrong on purpose, as one tree; each message says what to do.

```
CountersignError
├── InvalidInput            what was handed in is not valid; names the field      (exit 2, HTTP 422)
│   ├── InvalidDraft
│   ├── InvalidPolicy       with file, line and column
│   └── InvalidWorld
├── NotFound                no such draft, commitment, person                      (exit 2, HTTP 404)
├── Conflict                somebody or something was first                        (exit 1, HTTP 409)
│   ├── StaleVersion        the compare-and-set lost
│   ├── StaleDigest         the decision names other bytes than those at hand
│   ├── AlreadyDecided      somebody else's word ended the question; says whose, and when
│   ├── MoveNotAllowed      the lifecycle has no such move
│   └── ReusedKey           the same client id with other content
├── NotPermitted            this person may not do that                            (exit 1, HTTP 403)
│   ├── StepUpRequired      not without a fresh proof of who they are
│   └── WrongCode           the code proves nothing
├── TooManyTries            come back later; says when                             (exit 1, HTTP 429)
├── Busy                    more waits than can leave; nothing was taken in        (exit 1, HTTP 503)
├── NotAvailable            a part that is not there; says what it needs            (exit 1, HTTP 501)
├── FactUnavailable         a source of facts failed or was too slow               (becomes a review)
├── TablesUnfit             this code cannot work on the database's tables         (exit 1, HTTP 503)
├── NotDelivered            a notice that was not carried; tried again later        (exit 1)
│   └── Undeliverable       and trying again will not help
├── AuditBroken             the trail does not verify                              (exit 1)
└── SendError
    ├── SendRefused         certainly not sent, and trying again will not help
    │   ├── UnfaithfulMessage   the bytes would not say what was approved
    │   └── MailChanged     what lies ready in the mailbox is not what was approved, or is gone
    ├── SendUnavailable     certainly not sent; try again later
    │   └── MailboxClosed   nobody has let the gate into the mailbox: it waits until somebody does
    └── SendUncertain       may have been sent: ask the provider, never resend
```
"""

from __future__ import annotations

from datetime import timedelta


class CountersignError(Exception):
    """The root. `str(error)` is one line that says what to do."""


class InvalidInput(CountersignError):
    """What was handed in is not valid. `field` is the path of the offending part, such as `to[0]`."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(f"{field}: {message}" if field else message)
        self.field = field


class InvalidDraft(InvalidInput):
    """A draft that cannot be taken in."""


class InvalidWorld(InvalidInput):
    """A world folder with a file that cannot be read as what it should be."""


class InvalidPolicy(InvalidInput):
    """A policy file that cannot be published. Lines and columns count from 1."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        place = f"line {line}, column {column}" if line is not None else None
        super().__init__(message, field=place)
        self.line = line
        self.column = column


class NotFound(CountersignError):
    """No such thing."""

    def __init__(self, what: str, id: str) -> None:
        super().__init__(f"there is no {what} '{id}'")


class Conflict(CountersignError):
    """Somebody or something was first; read again and decide again."""


class StaleVersion(Conflict):
    """The row has moved on since it was read."""

    def __init__(self, draft_id: str, version: int, *, matter: str = "draft") -> None:
        super().__init__(f"{matter} {draft_id} has moved on since version {version}; read it again")


class StaleDigest(Conflict):
    """The decision names other bytes than those that would be sent."""

    def __init__(self, draft_id: str, current: str, *, matter: str = "draft") -> None:
        super().__init__(
            f"{matter} {draft_id} has changed since it was shown; its digest is now {current}: "
            "read it again and decide"
        )


class AlreadyDecided(Conflict):
    """The question has been answered. `by` is who did, `at` the moment as text."""

    def __init__(self, draft_id: str, *, verdict: str, by: str, at: str, matter: str = "draft") -> None:
        super().__init__(f"{matter} {draft_id} was already decided: {by} said {verdict} at {at}")
        self.by = by
        self.at = at


class MoveNotAllowed(Conflict):
    """The lifecycle has no such move."""

    def __init__(self, *, draft_id: str, source: str, target: str, matter: str = "draft") -> None:
        super().__init__(f"{matter} {draft_id} is {source} and cannot become {target}")


class ReusedKey(Conflict):
    """A client id or idempotency key that was used for another content."""

    def __init__(self, key: str, draft_id: str, *, matter: str = "draft") -> None:
        or_else = ", or edit that draft" if matter == "draft" else ""
        super().__init__(f"'{key}' was used for {matter} {draft_id} with other content; use a new client id{or_else}")


class NotPermitted(CountersignError):
    """This person may not do that."""


class StepUpRequired(NotPermitted):
    """The rule demands a fresh proof of who decides."""


class WrongCode(NotPermitted):
    """A code that is wrong, used up or too old. Which of them is not told: that would help those who guess."""


class TooManyTries(CountersignError):
    """Too much was tried in too little time. `until` is the moment, as text, from which it may be tried again."""

    def __init__(self, message: str, *, until: str) -> None:
        super().__init__(f"{message}; try again after {until}")
        self.until = until


class Busy(CountersignError):
    """More waits to leave than the workers keep up with: nothing new is taken in. `retry_after` says for how long."""

    def __init__(self, waiting: int, *, retry_after: timedelta) -> None:
        seconds = round(retry_after.total_seconds())
        super().__init__(
            f"more than {waiting} mails are overdue to leave: hand it in again in {seconds} s, or start more workers"
        )
        self.retry_after = retry_after


class NotAvailable(CountersignError):
    """A part that is not there."""

    def __init__(self, needs: str) -> None:
        super().__init__(f"not available yet: needs {needs}")


class FactUnavailable(CountersignError):
    """A source of facts failed. `source` names it."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class TablesUnfit(CountersignError):
    """The database's tables are of a version on which this code cannot work, older or newer."""


class NotDelivered(CountersignError):
    """A notice did not get to whom it is for, or nobody knows whether it did."""


class Undeliverable(NotDelivered):
    """A notice did not get to whom it is for, and trying again will not help."""


class AuditBroken(CountersignError):
    """The trail does not verify. `seq` is the first event that does not fit."""

    def __init__(self, message: str, *, seq: int | None = None) -> None:
        super().__init__(message)
        self.seq = seq


class SendError(CountersignError):
    """Sending went wrong."""


class SendRefused(SendError):
    """Certainly not sent, and trying again will not help."""


class UnfaithfulMessage(SendRefused):
    """The mail as it would be sent does not say what was approved. `part` names where it differs."""

    def __init__(self, part: str, *, draft_id: str) -> None:
        super().__init__(
            f"draft {draft_id} was not sent: no mail can be written whose {part} reads as approved; edit or reject it"
        )
        self.part = part


class MailChanged(SendRefused):
    """What lies ready in the mailbox was changed or taken away after it was put there, so it is not sent."""


class SendUnavailable(SendError):
    """Certainly not sent; try again later, and not before `retry_after` where the provider has named a stretch."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class MailboxClosed(SendUnavailable):
    """The mailbox does not let the gate in: its owner has to sign in again. Nothing is lost meanwhile."""


class SendUncertain(SendError):
    """May have been sent. Ask the provider, not before `retry_after` where it named a stretch; never send blindly."""

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
