"""Access tokens for an account: from what its owner granted, or from the house's service account."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import google.auth.transport
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials, service_account

from app.core.clock import Clock
from app.core.grants import Grant, Grants
from integrations.credentials.google.app import PROVIDER, GoogleApp
from integrations.credentials.google.trouble import NotLetIn, NoToken, error_code
from integrations.http import Answer, Deadline, NotAnswered, NotReached, call_once, open_session, retry_after

_KEPT_APART = ("client_id", "client_secret", "token_uri", "scopes")
"""What a grant's secret leaves out: the house's application has its own place in the settings."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """A token that is good now, and what its account lets the gate do."""

    account: str
    value: str = field(repr=False)
    scopes: tuple[str, ...]
    grant: Grant | None = None
    """None where it comes from the service account."""


class Keys(Protocol):
    """Opens accounts at Google. Every method raises NotLetIn or NoToken; many threads ask at once."""

    def token(self, account: str, deadline: Deadline) -> Token:
        """A token for the account, renewed where it has expired."""
        ...

    def renewed(self, token: Token, deadline: Deadline) -> Token:
        """Another one, for Google does not take this one any more."""
        ...

    def accounts(self) -> tuple[str, ...] | None:
        """The accounts that can be opened; None where nobody can list them."""
        ...


class GrantedKeys:
    """Keys from the grants that owners gave by signing in."""

    def __init__(self, grants: Grants, app: GoogleApp, *, clock: Clock) -> None:
        self._grants = grants
        self._app = app
        self._clock = clock

    def token(self, account: str, deadline: Deadline) -> Token:
        """As `Keys` says."""
        grant = self._open_grant(account)
        found = self._credentials(grant)
        return self._token(grant, found) if found.valid else self._refreshed(grant, found, deadline)

    def renewed(self, token: Token, deadline: Deadline) -> Token:
        """As `Keys` says. What another process has renewed meanwhile is taken."""
        grant = self._open_grant(token.account)
        found = self._credentials(grant)
        if found.valid and found.token != token.value:
            return self._token(grant, found)
        return self._refreshed(grant, found, deadline)

    def accounts(self) -> tuple[str, ...]:
        """Every account whose owner lets the gate in."""
        return tuple(grant.account for grant in self._grants.all_of(PROVIDER) if not grant.closed)

    def _open_grant(self, account: str) -> Grant:
        grant = self._grants.of(PROVIDER, account)
        if grant is None:
            raise NotLetIn(f"nobody has connected {account}; run {connect(account)}")
        if grant.closed:
            raise NotLetIn(f"Google does not let the gate into {account} any more; run {connect(account)}")
        return grant

    def _credentials(self, grant: Grant) -> credentials.Credentials:
        try:
            kept = json.loads(grant.secret)
            expiry = _expiry_of(kept)
            return credentials.Credentials(  # type: ignore[no-untyped-call]
                token=kept.get("token") if expiry else None,
                refresh_token=kept["refresh_token"],
                token_uri=self._app.token_uri,
                client_id=self._app.client_id,
                client_secret=self._app.client_secret,
                expiry=expiry,
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise NotLetIn(f"the grant of {grant.account} cannot be read; run {connect(grant.account)}") from None

    def _refreshed(self, grant: Grant, stale: credentials.Credentials, deadline: Deadline) -> Token:
        try:
            stale.refresh(TokenTransport(self._app.ca_file, deadline, self._clock))  # type: ignore[no-untyped-call]
        except TokenRefused as refused:
            raise self._not_let_in(grant, refused.code) from None
        except GoogleAuthError as error:
            raise NoToken(f"no token for {grant.account}: {type(error).__name__}") from None
        kept = self._grants.renewed(grant, secret_of(stale))
        theirs = self._credentials(kept)
        return self._token(kept, theirs if theirs.valid else stale)

    def _not_let_in(self, grant: Grant, code: str) -> NotLetIn:
        account = grant.account
        if code == "invalid_grant":
            self._grants.closed(grant, "Google takes the sign-in no more: it was revoked, or is too old")
            return NotLetIn(f"Google does not let the gate into {account} any more; run {connect(account)}")
        return NotLetIn(
            f"Google refuses the house's application ({code or 'no reason given'}): "
            f"check its client id and secret; if they were changed, run {connect(account)}"
        )

    def _token(self, grant: Grant, found: credentials.Credentials) -> Token:
        return Token(account=grant.account, value=str(found.token), scopes=grant.scopes, grant=grant)


class ServiceAccountKeys:
    """Keys from one service account that the Workspace's administrator lets act for everybody.

    Tokens are kept in memory for as long as they are good.
    """

    def __init__(
        self,
        info: Mapping[str, str],
        scopes: tuple[str, ...],
        *,
        clock: Clock,
        ca_file: str | None = None,
    ) -> None:
        """`info` is the service account's key file, as JSON. Raises ValueError where it is none."""
        self._house = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            dict(info), scopes=list(scopes)
        )
        self._client = str(info.get("client_id", "of the key file"))
        self._scopes = scopes
        self._clock = clock
        self._ca_file = ca_file
        self._lock = threading.Lock()
        self._known: dict[str, service_account.Credentials] = {}

    def token(self, account: str, deadline: Deadline) -> Token:
        """As `Keys` says."""
        with self._lock:
            found = self._known.get(account.lower())
        if found is not None and found.valid:
            return self._token(account, found)
        return self._fresh(account, deadline)

    def renewed(self, token: Token, deadline: Deadline) -> Token:
        """As `Keys` says."""
        return self._fresh(token.account, deadline)

    def accounts(self) -> tuple[str, ...] | None:
        """None: everybody in the Workspace, whom nothing here lists."""
        return None

    def _fresh(self, account: str, deadline: Deadline) -> Token:
        made = self._house.with_subject(account)
        try:
            made.refresh(TokenTransport(self._ca_file, deadline, self._clock))
        except TokenRefused as refused:
            raise NotLetIn(
                f"Google does not let the service account act for {account} ({refused.code or 'no reason given'}): "
                f"allow its client id {self._client} under domain-wide delegation: {', '.join(self._scopes)}"
            ) from None
        except GoogleAuthError as error:
            raise NoToken(f"no token for {account}: {type(error).__name__}") from None
        with self._lock:
            self._known[account.lower()] = made
        return self._token(account, made)

    def _token(self, account: str, found: service_account.Credentials) -> Token:
        return Token(account=account, value=str(found.token), scopes=self._scopes)


