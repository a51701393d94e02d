"""Calls to Microsoft Graph: one request each, inside one deadline a step, with a token that is renewed on the way."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import requests

from app.core.clock import Clock
from app.core.errors import MailboxClosed, SendUnavailable
from integrations.credentials.microsoft import Key, MicrosoftAccess
from integrations.http import Answer, Deadline, call_once, open_session, retry_after

GRAPH = "https://graph.microsoft.com/v1.0"
_PREFER = 'IdType="ImmutableId"'
"""An id that a message keeps when it is moved and when it is sent."""
_AT_ONCE = 4
"""Requests that Exchange Online lets run for one mailbox at the same time."""
_IN_PLAIN = "$',/()"
"""What may stand in a query as it is: it reads better in a log of the provider's."""


class Unreadable(Exception):
    """Graph has answered what is no answer of Graph's."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What Graph said, in full."""

    status: int
    content: bytes
    pause: timedelta | None
    """How long Graph wants to be left alone; None where it does not say."""

    @property
    def is_success(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.status < 300

    @property
    def code(self) -> str:
        """Graph's own name of the error, such as `ErrorItemNotFound`; empty where it names none."""
        try:
            error = self.value()["error"]
            code = error["code"]
        except (Unreadable, KeyError, TypeError):
            return ""
        return code if isinstance(code, str) and code.isascii() and code.isprintable() and len(code) <= 80 else ""

    @property
    def in_words(self) -> str:
        """The status and the code; never the message, which quotes what it was given."""
        return f"{self.status} {self.code}".strip()

    def value(self) -> dict[str, Any]:
        """The JSON object. Raises Unreadable where there is none."""
        try:
            value = json.loads(self.content)
        except ValueError:
            raise Unreadable("the answer is no JSON") from None
        if not isinstance(value, dict):
            raise Unreadable("the answer is no JSON object")
        return value

    def values(self) -> list[dict[str, Any]]:
        """What a list holds. Raises Unreadable where it is none."""
        found = self.value().get("value")
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise Unreadable("the answer is no list")
        return found


class Graph:
    """Graph for every account of the house. Many threads ask at once."""

    def __init__(
        self,
        access: MicrosoftAccess,
        *,
        clock: Clock,
        base: str = GRAPH,
        ca_file: str | None = None,
        sessions: Callable[[str | None], requests.Session] = open_session,
    ) -> None:
        """`base` is Graph's address with its version; other clouds have their own."""
        self._access = access
        self._clock = clock
        self._base = base.rstrip("/")
        self._ca_file = ca_file
        self._sessions = sessions
        self._lock = threading.Lock()
        self._lanes: dict[str, threading.Semaphore] = {}

    @property
    def access(self) -> MicrosoftAccess:
        """How it gets at accounts."""
        return self._access

    @property
    def clock(self) -> Clock:
        """By which it reads how long Graph wants to be left alone."""
        return self._clock

    @contextmanager
    def step(self, account: str, needs: Sequence[str], *, seconds: float) -> Iterator[GraphStep]:
        """Calls for one account that take no longer than `seconds` in all, and not more at once than Graph allows.

        Raises MailboxClosed where somebody has to sign in, SendUnavailable where there is no getting through.
        """
        deadline, lane = Deadline(seconds), self._lane(account)
        if not lane.acquire(timeout=deadline.left()):
            raise SendUnavailable(f"{account} is busy with other calls; it is tried again")
        try:
            with self._sessions(self._ca_file) as session:
                yield GraphStep(
                    access=self._access,
                    account=account,
                    needs=tuple(needs),
                    base=self._base,
                    session=session,
                    deadline=deadline,
                    clock=self._clock,
                )
        finally:
            lane.release()

    def _lane(self, account: str) -> threading.Semaphore:
        with self._lock:
            return self._lanes.setdefault(account, threading.Semaphore(_AT_ONCE))


class GraphStep:
    """The calls of one step. It is for one thread."""

    def __init__(
        self,
        *,
        access: MicrosoftAccess,
        account: str,
        needs: Sequence[str],
        base: str,
        session: requests.Session,
        deadline: Deadline,
        clock: Clock,
    ) -> None:
        self.deadline = deadline
        self.account = account
        self._access = access
        self._needs = needs
        self._base = base
        self._session = session
        self._clock = clock
        self._key: Key | None = None

    def call(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        value: object = None,
        mime: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Ask once; a token that Graph takes no more is renewed, for then it has done nothing yet.

        `value` travels as JSON, `mime` in base64 as Graph wants it; `path` begins after `/me`.
        Raises NotReached, NotAnswered, MailboxClosed and SendUnavailable.
        """
        head, body = dict(headers or {}), b"" if method == "POST" else None
        if value is not None:
            head["Content-Type"], body = "application/json", json.dumps(value).encode()
        elif mime is not None:
            head["Content-Type"], body = "text/plain", base64.b64encode(mime)
        tail = f"{path}?{urlencode(query, quote_via=quote, safe=_IN_PLAIN)}" if query else path
        return self._asked(method, tail, head, body)

    def follow(self, link: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        """The page behind a link of Graph's. Raises Unreadable where it leads elsewhere, and what `call` raises."""
        if not link.startswith(f"{self._base}/"):
            raise Unreadable("a link of the answer leads away from Graph")
        return self._asked("GET", link[len(self._base) :], dict(headers or {}), None, rooted=False)

    def put_piece(self, address: str, piece: bytes, *, at: int, of: int) -> Reply:
        """One piece of a file, to the address that Graph gave for it. The address is the key: no token goes along."""
        if urlsplit(address).scheme != urlsplit(self._base).scheme:
            raise Unreadable("the address for the file is not encrypted")
        head = {
            "Content-Type": "application/octet-stream",
            "Content-Range": f"bytes {at}-{at + len(piece) - 1}/{of}",
        }
        return self._reply(call_once(self._session, "PUT", address, deadline=self.deadline, headers=head, body=piece))

    def _asked(
        self, method: str, tail: str, head: Mapping[str, str], body: bytes | None, *, rooted: bool = True
    ) -> Reply:
        key = self._key = self._key or self._renewed()
        answer = self._once(method, key, f"{key.root}{tail}" if rooted else tail, head, body)
        if answer.status == 401:
            key = self._key = self._renewed(refused=key.token)
            answer = self._once(method, key, f"{key.root}{tail}" if rooted else tail, head, body)
        if answer.status == 401:
            raise MailboxClosed(
                f"Graph refuses a new token for {self.account}; "
                f"run `countersign accounts connect microsoft --account {self.account}`"
            )
        return self._reply(answer)

    def _once(self, method: str, key: Key, tail: str, head: Mapping[str, str], body: bytes | None) -> Answer:
        prefer = ", ".join(filter(None, (_PREFER, head.get("Prefer"))))
        whole = {"Accept": "application/json", **head, "Prefer": prefer, "Authorization": f"Bearer {key.token}"}
        address = f"{self._base}{tail}"
        return call_once(self._session, method, address, deadline=self.deadline, headers=whole, body=body)

    def _renewed(self, *, refused: str = "") -> Key:
        return self._access.key(self.account, self._needs, deadline=self.deadline, refused=refused)

    def _reply(self, answer: Answer) -> Reply:
        pause = retry_after(answer.headers, now=self._clock.now())
        return Reply(status=answer.status, content=answer.content, pause=pause)
