"""Letting the gate into a Salesforce: somebody signs in with any browser, and pastes the address where it ends up."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qs, urlencode, urlsplit

from integrations.credentials.signed_in import SignedIn, SignInFailed
from integrations.crm.line import STEP_SECONDS
from integrations.crm.salesforce.client import SalesforceApp
from integrations.http import Answer, Deadline, NotAnswered, NotReached, call_once, open_session

SCOPES = ("api", "refresh_token")
"""To read and write what the user may, and to go on when the session is over."""
_BACK = "/services/oauth2/success"
"""A page of Salesforce's own: no server has to listen for the browser."""
_UNKNOWN = 400


def sign_in_by_pasting(
    app: SalesforceApp,
    *,
    account: str,
    show: Callable[[str], object],
    ask: Callable[[], str],
    scopes: Sequence[str] = SCOPES,
) -> SignedIn:
    """Have `account`, a user name of Salesforce's, sign in: authorization code with PKCE.

    `show` tells them the address, `ask` takes the one at which their browser ended up. Raises SignInFailed.
    """
    login, state, verifier = app.login.rstrip("/"), secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    wanted = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": f"{login}{_BACK}",
        "scope": " ".join(scopes),
        "state": state,
        "code_challenge": _challenge(verifier),
        "code_challenge_method": "S256",
        "login_hint": account,
    }
    show(f"Sign in at {login}/services/oauth2/authorize?{urlencode(wanted)}")
    form = {
        "grant_type": "authorization_code",
        "code": _code(ask(), state),
        "client_id": app.client_id,
        "redirect_uri": f"{login}{_BACK}",
        "code_verifier": verifier,
    }
    given = _object(_post(app, "token", {**form, **_secret(app)}), "exchange the code")
    kept = {name: given.get(name) for name in ("access_token", "instance_url", "refresh_token")}
    if not kept["refresh_token"]:
        raise SignInFailed("Salesforce gave no refresh token; give the connected app the scope refresh_token")
    if not all(isinstance(value, str) for value in kept.values()):
        raise SignInFailed("Salesforce answered no token; sign in again")
    name = _name(app, str(kept["instance_url"]), str(kept["access_token"]))
    if name.casefold() != account.strip().casefold():
        raise SignInFailed(f"{name} signed in, and not {account}; sign out there and try again")
    agreed = str(given.get("scope") or " ".join(scopes)).split()
    return SignedIn(account=name.lower(), scopes=tuple(sorted(agreed)), secret=json.dumps(kept))


def revoke(app: SalesforceApp, secret: str) -> None:
    """Have Salesforce forget a grant. One that it knows no more is well forgotten.

    Raises SignInFailed where it cannot be told.
    """
    answer = _post(app, "revoke", {"token": str(json.loads(secret).get("refresh_token"))})
    if not answer.is_success and answer.status != _UNKNOWN:
        raise SignInFailed(f"Salesforce did not forget the grant (it answers {answer.status}); take it back there")


def _code(came: str, state: str) -> str:
    found = {name: values[0] for name, values in parse_qs(urlsplit(came.strip()).query).items()}
    if "error" in found:
        raise SignInFailed("Salesforce was told no; sign in again and allow it")
    if "code" not in found or not secrets.compare_digest(found.get("state", ""), state):
        raise SignInFailed("that is not the address at which this sign-in ends; run the command again")
    return found["code"]


def _name(app: SalesforceApp, address: str, token: str) -> str:
    if not address.startswith("https://"):
        raise SignInFailed("Salesforce named an address that does not begin with https://")
    answer = _call(
        app, "GET", f"{address.rstrip('/')}/services/oauth2/userinfo", {"Authorization": f"Bearer {token}"}
    )
    name = _object(answer, "say who signed in").get("preferred_username")
    if not isinstance(name, str) or not name:
        raise SignInFailed("Salesforce does not say who signed in; give the connected app the scope api")
    return name


def _post(app: SalesforceApp, what: str, form: Mapping[str, str]) -> Answer:
    head = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return _call(app, "POST", f"{app.login.rstrip('/')}/services/oauth2/{what}", head, urlencode(form).encode())


def _call(app: SalesforceApp, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
    with open_session(app.ca_file) as session:
        try:
            return call_once(session, method, url, deadline=Deadline(STEP_SECONDS), headers=headers, body=body)
        except (NotReached, NotAnswered) as error:
            raise SignInFailed(f"Salesforce does not answer: {error}; try again") from None


def _object(answer: Answer, to_do: str) -> Mapping[str, object]:
    """What it says; of an error nothing but the status, for its words may quote what it was given."""
    try:
        found = json.loads(answer.content)
    except ValueError:
        found = None
    if not answer.is_success or not isinstance(found, dict):
        raise SignInFailed(f"Salesforce did not {to_do} (it answers {answer.status}); run the command again")
    return found


def _secret(app: SalesforceApp) -> Mapping[str, str]:
    return {"client_secret": app.client_secret} if app.client_secret else {}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
