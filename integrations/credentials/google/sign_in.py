"""Signing in at Google: by a browser on this machine, or by one elsewhere; and signing out."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NoReturn
from urllib.parse import parse_qsl, urlencode, urlsplit

import requests
from google_auth_oauthlib.flow import Flow  # type: ignore[import-untyped]
from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]

from app.core.errors import NotAvailable
from integrations.credentials.google.app import IDENTITY, GoogleApp
from integrations.credentials.google.tokens import secret_of
from integrations.credentials.loopback import Loopback
from integrations.credentials.signed_in import SignedIn, SignInFailed
from integrations.http import Deadline, NotAnswered, NotReached, call_once, open_session

for _talkative in ("oauthlib", "requests_oauthlib"):  # at DEBUG they write tokens and the house's secret into the log
    logging.getLogger(_talkative).setLevel(logging.INFO)

_CALL_SECONDS = 10
_ELSEWHERE = "http://127.0.0.1:1/"
"""Where a browser on another machine is sent: nothing answers there, and its address bar holds the answer."""


def sign_in(
    app: GoogleApp,
    *,
    account: str,
    scopes: Sequence[str],
    open_browser: Callable[[str], None],
    patience: float = 300,
) -> SignedIn:
    """Have the owner of the account agree in a browser on this machine. It is sent back to a port of loopback.

    `open_browser` is given the address to open. `patience` is in seconds.
    Raises SignInFailed where they refuse, sign in as somebody else, or take too long.
    """
    with Loopback() as page:
        flow = _flow(app, scopes, redirect=page.address)
        address, state = _address(flow, account)
        open_browser(address)
        answer = page.wait(state=state, deadline=Deadline(patience))
    return _finish(app, flow, answer, account)


def sign_in_by_pasting(
    app: GoogleApp,
    *,
    account: str,
    scopes: Sequence[str],
    show: Callable[[str], None],
    ask: Callable[[], str],
) -> SignedIn:
    """Have the owner agree in a browser on any machine, and paste the address at which it ends up here.

    That page cannot be opened; its address holds the answer. Raises SignInFailed as `sign_in` does.
    """
    flow = _flow(app, scopes, redirect=_ELSEWHERE)
    address, state = _address(flow, account)
    show(address)
    answer = dict(parse_qsl(urlsplit(ask().strip()).query))
    if answer.get("state") != state:
        raise SignInFailed(
            "that is no address of this sign-in; start again, and paste the whole one at which the browser ends up"
        )
    return _finish(app, flow, answer, account)


def sign_in_with_code(
    app: GoogleApp,  # noqa: ARG001 - the shape that every provider has
    *,
    account: str,  # noqa: ARG001
    scopes: Sequence[str],  # noqa: ARG001
    show: Callable[[str], None],  # noqa: ARG001
) -> NoReturn:
    """Raises NotAvailable: Google gives no device codes for the scopes of mail and calendars."""
    raise NotAvailable(
        "a browser, for Google gives no device codes for mail and calendars: leave --device out, open the address "
        "that is shown in a browser anywhere, and paste the address at which it ends up"
    )


def revoke(app: GoogleApp, secret: str) -> None:
    """Have Google forget a grant. One that it knows no more is well forgotten.

    Raises SignInFailed where Google cannot be told.
    """
    kept = json.loads(secret)
    _revoke(app, str(kept.get("refresh_token") or kept.get("token")))


def _flow(app: GoogleApp, scopes: Sequence[str], *, redirect: str) -> Flow:
    client = {
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "auth_uri": app.auth_uri,
        "token_uri": app.token_uri,
    }
    flow = Flow.from_client_config(
        {"installed": client},
        scopes=[*IDENTITY, *scopes],
        redirect_uri=redirect,
        autogenerate_code_verifier=True,  # PKCE: what is caught on loopback is no use without it
    )
    session: requests.Session = flow.oauth2session
    session.trust_env = False
    session.verify = app.ca_file or True
    session.max_redirects = 0
    return flow


def _address(flow: Flow, account: str) -> tuple[str, str]:
    """Where to sign in, and the state by which the answer is known to be this one's.

    `consent` has Google give a refresh token each time, not at the first time only.
    """
    address, state = flow.authorization_url(login_hint=account, prompt="consent")
    return str(address), str(state)


def _finish(app: GoogleApp, flow: Flow, answer: Mapping[str, str], account: str) -> SignedIn:
    """Exchange the answer for tokens, and see whose they are."""
    if "code" not in answer:
        raise _refused(answer.get("error", "no code"))
    token = _exchanged(flow, answer["code"])
    found = flow.credentials
    if not found.refresh_token:
        raise SignInFailed(
            "Google gave no lasting permission; remove the application at "
            "https://myaccount.google.com/permissions and sign in again"
        )
    owner = _owner(app, str(found.token))
    if owner != account.lower():
        _forget(app, str(found.refresh_token))
        raise SignInFailed(f"that was {owner}, not {account}; sign in as {account}")
    granted = token.get("scope", "")
    words = granted.split() if isinstance(granted, str) else granted
    return SignedIn(account=owner, scopes=tuple(sorted({*words} - {*IDENTITY, "email"})), secret=secret_of(found))


def _exchanged(flow: Flow, code: str) -> dict[str, str | list[str]]:
    """The token, as Google answers."""
    try:
        with _fewer_scopes(flow):
            flow.fetch_token(code=code, include_client_id=True, timeout=_CALL_SECONDS)
    except OAuth2Error as error:
        raise _refused(error.error) from None
    except (requests.RequestException, ValueError, KeyError) as error:
        raise SignInFailed(f"Google gave no token ({type(error).__name__}); sign in again") from None
    return dict(flow.oauth2session.token)


@contextmanager
def _fewer_scopes(flow: Flow) -> Iterator[None]:
    """An owner may agree to less than was asked for; oauthlib raises that as a warning which holds the token."""
    try:
        yield
    except Warning as changed:
        token = getattr(changed, "token", None)
        if not token:
            raise SignInFailed("Google gave no token; sign in again") from None
        flow.oauth2session.token = token


def _owner(app: GoogleApp, token: str) -> str:
    """Whose token it is, in lower case."""
    with open_session(app.ca_file) as session:
        try:
            answer = call_once(
                session,
                "GET",
                app.userinfo_uri,
                deadline=Deadline(_CALL_SECONDS),
                headers={"Authorization": f"Bearer {token}"},
            )
            return str(json.loads(answer.content)["email"]).lower()
        except (NotReached, NotAnswered, ValueError, KeyError, TypeError):
            raise SignInFailed("Google does not say who signed in; sign in again") from None


def _forget(app: GoogleApp, token: str) -> None:
    """Best effort: a grant that nobody asked for is not kept, and need not stand at Google either."""
    try:
        _revoke(app, token)
    except SignInFailed:
        return


def _revoke(app: GoogleApp, token: str) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    body = urlencode({"token": token})
    with open_session(app.ca_file) as session:
        try:
            answer = call_once(
                session, "POST", app.revoke_uri, deadline=Deadline(_CALL_SECONDS), headers=form, body=body.encode()
            )
        except (NotReached, NotAnswered) as error:
            raise SignInFailed(f"Google was not told to forget the sign-in: {error}; try again") from None
    if not answer.is_success and answer.status != 400:  # 400: it knows the token no more
        raise SignInFailed(f"Google was not told to forget the sign-in: it says {answer.status}; try again")


def _refused(code: str) -> SignInFailed:
    advice = {
        "access_denied": "the owner has not agreed; sign in again and agree",
        "invalid_client": "check the client id and secret of the house's application",
    }
    return SignInFailed(f"Google says {code[:40]!a}: {advice.get(code, 'sign in again')}")
