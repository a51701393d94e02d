"""Calls to Google's API: googleapiclient writes and reads them, and they are made here, each once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, cast
from urllib.parse import urlsplit

import httplib2  # type: ignore[import-untyped]
import requests
from googleapiclient.discovery import build_from_document  # type: ignore[import-untyped]
from googleapiclient.discovery_cache import get_static_doc  # type: ignore[import-untyped]
from googleapiclient.errors import Error as GoogleApiError  # type: ignore[import-untyped]
from googleapiclient.http import HttpRequest  # type: ignore[import-untyped]

from app.core.clock import Clock
from integrations.credentials.google.tokens import Keys, Token, connect
from integrations.credentials.google.trouble import NotLetIn, Refusal, refusal
from integrations.http import Answer, Deadline, NotAnswered, call_once, open_session, retry_after

_RESUME = 308
"""What an upload answers that wants more, and no redirect."""

Json = dict[str, Any]
"""An answer as the API's discovery document describes it."""


def api(name: str, version: str, *, root: str | None = None) -> Any:
    """googleapiclient's resource for an API, by the description that it carries; nothing is fetched.

    `root` replaces the address of Google, in uploads too. The result is for many threads: it holds no connection,
    and every request is executed by a `Caller`.
    """
    document = json.loads(get_static_doc(name, version))
    if root is not None:
        document["rootUrl"] = f"{root.rstrip('/')}/"
    return build_from_document(document, http=_NoHttp())


class Caller:
    """The calls of one step into one account. For one thread."""

    def __init__(
        self, keys: Keys, account: str, *, session: requests.Session, deadline: Deadline, clock: Clock
    ) -> None:
        self.account = account
        self.deadline = deadline
        self._keys = keys
        self._session = session
        self._clock = clock
        self._token: Token | None = None

    @classmethod
    @contextmanager
    def open(cls, keys: Keys, account: str, *, seconds: float, clock: Clock, ca_file: str | None) -> Iterator[Caller]:
        """A caller whose step may take so many seconds in all."""
        with open_session(ca_file) as session:
            yield cls(keys, account, session=session, deadline=Deadline(seconds), clock=clock)

    @property
    def scopes(self) -> tuple[str, ...]:
        """What the account's owner agreed to. Raises NotLetIn or NoToken."""
        return self._given().scopes

    def call(self, request: HttpRequest) -> Json:
        """What the API answers. Raises Refusal, NotLetIn, NoToken, NotReached or NotAnswered."""
        try:
            answer = request.execute(http=_Carrier(self, _origin(request.uri)), num_retries=0)
        except (ValueError, GoogleApiError):
            raise NotAnswered("the answer is not what an API answers") from None
        if answer == "":
            return {}
        if not isinstance(answer, dict):
            raise NotAnswered("the answer is not what an API answers")
        return cast(Json, answer)

    def once(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        """One request, with a token. A token that Google does not take did nothing, so one more is asked with."""
        answer = self._with(self._given(), method, url, headers, body)
        if answer.status == 401:
            self._token = self._keys.renewed(self._given(), self.deadline)
            answer = self._with(self._token, method, url, headers, body)
        if answer.status == 401:
            raise NotLetIn(f"Google refuses a fresh token of {self.account}; run {connect(self.account)}")
        now = self._clock.now()
        pause = retry_after(answer.headers, now=now)
        if not answer.is_success and answer.status != _RESUME:
            raise refusal(answer, now=now)
        if pause is not None:
            raise Refusal(status=answer.status, reason="", pause=pause)
        return answer

    def _given(self) -> Token:
        if self._token is None:
            self._token = self._keys.token(self.account, self.deadline)
        return self._token

    def _with(self, token: Token, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        carrying = {**headers, "authorization": f"Bearer {token.value}"}
        return call_once(self._session, method, url, deadline=self.deadline, headers=carrying, body=body)


class _Carrier:
    """What googleapiclient takes for its HTTP library. It sends tokens to one origin only."""

    def __init__(self, caller: Caller, origin: str) -> None:
        self._caller = caller
        self._origin = origin

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: str | bytes | BinaryIO | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> tuple[httplib2.Response, bytes]:
        if not _may_go_on(self._origin, _origin(uri)):
            raise NotAnswered("Google names another server to go on at")
        content = body.encode() if isinstance(body, str) else body
        if content is not None and not isinstance(content, bytes):
            content = content.read()
        sent = {name: str(value) for name, value in (headers or {}).items() if name.lower() not in _OURS}
        answer = self._caller.once(method, uri, sent, content)
        told = {name.lower(): value for name, value in answer.headers.items()}
        return httplib2.Response({**told, "status": str(answer.status)}), answer.content


class _NoHttp:
    """Holds the place of a connection: a request that is executed by no Caller must not leave."""

    def request(self, *_: object, **__: object) -> tuple[httplib2.Response, bytes]:
        raise AssertionError("a request to Google has to be executed by a Caller")

    def close(self) -> None:
        """Nothing is open."""


_GOOGLE = ".googleapis.com"
_OURS = frozenset({"authorization", "content-length", "accept-encoding"})
"""Headers that the session writes."""


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _may_go_on(begun: str, named: str) -> bool:
    """Whether a call that began at one place may go on at another: an upload does so among Google's servers."""
    both = (begun, named)
    return begun == named or all(each.startswith("https://") and each.endswith(_GOOGLE) for each in both)
