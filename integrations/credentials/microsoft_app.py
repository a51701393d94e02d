"""Countersign as Entra knows it, and Microsoft's sign-in library: one request a call, and its words kept apart."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msal  # type: ignore[import-untyped] # the library ships no types
import requests

from app.core.errors import InvalidInput, SendUnavailable
from integrations.credentials.signed_in import SignInFailed
from integrations.http import Answer, Deadline, NotAnswered, NotReached, call_once

LOGIN = "https://login.microsoftonline.com"
_RESOURCE = "https://graph.microsoft.com"
_CODE = re.compile(r"AADSTS\d+")
_WORD = re.compile(r"[\w.-]{1,60}")


@dataclass(frozen=True, kw_only=True, slots=True)
class MicrosoftApp:
    """Countersign as it is registered at Entra."""

    client_id: str
    tenant: str = "common"
    """The directory's id or domain; `common` lets every work, school and personal account sign in."""
    client_secret: str = field(default="", repr=False)
    """For application permissions only: a desktop registration has none."""
    authority: str = LOGIN
    """Where people sign in, https and without the tenant."""
    openid: bool = False
    """Whether `authority` is the whole address of an OpenID provider, such as External ID under its own domain."""
    resource: str = _RESOURCE
    ca_file: str | None = None
    """Whose certificates are believed; None: those that the system believes."""


class Known:
    """Public answers, such as where an authority has its pages: asked for once, not for every token."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: dict[str, Answer] = {}

    def find(self, url: str) -> Answer | None:
        with self._lock:
            return self._answers.get(url)

    def keep(self, url: str, answer: Answer) -> None:
        if answer.is_success:
            with self._lock:
                self._answers[url] = answer


@dataclass(frozen=True, kw_only=True, slots=True)
class _Response:
    """An answer in the shape that the library reads."""

    status_code: int
    text: str
    headers: Mapping[str, str]


class Http:
    """What the library calls through: one request a call, inside the time that the step has left."""

    def __init__(self, session: requests.Session, deadline: Deadline, known: Known) -> None:
        self._session = session
        self._deadline = deadline
        self._known = known

    def get(
        self, url: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None, **_: object
    ) -> _Response:
        """Ask for a public page."""
        whole = f"{url}?{urlencode(params)}" if params else url
        answer = self._known.find(whole)
        if answer is None:
            answer = call_once(self._session, "GET", whole, deadline=self._deadline, headers=headers)
            self._known.keep(whole, answer)
        return _response(answer)

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> _Response:
        """Hand a form in."""
        whole = f"{url}?{urlencode(params)}" if params else url
        given = {name: value for name, value in (data or {}).items() if value is not None}
        head = {**(headers or {}), "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(given, doseq=True).encode()
        return _response(call_once(self._session, "POST", whole, deadline=self._deadline, headers=head, body=body))

    def close(self) -> None:
        """Whoever opened the session closes it."""


def _response(answer: Answer) -> _Response:
    text = answer.content.decode("utf-8", "replace")
    return _Response(status_code=answer.status, text=text, headers=dict(answer.headers))


@contextmanager
def worded(to_do: str, kind: type[SendUnavailable] | type[SignInFailed] = SendUnavailable) -> Iterator[None]:
    """What the library raises, in words of ours: its own may hold what a server wrote, tokens among it."""
    try:
        yield
    except (NotReached, NotAnswered) as error:
        words = str(error)
    except msal.exceptions.MsalServiceError:
        words = "it says that it failed"
    except (msal.exceptions.MsalError, ValueError, KeyError, TypeError, RuntimeError) as error:
        words = f"it answered what nobody can read ({type(error).__name__})"
    else:
        return
    raise kind(f"Microsoft did not {to_do}: {words}; try again")


def public_client(app: MicrosoftApp, http: Http, cache: msal.SerializableTokenCache) -> Any:
    return msal.PublicClientApplication(app.client_id, token_cache=cache, http_client=http, **where(app))


def where(app: MicrosoftApp) -> dict[str, object]:
    """The authority in the library's words. It asks no other server whether it may believe in this one."""
    if not app.authority.startswith("https://"):
        raise InvalidInput("the sign-in address must begin with https://", field="microsoft.authority")
    if app.openid:
        return {"oidc_authority": app.authority}
    return {"authority": f"{app.authority.rstrip('/')}/{app.tenant}", "instance_discovery": False}


def in_full(scopes: Sequence[str], resource: str) -> tuple[str, ...]:
    """In full, for a short name means another resource than Graph where the cloud is another one."""
    return tuple(scope if "/" in scope or not resource else f"{resource}/{scope}" for scope in scopes)


def short(scopes: Sequence[str]) -> tuple[str, ...]:
    """Without the resource, and without what belongs to every sign-in."""
    names = (scope.rpartition("/")[2] for scope in scopes)
    return tuple(name for name in names if name not in ("openid", "profile", "email", "offline_access"))


def reason_of(found: Mapping[str, Any]) -> str:
    """The provider's own codes. Its sentences stay where they are: they quote what it was given."""
    error = str(found.get("error") or "")
    codes = _CODE.findall(str(found.get("error_description") or ""))
    stated = [error] if _WORD.fullmatch(error) else []
    return " ".join([*stated, *codes[:1]]) or "no reason given"
