"""Signing in at the emulator of Google: by a browser, by pasting; tokens that are renewed, and revoked."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.core.errors import MailboxClosed
from integrations.credentials.google import revoke, scopes_for, sign_in, sign_in_by_pasting
from integrations.credentials.signed_in import SignInFailed
from tests.contract.mail_provider import outgoing
from tests.emulators.google.browser import follow, meanwhile, presses
from tests.emulators.google.front import Front
from tests.emulators.google.owner import ACCOUNT, Owner
from tests.emulators.google.suite import RAW, app_at, gmail_at
from tests.support.mail import deliver
from tests.support.provider.faults import Fault

pytestmark = pytest.mark.emulators

SCOPES = scopes_for("send")
MAIL = replace(outgoing("snd_1", RAW), sender=ACCOUNT)


@pytest.fixture(autouse=True)
def _over_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """oauthlib fetches no token over http but where it is told that this is a test."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")


def test_a_browser_signs_in_and_mail_leaves(front: Front, owner: Owner) -> None:
    app = app_at(front)
    signed_in = sign_in(
        app, account=ACCOUNT, scopes=SCOPES, open_browser=presses(ACCOUNT, comes_back=meanwhile(follow))
    )
    assert (signed_in.account, set(signed_in.scopes)) == (ACCOUNT, {*SCOPES})
    assert app.client_secret not in signed_in.secret
    owner.grants.keep("google", ACCOUNT, signed_in.secret, signed_in.scopes)
    deliver(gmail_at(front, owner), MAIL)
    assert owner.sent() == [RAW]


def test_a_browser_elsewhere_signs_in_by_pasting(front: Front) -> None:
    addresses: list[str] = []
    ended_up: list[str] = []

    def ask() -> str:
        presses(ACCOUNT, comes_back=ended_up.append)(addresses[0])
        return f"  {ended_up[0]}\n"

    made = sign_in_by_pasting(app_at(front), account=ACCOUNT, scopes=SCOPES, show=addresses.append, ask=ask)
    assert made.account == ACCOUNT


def test_somebody_else_is_not_taken(front: Front) -> None:
    browser = presses("ruth@ours.example", comes_back=meanwhile(follow))
    with pytest.raises(SignInFailed, match=r"that was ruth@ours\.example, not sam@ours\.example"):
        sign_in(app_at(front), account=ACCOUNT, scopes=SCOPES, open_browser=browser)


def test_a_token_that_expires_is_renewed_and_kept(front: Front, owner: Owner) -> None:
    signed_in = sign_in(
        app_at(front), account=ACCOUNT, scopes=SCOPES, open_browser=presses(ACCOUNT, comes_back=meanwhile(follow))
    )
    expired = json.dumps({**json.loads(signed_in.secret), "expiry": "2020-01-01T00:00:00Z"})
    first = owner.grants.keep("google", ACCOUNT, expired, signed_in.scopes)
    deliver(gmail_at(front, owner), MAIL)
    renewed = owner.grants.of("google", ACCOUNT)
    assert renewed is not None
    assert (renewed.version, renewed.secret == first.secret) == (first.version + 1, False)


def test_what_was_revoked_closes_the_mailbox_until_somebody_signs_in(front: Front, owner: Owner) -> None:
    browser = presses(ACCOUNT, comes_back=meanwhile(follow))
    signed_in = sign_in(app_at(front), account=ACCOUNT, scopes=SCOPES, open_browser=browser)
    owner.grants.keep("google", ACCOUNT, signed_in.secret, signed_in.scopes)
    gmail = gmail_at(front, owner)
    revoke(app_at(front), signed_in.secret)
    front.hurt(lambda call: "drafts" in call.path, Fault.EXPIRED)
    with pytest.raises(MailboxClosed, match=r"countersign accounts connect google --account sam@ours\.example"):
        gmail.prepare(MAIL)
    assert owner.grants.told == [ACCOUNT]
    again = sign_in(app_at(front), account=ACCOUNT, scopes=SCOPES, open_browser=browser)
    owner.grants.keep("google", ACCOUNT, again.secret, again.scopes)
    deliver(gmail, MAIL)
    assert owner.sent() == [RAW]