class TokenRefused(Exception):
    """The token endpoint says no; trying again will not help."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class TokenTransport(google.auth.transport.Request):
    """Carries google-auth's calls. It asks once: the library repeats on answers of failure, and never sees one."""

    def __init__(self, ca_file: str | None, deadline: Deadline, clock: Clock) -> None:
        self._ca_file = ca_file
        self._deadline = deadline
        self._clock = clock

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline says how long
        **_: object,
    ) -> _Response:
        """Raises NoToken where nothing was learned, TokenRefused where Google said no."""
        with open_session(self._ca_file) as session:
            try:
                answer = call_once(session, method, url, deadline=self._deadline, headers=headers, body=body)
            except (NotReached, NotAnswered) as error:
                raise NoToken(f"Google gave no token: {error}") from None
        if answer.status in (400, 401, 403):
            raise TokenRefused(error_code(answer.content))
        if not answer.is_success:
            pause = retry_after(answer.headers, now=self._clock.now())
            raise NoToken(f"Google gave no token: it says {answer.status}", pause=pause)
        if not _is_object(answer.content):
            raise NoToken("Google gave no token, and what it answered nobody can read")
        return _Response(answer)


class _Response(google.auth.transport.Response):
    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    @property
    def status(self) -> int:
        return self._answer.status

    @property
    def headers(self) -> Mapping[str, str]:
        return self._answer.headers

    @property
    def data(self) -> bytes:
        return self._answer.content


def connect(account: str) -> str:
    """The command that lets the gate in."""
    return f"'countersign accounts connect google --account {account}'"


def secret_of(found: credentials.Credentials) -> str:
    """What a grant keeps of these credentials."""
    return str(found.to_json(strip=_KEPT_APART))  # type: ignore[no-untyped-call]


def _is_object(content: bytes) -> bool:
    """Whether it is a JSON object, as google-auth takes for granted."""
    try:
        return isinstance(json.loads(content), dict)
    except ValueError:
        return False


def _expiry_of(kept: Mapping[str, str]) -> datetime | None:
    """When the token of a kept secret expires, naive in UTC as google-auth has it; None where nobody knows."""
    stated = kept.get("expiry")
    return datetime.fromisoformat(stated).astimezone(UTC).replace(tzinfo=None) if stated else None
