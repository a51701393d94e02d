"""The way to a CRM: one request a call, none while the CRM wants to be left alone, and its answers in plain words."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta

import requests

from app.core.clock import Clock
from app.core.errors import FactUnavailable
from app.core.ports import CALL_BUDGET
from integrations.crm.kept import SOURCE
from integrations.http import GRACE_SECONDS, Answer, Deadline, NotAnswered, NotReached, call_once, open_session
from integrations.http import retry_after as stated_pause

STEP_SECONDS = CALL_BUDGET.total_seconds() - GRACE_SECONDS
"""How long the calls of one step may take in all."""
USUAL_PAUSE = timedelta(seconds=10)
"""For how long a CRM is left alone that says `too many` and not for how long."""
_TOO_MANY = 429
_BUSY = 503


class Trouble(Exception):
    """The CRM did not do what it was asked. Its text holds no secret."""


class NotLetIn(Trouble):
    """The CRM lets the gate in no more, or never did. Its text says who has to do what."""


class Resting(Trouble):
    """The CRM wants to be left alone. Nothing was asked."""


class Refused(Trouble):
    """The CRM answered, and the answer is an error. `code` is its own name for it, `field` a field it does not know.

    `later`: it was asked too often. From 500 on nobody knows how far it came before it went wrong.
    """

    def __init__(self, system: str, status: int, code: str = "", *, field: str = "", later: bool = False) -> None:
        unknown = f"{system} knows no field '{field}'; mend crm-fields.yaml"
        super().__init__(unknown if field else f"{system} answers {status} {code}".strip())
        self.status = status
        self.code = code
        self.field = field
        self.later = later or status == _TOO_MANY


class Unreadable(Trouble):
    """The CRM answered what is no answer of such a CRM."""


class Line:
    """Calls to one CRM. Many threads may call at once."""

    def __init__(
        self,
        system: str,
        *,
        clock: Clock,
        ca_file: str | None = None,
        sessions: Callable[[str | None], requests.Session] = open_session,
    ) -> None:
        """`system` is the CRM's name as people read it; `clock` is the real time, by which its pauses go."""
        self.system = system
        self._clock = clock
        self._ca_file = ca_file
        self._sessions = sessions
        self._lock = threading.Lock()
        self._quiet_until: datetime | None = None

    @contextmanager
    def session(self) -> Iterator[requests.Session]:
        """A session for the calls of one thread."""
        with self._sessions(self._ca_file) as session:
            yield session

    def call(
        self,
        session: requests.Session,
        method: str,
        url: str,
        *,
        deadline: Deadline,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """One request. Raises Resting, NotReached or NotAnswered; what the CRM answers is returned."""
        self._require_awake()
        answer = call_once(session, method, url, deadline=deadline, headers=headers, body=body)
        if answer.status in (_TOO_MANY, _BUSY):
            now = self._clock.now()
            self.rest(stated_pause(answer.headers, now=now) or (USUAL_PAUSE if answer.status == _TOO_MANY else None))
        return answer

    def rest(self, pause: timedelta | None = USUAL_PAUSE) -> None:
        """Call nothing for this long."""
        if pause:
            with self._lock:
                self._quiet_until = max(self._quiet_until or self._clock.now(), self._clock.now() + pause)

    def _require_awake(self) -> None:
        with self._lock:
            until = self._quiet_until
        left = until - self._clock.now() if until else timedelta(0)
        if left > timedelta(0):
            raise Resting(f"{self.system} wants to be left alone for {left.total_seconds():.0f} s more")


@contextmanager
def told(system: str) -> Iterator[None]:
    """Whatever goes wrong inside, as a fact that cannot be had."""
    try:
        yield
    except (NotReached, NotAnswered) as error:
        raise FactUnavailable(SOURCE, f"{system} does not answer: {error}; look whether it is up") from None
    except Trouble as error:
        raise FactUnavailable(SOURCE, str(error)) from None
