"""Calls to HubSpot through hubspot-api-client: each request once and in time, with a token renewed on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from types import ModuleType
from typing import Any, TypeVar
from urllib.parse import urlencode

import requests
from hubspot import HubSpot  # type: ignore[import-untyped] # the library ships no types

from app.core.clock import Clock
from app.core.grants import Grants
from integrations.crm.line import STEP_SECONDS, USUAL_PAUSE, Line, Refused, Trouble, Unreadable
from integrations.crm.tokens import Revoked, Secret, Token, Tokens
from integrations.http import Answer, Deadline

T = TypeVar("T")

PROVIDER = "hubspot"
SYSTEM = "HubSpot"
HOST = "https://api.hubapi.com"
_CODE = re.compile(r"[\w.-]{1,80}")
_DAILY = "DAILY"
_REFUSED_TOKEN = 401
_GONE = 404


@dataclass(frozen=True, kw_only=True, slots=True)
class HubspotApp:
    """The house's app. A private app's token is never renewed and needs neither id nor secret."""

    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    host: str = HOST
    ca_file: str | None = None
    """Whose certificates are believed; None: those that the system believes."""


class _TokenRefused(Trouble):
    """HubSpot takes the token no more."""


@dataclass(slots=True)
class _Response:
    """An answer in the shape that the library reads. It puts the decoded text back into `data`."""

    answer: Answer
    data: bytes | str

    @property
    def status(self) -> int:
        return self.answer.status

    def getheader(self, name: str, default: str | None = None) -> str | None:
        return self.answer.headers.get(name, default)

    def getheaders(self) -> Mapping[str, str]:
        return self.answer.headers


class _Rest:
    """What the library calls through, in place of its own pool: each of its requests is one on the line."""

    def __init__(self, line: Line, session: requests.Session, deadline: Callable[[], Deadline]) -> None:
        self._line = line
        self._session = session
        self._deadline = deadline

    def __getattr__(self, method: str) -> Callable[..., _Response]:
        """`GET`, `POST`, `PATCH` or `DELETE`."""
        if method not in ("GET", "POST", "PATCH", "DELETE"):
            raise AttributeError(method)
        return partial(self._request, method)

    def _request(
        self,
        method: str,
        url: str,
        *,
        query_params: Sequence[tuple[str, object]] | None = None,
        headers: Mapping[str, str] | None = None,
        post_params: Sequence[tuple[str, str]] | None = None,
        body: object = None,
        **_: object,
    ) -> _Response:
        whole = f"{url}?{urlencode([(name, _plain(value)) for name, value in query_params])}" if query_params else url
        data = urlencode(list(post_params)).encode() if post_params else None
        if body is not None:
            data = json.dumps(body).encode()
        answer = self._line.call(self._session, method, whole, deadline=self._deadline(), headers=headers, body=data)
        if answer.is_success:
            _require_object(answer)
            return _Response(answer, answer.content)
        if answer.status == _REFUSED_TOKEN:
            raise _TokenRefused("HubSpot takes the token no more")
        raise self._refused(answer)

    def _refused(self, answer: Answer) -> Refused:
        """HubSpot's category and whose limit it was; never its message, which quotes what it was given."""
        try:
            error = json.loads(answer.content)
            stated = error.get("category") or error.get("status") or ""
            is_daily = error.get("policyName") == _DAILY
        except (ValueError, AttributeError):
            stated, is_daily = "", False
        if is_daily:
            self._line.rest(USUAL_PAUSE * 60)
        return Refused(SYSTEM, answer.status, stated if isinstance(stated, str) and _CODE.fullmatch(stated) else "")


class HubspotClient:
    """HubSpot for one account. Many threads ask at once."""

    def __init__(self, grants: Grants, account: str, *, app: HubspotApp, clock: Clock) -> None:
        self._app = app
        self.line = Line(SYSTEM, clock=clock, ca_file=app.ca_file)
        renewal = partial(_renew, app, self.line)
        self._tokens = Tokens(grants, provider=PROVIDER, account=account, system=SYSTEM, renewal=renewal)

    @contextmanager
    def step(self, *, each_in_time: bool = False) -> Iterator[HubspotStep]:
        """Calls that take no longer than STEP_SECONDS in all; `each_in_time`: each of them."""
        whole = Deadline(STEP_SECONDS)
        deadline = (lambda: Deadline(STEP_SECONDS)) if each_in_time else (lambda: whole)
        with self.line.session() as session:
            yield HubspotStep(
                tokens=self._tokens,
                rest=_Rest(self.line, session, deadline),
                deadline=deadline,
                host=self._app.host,
            )


