"""Being let into Microsoft 365: people who sign in, an application of its own right, and tokens that stay good."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote

import msal  # type: ignore[import-untyped] # the library ships no types
import requests

from app.core.errors import InvalidInput, MailboxClosed, SendUnavailable
from app.core.grants import Grant, Grants
from integrations.credentials.loopback import Loopback
from integrations.credentials.microsoft_app import (
    Http,
    Known,
    MicrosoftApp,
    in_full,
    public_client,
    reason_of,
    short,
    where,
    worded,
)
from integrations.credentials.signed_in import SignedIn, SignInFailed
from integrations.http import Deadline, open_session

__all__ = [
    "CALENDAR",
    "PROVIDER",
    "SEND",
    "ApplicationAccess",
    "Key",
    "MicrosoftAccess",
    "MicrosoftApp",
    "SignedInAccess",
    "open_access",
    "sign_in",
    "sign_in_with_code",
]

PROVIDER = "microsoft"
SEND = ("Mail.ReadWrite", "Mail.Send")
"""To lay drafts ready, look at them, send them and find them again."""
CALENDAR = ("Calendars.ReadBasic",)
"""To see when people are busy."""
_OF_EVERYBODY = frozenset({"common", "organizations", "consumers"})
_SIGN_IN_SECONDS = 300.0
_OVER = frozenset({"invalid_grant", "interaction_required", "login_required", "consent_required"})
"""Answers after which only a person's signing in helps."""
_OURS = frozenset({"unauthorized_client", "invalid_client"})
"""Answers that blame the application's registration."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What a call to Graph needs: whose resources it is about, and a token."""

    root: str
    """`/me`, or `/users/<address>` where an application calls in its own right."""
    token: str = field(repr=False)


class MicrosoftAccess(Protocol):
    """How a house gets at the mailboxes and calendars of its people."""

    @property
    def acts_for_itself(self) -> bool:
        """Whether it is the application that calls, and not a person."""
        ...

    def key(self, account: str, needs: Sequence[str], *, deadline: Deadline, refused: str = "") -> Key:
        """A key that lets do what `needs` names. `refused` is a token that Graph took no more: another one is made.

        Raises MailboxClosed where somebody has to sign in, SendUnavailable where Microsoft cannot tell now.
        """
        ...

    def accounts(self, needs: Sequence[str]) -> tuple[str, ...]:
        """Whose keys for this can be had; empty where that is not known."""
        ...


class SignedInAccess:
    """Everybody lets the gate into their own account. Tokens are renewed on the way and kept by `Grants`."""

    acts_for_itself = False

    def __init__(
        self, app: MicrosoftApp, grants: Grants, *, sessions: Callable[[str | None], requests.Session] = open_session
    ) -> None:
        self._app = app
        self._grants = grants
        self._sessions = sessions
        self._known = Known()

    def accounts(self, needs: Sequence[str]) -> tuple[str, ...]:
        """Who has signed in, agreed to that much, and did not take it back."""
        wanted = set(short(needs))
        good = (grant for grant in self._grants.all_of(PROVIDER) if not grant.closed)
        return tuple(grant.account for grant in good if wanted <= set(short(grant.scopes)))

    def key(self, account: str, needs: Sequence[str], *, deadline: Deadline, refused: str = "") -> Key:
        """As the port says."""
        grant = self._open_grant(account, needs)
        found = self._renewed(grant, deadline, refused)
        if found.get("error") in _OVER:
            newer = self._open_grant(account, needs)
            if newer.version == grant.version:
                reason = reason_of(found)
                self._grants.closed(grant, f"Microsoft does not take it any more ({reason})")
                raise MailboxClosed(f"Microsoft lets nobody into {account} any more ({reason}); {_connect(account)}")
            grant, found = newer, self._renewed(newer, deadline, refused)  # somebody signed in meanwhile
        return Key(root="/me", token=_token(found, account))

    def _open_grant(self, account: str, needs: Sequence[str]) -> Grant:
        grant = self._grants.of(PROVIDER, account.lower())
        if grant is None:
            raise MailboxClosed(f"nobody has let Countersign into {account} at Microsoft; {_connect(account)}")
        if grant.closed:
            raise MailboxClosed(f"the sign-in of {account} is no use any more: {grant.closed}; {_connect(account)}")
        missing = set(short(needs)) - set(short(grant.scopes))
        if missing:
            names = ", ".join(sorted(missing))
            raise MailboxClosed(f"{account} did not agree to {names}; {_connect(account)}, and agree to all of it")
        return grant

    def _renewed(self, grant: Grant, deadline: Deadline, refused: str) -> Mapping[str, Any]:
        """What the library answers: a token, or an error. A token that it was given is kept before it is used.

        What it throws away after a refusal is not: another process may have renewed it meanwhile.
        """
        cache = msal.SerializableTokenCache()
        cache.deserialize(grant.secret)
        _forget(cache, refused)
        with self._sessions(self._app.ca_file) as session, worded("renew a token"):
            client = public_client(self._app, Http(session, deadline, self._known), cache)
            whose = next(iter(client.get_accounts()), None)
            scopes = list(in_full(grant.scopes, self._app.resource))
            found = client.acquire_token_silent_with_error(scopes, account=whose) if whose else None
        if found and "access_token" in found and cache.has_state_changed:
            self._grants.renewed(grant, cache.serialize())
        return found or {"error": "login_required"}


