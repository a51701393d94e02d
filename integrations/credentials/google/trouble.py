"""What can go wrong on the way to Google, as neither mail nor calendars name it. No message holds a secret."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

from integrations.http import Answer, retry_after

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,60}")
_RETRY_AT = re.compile(r"[Rr]etry after (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)")
_LIMITS = re.compile(r"(?i).*(?:limit|quota|exhausted).*")
NO_API = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})


class GoogleTrouble(Exception):
    """The root: Google has certainly not done what it was asked, unless a Refusal is a 5xx or a success."""


class NotLetIn(GoogleTrouble):
    """Somebody has to act: sign in again, grant a scope, mend the house's application. The message says which."""


class NoToken(GoogleTrouble):
    """The place that gives out tokens failed; the API was not asked. `pause`: how long it wants to be left alone."""

    def __init__(self, message: str, *, pause: timedelta | None = None) -> None:
        super().__init__(message)
        self.pause = pause


class Refusal(GoogleTrouble):
    """An answer that is no plain success: a refusal, or a success that asks for quiet."""

    def __init__(self, *, status: int, reason: str, pause: timedelta | None = None) -> None:
        """`reason` is Google's own code, such as `rateLimitExceeded`; empty where it gave none."""
        super().__init__(f"Google says {status} {reason}".rstrip())
        self.status = status
        self.reason = reason
        self.pause = pause

    @property
    def is_limit(self) -> bool:
        """Whether too much was asked, and later it may be asked again."""
        return self.status == 429 or (self.status == 403 and bool(_LIMITS.match(self.reason)))


def refusal(answer: Answer, *, now: datetime) -> Refusal:
    """The answer as a Refusal: its code and the pause it names, in the header or, as Gmail does, in the text."""
    reason, message = _error_of(answer.content)
    pause = retry_after(answer.headers, now=now)
    named = _RETRY_AT.search(message)
    if pause is None and named:
        pause = max(datetime.fromisoformat(named[1]) - now, timedelta(0))
    return Refusal(status=answer.status, reason=reason, pause=pause)


def error_code(content: bytes) -> str:
    """The code of an error of the token endpoint, such as `invalid_grant`; empty where it gave none."""
    try:
        code = json.loads(content)["error"]
    except (ValueError, KeyError, TypeError):
        return ""
    return _word(code)


def _error_of(content: bytes) -> tuple[str, str]:
    """The code and the text of an API's error."""
    try:
        error = json.loads(content)["error"]
        details = error.get("errors") or [{}]
        return _word(details[0].get("reason") or error.get("status")), str(error.get("message", ""))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return "", ""


def _word(value: object) -> str:
    """A code, and nothing that could be more than one."""
    return value if isinstance(value, str) and _WORD.fullmatch(value) else ""