class HubspotStep:
    """The calls of one step. It is for one thread."""

    def __init__(self, *, tokens: Tokens, rest: _Rest, deadline: Callable[[], Deadline], host: str) -> None:
        self._tokens = tokens
        self._rest = rest
        self._deadline = deadline
        self._host = host
        self._token: Token | None = None

    def ask(self, question: Callable[[Any], T]) -> T:
        """Have the library do something with `HubSpot(…).crm`. A token that is taken no more is renewed before.

        Raises Trouble, NotReached and NotAnswered.
        """
        token = self._token = self._token or self._tokens.current()
        try:
            return self._asked(question, token)
        except _TokenRefused:
            token = self._token = self._tokens.renewed(token, self._deadline())
        try:
            return self._asked(question, token)
        except _TokenRefused:
            raise self._tokens.close(token, "it refuses a new token") from None

    def find(self, question: Callable[[Any], T]) -> T | None:
        """The same, and None for what HubSpot does not have."""
        try:
            return self.ask(question)
        except Refused as error:
            if error.status == _GONE:
                return None
            raise

    def _asked(self, question: Callable[[Any], T], token: Token) -> T:
        with readable():
            found = question(library(self._rest, host=self._host, token=token.value).crm)
            for each in (found, *getattr(found, "results", ())):
                _require_whole(each)
            return found


def library(rest: _Rest, *, host: str, token: str) -> Any:
    """The library, calling through us."""

    def made(package: ModuleType, name: str, config: Mapping[str, Any]) -> Any:
        configuration = package.Configuration()
        configuration.host, configuration.access_token = host.rstrip("/"), config["access_token"]
        client = package.ApiClient(configuration=configuration)
        client.rest_client = rest
        return getattr(package, name)(api_client=client)

    return HubSpot(access_token=token, api_factory=made)


@contextmanager
def readable() -> Iterator[None]:
    """What the library trips over in an answer, in words of ours."""
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"HubSpot answered what nobody can read ({type(error).__name__})") from None


def _require_object(answer: Answer) -> None:
    """The library takes what is no JSON for a record without anything. Raises Unreadable."""
    try:
        found = json.loads(answer.content or b"{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Unreadable("HubSpot answered what nobody can read (no JSON object)")


def _require_whole(found: object) -> None:
    """The library lets pass what lacks everything. Raises ValueError."""
    needed = ("id", "properties", "updated_at") if hasattr(found, "properties") else ("id", "results", "access_token")
    if any(getattr(found, name, "") is None for name in needed):
        raise ValueError("something is missing")


def _renew(app: HubspotApp, line: Line, secret: Secret, deadline: Deadline) -> Secret:
    """Another access token for the refresh token. Raises Revoked, Trouble, NotReached and NotAnswered."""
    if not secret.get("refresh_token"):
        raise Revoked("a private app's token was taken back or replaced")
    with line.session() as session:
        api = library(_Rest(line, session, lambda: deadline), host=app.host, token="").oauth.tokens_api
        try:
            with readable():
                given = api.create(
                    grant_type="refresh_token",
                    refresh_token=secret["refresh_token"],
                    client_id=app.client_id,
                    client_secret=app.client_secret,
                )
                _require_whole(given)
        except Refused as error:
            if error.status in (400, 403):
                raise Revoked(error.code or str(error.status)) from None
            raise
        except _TokenRefused:
            raise Revoked("it refuses the app itself") from None
    return {"access_token": given.access_token, "refresh_token": given.refresh_token or secret["refresh_token"]}


def _plain(value: object) -> object:
    """The spelling of a value in a query: JSON's for yes and no."""
    return str(value).lower() if isinstance(value, bool) else value