class ApplicationAccess:
    """The application calls in its own right, as an administrator has agreed: nobody has to sign in.

    It reaches every mailbox of the tenant unless Exchange's application access policies draw a narrower line, so
    draw one. It needs one tenant and a secret, and does not reach personal accounts.
    """

    acts_for_itself = True

    def __init__(
        self, app: MicrosoftApp, *, sessions: Callable[[str | None], requests.Session] = open_session
    ) -> None:
        """Raises InvalidInput where the registration cannot have permissions of its own."""
        if not app.client_secret:
            raise InvalidInput("application permissions need the client secret", field="microsoft.client_secret")
        if app.tenant.lower() in _OF_EVERYBODY:
            message = f"application permissions need one tenant, not '{app.tenant}'; give the directory's id"
            raise InvalidInput(message, field="microsoft.tenant")
        self._app = app
        self._sessions = sessions
        self._known = Known()
        self._cache = msal.TokenCache()

    def accounts(self, needs: Sequence[str]) -> tuple[str, ...]:  # noqa: ARG002
        """It is not known whom the administrator let it reach."""
        return ()

    def key(self, account: str, needs: Sequence[str], *, deadline: Deadline, refused: str = "") -> Key:  # noqa: ARG002
        """As the port says; what it may do was agreed to once and for all."""
        with self._sessions(self._app.ca_file) as session, worded("give the application a token"):
            client = msal.ConfidentialClientApplication(
                self._app.client_id,
                client_credential=self._app.client_secret,
                token_cache=self._cache,
                http_client=Http(session, deadline, self._known),
                **where(self._app),
            )
            scopes = [f"{self._app.resource}/.default"]
            found = client.acquire_token_for_client(scopes)
            if refused and found.get("access_token") == refused:
                client.remove_tokens_for_client()
                found = client.acquire_token_for_client(scopes)
        return Key(root=f"/users/{quote(account, safe='')}", token=_token(found, account))


def open_access(app: MicrosoftApp, grants: Grants) -> MicrosoftAccess:
    """By application permissions where the registration has a secret, else by what people have agreed to."""
    return ApplicationAccess(app) if app.client_secret else SignedInAccess(app, grants)


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────


