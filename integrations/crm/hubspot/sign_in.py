"""Letting the gate into a HubSpot: an administrator makes a private app there, and pastes its token."""

from __future__ import annotations

import json
from collections.abc import Callable

from integrations.credentials.signed_in import SignedIn, SignInFailed
from integrations.crm.hubspot.client import HubspotApp
from integrations.crm.line import STEP_SECONDS
from integrations.http import Deadline, NotAnswered, NotReached, call_once, open_session

PRIVATE_APP = ("private-app",)
"""A private app's scopes are chosen there, and HubSpot does not tell them with its token."""


def sign_in_with_token(app: HubspotApp, *, account: str, ask: Callable[[], str]) -> SignedIn:
    """Take the token of a private app. `account` is the number of the HubSpot account that it has to be of.

    Raises SignInFailed where HubSpot does not take the token, or it is another account's.
    """
    token = ask().strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise SignInFailed("that is no token; copy it from the private app's page in HubSpot")
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    with open_session(app.ca_file) as session:
        url = f"{app.host.rstrip('/')}/account-info/v3/details"
        try:
            answer = call_once(session, "GET", url, deadline=Deadline(STEP_SECONDS), headers=headers)
        except (NotReached, NotAnswered) as error:
            raise SignInFailed(f"HubSpot does not answer: {error}; try again") from None
    if not answer.is_success:
        raise SignInFailed(f"HubSpot does not take that token (it answers {answer.status}); copy it again")
    try:
        portal = str(int(json.loads(answer.content)["portalId"]))
    except (ValueError, KeyError, TypeError):
        raise SignInFailed("HubSpot does not say whose token that is; try again") from None
    if portal != account.strip():
        raise SignInFailed(f"that is the token of HubSpot account {portal}, and not of {account}")
    return SignedIn(account=portal, scopes=PRIVATE_APP, secret=json.dumps({"access_token": token}))
