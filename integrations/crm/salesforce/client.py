"""Calls to Salesforce through simple-salesforce: each request once, in time, with a token that is renewed on the way.

The library repeats nothing by itself where it is given a token and not a password.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

import requests
from requests.structures import CaseInsensitiveDict
from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceError, SalesforceExpiredSession

from app.core.clock import Clock
from app.core.grants import Grants
from integrations.crm.line import STEP_SECONDS, Line, NotLetIn, Refused, Unreadable
from integrations.crm.tokens import Revoked, Secret, Token, Tokens
from integrations.http import Deadline, call_once, open_session

T = TypeVar("T")

PROVIDER = "salesforce"
SYSTEM = "Salesforce"
LOGIN = "https://login.salesforce.com"
_NO_FIELD = re.compile(r"No such column '(\w{1,80})'")
_CODE = re.compile(r"[\w.-]{1,80}")
_LIMIT = "REQUEST_LIMIT_EXCEEDED"
_LIMIT_PAUSE = timedelta(minutes=10)
"""The limit is one for a day; asking for a moment that never comes would use up what is left of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SalesforceApp:
    """The house's connected app."""

    client_id: str
    client_secret: str = field(default="", repr=False)
    login: str = LOGIN
    """Where tokens are renewed: another one for a sandbox, or My Domain's."""
    ca_file: str | None = None
    """Whose certificates are believed; None: those that the system believes."""


class LibrarySession(requests.Session):
    """What the library calls through: each of its requests is one on the line, to the one host that it is for."""

    def __init__(
        self, line: Line, session: requests.Session, deadline: Callable[[], Deadline], *, address: str
    ) -> None:
        super().__init__()
        self._line = line
        self._session = session
        self._deadline = deadline
        self._address = f"{address.rstrip('/')}/"

    def request(  # type: ignore[override] # the library gives no more than this
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        data: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Ask once. Raises Resting, NotReached, NotAnswered, and Unreadable where a link leads elsewhere."""
        if not url.startswith(self._address):
            raise Unreadable("a link in Salesforce's answer leads away from it")
        whole = f"{url}?{urlencode(params)}" if params else url
        answer = self._line.call(
            self._session,
            method,
            whole,
            deadline=self._deadline(),
            headers=headers,
            body=data.encode() if data is not None else None,
        )
        response = requests.Response()
        response.status_code, response.url = answer.status, url
        response.headers = CaseInsensitiveDict(answer.headers)
        response.raw = io.BytesIO(answer.content)
        return response


class SalesforceClient:
    """Salesforce for one account. Many threads ask at once."""

    def __init__(self, grants: Grants, account: str, *, app: SalesforceApp, clock: Clock, version: str) -> None:
        """`version` is the API's, such as `59.0`."""
        self.line = Line(SYSTEM, clock=clock, ca_file=app.ca_file)
        self._version = version
        self._tokens = Tokens(
            grants,
            provider=PROVIDER,
            account=account,
            system=SYSTEM,
            renewal=lambda kept, left: renew(app, kept, left),
        )

    @contextmanager
    def step(self, *, each_in_time: bool = False) -> Iterator[SalesforceStep]:
        """Calls that take no longer than STEP_SECONDS in all; `each_in_time`: each of them."""
        whole = Deadline(STEP_SECONDS)
        with self.line.session() as session:
            yield SalesforceStep(
                tokens=self._tokens,
                line=self.line,
                session=session,
                deadline=(lambda: Deadline(STEP_SECONDS)) if each_in_time else (lambda: whole),
                version=self._version,
            )


class SalesforceStep:
    """The calls of one step. It is for one thread."""

    def __init__(
        self, *, tokens: Tokens, line: Line, session: requests.Session, deadline: Callable[[], Deadline], version: str
    ) -> None:
        self._tokens = tokens
        self._line = line
        self._session = session
        self._deadline = deadline
        self._version = version
        self._token: Token | None = None

    def ask(self, question: Callable[[Salesforce], T]) -> T:
        """Have the library do something. A token that is taken no more is renewed: nothing was done with it yet.

        Raises Trouble, NotReached and NotAnswered; what the library raises stays in here, for it quotes the answer.
        """
        token = self._token = self._token or self._tokens.current()
        try:
            return self._asked(question, token)
        except SalesforceExpiredSession:
            token = self._token = self._tokens.renewed(token, self._deadline())
        try:
            return self._asked(question, token)
        except SalesforceExpiredSession as error:
            raise self._tokens.close(token, _told(error)[0] or "INVALID_SESSION_ID") from None

    def rows(self, query: str, *, with_deleted: bool = False) -> list[Mapping[str, Any]]:
        """Every record that a query finds, page by page. Raises as `ask` does."""
        found = self.ask(lambda sf: list(sf.query_all_iter(query, include_deleted=with_deleted)))
        if not all(isinstance(row, dict) for row in found):
            raise Unreadable("Salesforce answered records that are none")
        return found

    def _asked(self, question: Callable[[Salesforce], T], token: Token) -> T:
        if not token.address.startswith("https://"):
            raise NotLetIn("Salesforce's grant names no address that begins with https://; connect the account again")
        library = LibrarySession(self._line, self._session, self._deadline, address=token.address)
        try:
            return question(
                Salesforce(instance_url=token.address, session_id=token.value, session=library, version=self._version)
            )
        except SalesforceExpiredSession:
            raise
        except SalesforceError as error:
            code, unknown = _told(error)
            if code == _LIMIT:
                self._line.rest(_LIMIT_PAUSE)
            raise Refused(SYSTEM, error.status, code, field=unknown, later=code == _LIMIT) from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Unreadable(f"Salesforce answered what nobody can read ({type(error).__name__})") from None


def renew(app: SalesforceApp, secret: Secret, deadline: Deadline) -> Secret:
    """Another access token for the refresh token. Raises Revoked, Refused, Unreadable, NotReached and NotAnswered."""
    if not secret.get("refresh_token"):
        raise Revoked("the session is over and there is no refresh token")
    form = {"grant_type": "refresh_token", "refresh_token": secret["refresh_token"], "client_id": app.client_id}
    if app.client_secret:
        form["client_secret"] = app.client_secret
    with open_session(app.ca_file) as session:
        answer = call_once(
            session,
            "POST",
            f"{app.login.rstrip('/')}/services/oauth2/token",
            deadline=deadline,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            body=urlencode(form).encode(),
        )
    try:
        given = json.loads(answer.content)
        if answer.is_success:
            kept = {"access_token": given["access_token"], "instance_url": given["instance_url"]}
            return {**kept, "refresh_token": given["refresh_token"]} if given.get("refresh_token") else kept
        code = _safe(given["error"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Unreadable("Salesforce's sign-in answered what nobody can read") from None
    if code == "invalid_grant":
        raise Revoked(code)
    raise Refused("Salesforce's sign-in", answer.status, code)


def _told(error: SalesforceError) -> tuple[str, str]:
    """Salesforce's code, and the field that it does not know; never its message, which quotes what it was given."""
    content: object = error.content
    first = content[0] if isinstance(content, list) and content else content
    if not isinstance(first, Mapping):
        return "", ""
    unknown = _NO_FIELD.search(str(first.get("message") or ""))
    return _safe(first.get("errorCode")), unknown[1] if unknown else ""


def _safe(code: object) -> str:
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""