def sign_in(
    app: MicrosoftApp,
    *,
    account: str,
    scopes: Sequence[str],
    open_browser: Callable[[str], object],
    seconds: float = _SIGN_IN_SECONDS,
) -> SignedIn:
    """Have `account` sign in with the browser of this machine: authorization code with PKCE, back to loopback.

    Raises SignInFailed where they did not, another account did, or Microsoft does not answer.
    """
    deadline, cache = Deadline(seconds), msal.SerializableTokenCache()
    with open_session(app.ca_file) as session, Loopback() as loopback, worded("sign anybody in", SignInFailed):
        client = public_client(app, Http(session, deadline, Known()), cache)
        flow = client.initiate_auth_code_flow(
            list(in_full(scopes, app.resource)),
            redirect_uri=loopback.address,
            login_hint=account,
            response_mode="form_post",
        )
        open_browser(flow["auth_uri"])
        answer = loopback.wait(state=flow["state"], deadline=deadline)
        found = client.acquire_token_by_auth_code_flow(flow, answer)
    return _signed_in(found, cache, account=account, scopes=scopes)


def sign_in_with_code(
    app: MicrosoftApp,
    *,
    account: str,
    scopes: Sequence[str],
    show: Callable[[str], object],
    pause: Callable[[float], object] = time.sleep,
    seconds: float = _SIGN_IN_SECONDS,
) -> SignedIn:
    """Have `account` sign in anywhere, with a code that `show` tells them. Raises as `sign_in` does."""
    deadline, cache = Deadline(seconds), msal.SerializableTokenCache()
    with open_session(app.ca_file) as session, worded("sign anybody in", SignInFailed):
        client = public_client(app, Http(session, deadline, Known()), cache)
        flow = client.initiate_device_flow(list(in_full(scopes, app.resource)))
        if "user_code" not in flow:
            raise SignInFailed(f"Microsoft gave no code ({reason_of(flow)}); let the app sign in by device code")
        show(f"Open {flow['verification_uri']} and enter the code {flow['user_code']}")
        found = _once(client, flow)
        while found.get("error") in ("authorization_pending", "slow_down") and deadline.left():
            pause(float(flow["interval"]))
            found = _once(client, flow)
    return _signed_in(found, cache, account=account, scopes=scopes)


def _once(client: Any, flow: dict[str, Any]) -> Mapping[str, Any]:
    """Ask once whether the code was entered: the library's own loop cannot be woken."""
    found: Mapping[str, Any] = client.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    return found


def _signed_in(
    found: Mapping[str, Any], cache: msal.SerializableTokenCache, *, account: str, scopes: Sequence[str]
) -> SignedIn:
    if "access_token" not in found:
        raise SignInFailed(f"{account} did not sign in ({reason_of(found)}); run the command again")
    claims = found.get("id_token_claims") or {}
    names = [str(claims[name]).lower() for name in ("email", "preferred_username", "upn") if claims.get(name)]
    if account.lower() not in names:
        other = names[0] if names else "somebody without a name"
        raise SignInFailed(f"{other} signed in, and not {account}; run the command again and choose {account}")
    agreed = short(str(found.get("scope") or " ".join(scopes)).split())
    missing = set(short(scopes)) - set(agreed)
    if missing:
        raise SignInFailed(f"{account} did not agree to {', '.join(sorted(missing))}; run the command again")
    return SignedIn(account=account.lower(), scopes=tuple(sorted(set(agreed))), secret=cache.serialize())


def _forget(cache: Any, refused: str) -> None:
    """Take out the token that Graph refused: the library goes by its age alone, and would give it out again."""
    kind = msal.TokenCache.CredentialType.ACCESS_TOKEN
    for one in [one for one in cache.search(kind) if one["secret"] == refused]:
        cache.remove_at(one)


def _token(found: Mapping[str, Any], account: str) -> str:
    token = found.get("access_token")
    if isinstance(token, str):
        return token
    reason = reason_of(found)
    if found.get("error") in _OURS:
        raise MailboxClosed(f"Entra refuses Countersign itself ({reason}); renew the app's registration or secret")
    if found.get("error") in _OVER:
        raise MailboxClosed(f"Microsoft lets nobody into {account} ({reason}); {_connect(account)}")
    raise SendUnavailable(f"Microsoft gave no token for {account} ({reason})")


def _connect(account: str) -> str:
    return f"run `countersign accounts connect microsoft --account {account}`"
