"""HTTP to the mailbox server, by the rules of the port: what was certainly not done, and what nobody knows."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.core.errors import MailboxClosed, SendRefused, SendUnavailable, SendUncertain
from tests.support.provider.faults import Step

_PATIENCE = 20.0
"""Seconds, far more than the server needs on a busy machine."""
_IMPATIENCE = 0.1


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the server said in full, where it understood the call."""

    status: int
    value: Any = None

    @property
    def is_there(self) -> bool:
        """Whether what the call was about exists."""
        return self.status != 404


class Wire:
    """One HTTP call a connection: nothing in between could send it a second time."""

    def __init__(self, port: int, mailbox: str) -> None:
        self.impatient_at: Step | None = None
        """The step whose next call is given up soon, for it will not be answered."""
        self._port = port
        self._mailbox = mailbox
        self._token = ""

    def call(self, step: Step | None, method: str, path: str, *, body: bytes = b"", **headers: str) -> Reply:
        """What the server answers. Raises SendError by the rules of the port; each says whether it may have acted."""
        sent = {"X-Step": step.value} if step else {}
        patience = _PATIENCE
        if step is not None and step is self.impatient_at:
            patience, self.impatient_at = _IMPATIENCE, None
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if not self._token:
            self._renew()
        status, answer, pause = self._once(method, path, body, sent, patience)
        if status == 401:
            self._renew()
            status, answer, pause = self._once(method, path, body, sent, patience)
        if status in (401, 403, 429):
            raise SendUnavailable(f"the mailbox says {status}", retry_after=pause)
        if status >= 500:
            raise SendUncertain(f"the mailbox says {status}", retry_after=pause)
        if status in (404, 412):
            return Reply(status=status)
        if status >= 400:
            raise SendRefused(f"the mailbox says {status}; this mail cannot be sent as it is")
        if pause is not None:  # it did what it was asked, and wants quiet
            error = SendUncertain if step is Step.SEND else SendUnavailable
            raise error("the mailbox wants to be asked later", retry_after=pause)
        try:
            return Reply(status=status, value=json.loads(answer))
        except ValueError as error:
            raise SendUncertain("the mailbox answered what nobody can read") from error

    def _once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], patience: float
    ) -> tuple[int, bytes, timedelta | None]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=patience)
        try:
            connection.connect()
        except OSError as error:
            raise SendUnavailable(f"the mailbox cannot be reached: {error}") from error
        try:
            credentials = {"Authorization": f"Bearer {self._token}"}
            connection.request(method, f"/mail/{self._mailbox}/{path}", body, {**headers, **credentials})
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise SendUncertain(f"the mailbox did not answer: {type(error).__name__}") from error
        finally:
            connection.close()
        named = answer.headers.get("Retry-After")
        return answer.status, content, timedelta(seconds=int(named)) if named else None

    def _renew(self) -> None:
        """A new token. Raises MailboxClosed where the owner has to sign in."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_PATIENCE)
        try:
            connection.request("POST", f"/token/{self._mailbox}")
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise SendUnavailable(f"no new token: {error}") from error
        finally:
            connection.close()
        if answer.status != 200:
            raise MailboxClosed(f"{self._mailbox} has to sign in again")
        self._token = json.loads(content)["token"]


def read(value: Any, name: str) -> Any:
    """The part of an answer with this name. Raises SendUncertain where it has none."""
    try:
        return value[name]
    except (KeyError, TypeError, IndexError) as error:
        raise SendUncertain(f"the mailbox answered without {name}") from error
