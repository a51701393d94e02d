"""How a test says where it hurts: the calls of a provider carry the step that they belong to."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from app.core.ports import Handle, MailProvider, Manner, OutgoingMail, Receipt
from integrations.http import open_session
from tests.support.provider.faults import Step

_IMPATIENCE = 0.1
_ONE = r"/messages/[^/?]+(\?|$)"
MAIN: Mapping[Step, str] = {
    Step.PREPARE: r"POST .*(/me/messages|/createReply)$",
    Step.VERIFY: r"GET .*/\$value$",
    Step.SEND: r"POST .*/send$",
    Step.CONFIRM: rf"GET .*{_ONE}",
    Step.FIND: rf"GET .*{_ONE}",
}
"""The call that does what the step is for."""
ASIDE: Mapping[Step, str] = {
    Step.PREPARE: r"PATCH .*",
    Step.VERIFY: rf"GET .*{_ONE}",
    Step.SEND: rf"GET .*{_ONE}",
}
"""A call that a step makes besides."""


class Marked:
    """A provider whose calls are marked. `sessions` is what its Graph has to call through."""

    def __init__(self, calls: Mapping[Step, str] = MAIN) -> None:
        self.impatient_at: Step | None = None
        """The step whose next marked call is given up soon, for it will not be answered."""
        self._calls = {step: re.compile(pattern) for step, pattern in calls.items()}
        self._now = threading.local()

    def sessions(self, ca_file: str | None) -> requests.Session:
        """A session as the product opens it, whose requests are marked on their way."""
        session = open_session(ca_file)
        session.mount("http://", _Marking(self))
        return session

    def provider(self, inside: MailProvider) -> MailProvider:
        """The provider, whose steps are known while they last."""
        return _Stepped(inside, self.during)

    @contextmanager
    def during(self, step: Step) -> Iterator[None]:
        """This thread is at the step."""
        self._now.step = step
        try:
            yield
        finally:
            self._now.step = None

    def mark(self, request: requests.PreparedRequest) -> float | None:
        """Say in the request which step it is for; the seconds for which its answer is waited for, if few."""
        step: Step | None = getattr(self._now, "step", None)
        if step not in self._calls or not self._calls[step].match(f"{request.method} {request.url}"):
            return None
        request.headers["X-Step"] = step.value
        if step is not self.impatient_at:
            return None
        self.impatient_at = None
        return _IMPATIENCE


class _Marking(HTTPAdapter):
    def __init__(self, marked: Marked) -> None:
        super().__init__(max_retries=0)
        self._marked = marked

    def send(self, request: requests.PreparedRequest, *args: Any, **named: Any) -> requests.Response:
        """Mark it, and send it."""
        seconds = self._marked.mark(request)
        if seconds is not None:
            named["timeout"] = seconds
        return super().send(request, *args, **named)


class _Stepped:
    def __init__(self, inside: MailProvider, during: Callable[[Step], Any]) -> None:
        self._inside = inside
        self._during = during

    @property
    def name(self) -> str:
        """As inside."""
        return self._inside.name

    @property
    def manner(self) -> Manner:
        """As inside."""
        return self._inside.manner

    def prepare(self, mail: OutgoingMail) -> Handle:
        """As inside."""
        with self._during(Step.PREPARE):
            return self._inside.prepare(mail)

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """As inside."""
        with self._during(Step.VERIFY):
            self._inside.verify(mail, handle)

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """As inside."""
        with self._during(Step.SEND):
            return self._inside.send(mail, handle)

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """As inside."""
        with self._during(Step.CONFIRM):
            return self._inside.confirm(mail, answer)

    def find(self, send_id: str, handle: Handle) -> Receipt | None:
        """As inside."""
        with self._during(Step.FIND):
            return self._inside.find(send_id, handle)
