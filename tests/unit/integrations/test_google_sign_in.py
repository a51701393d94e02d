"""Signing in at Google, on the double of our own: who agrees to what, and what is kept of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator

import pytest

from app.core.errors import InvalidInput, NotAvailable
from integrations.credentials.google import (
    FEATURES,
    GoogleApp,
    revoke,
    scopes_for,
    sign_in,
    sign_in_by_pasting,
    sign_in_with_code,
)
from integrations.credentials.signed_in import SignedIn, SignInFailed
from tests.emulators.google.browser import follow, meanwhile, presses
from tests.emulators.google.calls import Reply
from tests.emulators.google.front import Front
from tests.emulators.google.oauth import SignInDouble
from tests.emulators.google.suite import app_at
from tests.support.provider.faults import Fault

ACCOUNT = "Sam@ours.example"
SCOPES = scopes_for("send")


@pytest.fixture
def google() -> SignInDouble:
    return SignInDouble()


@pytest.fixture
def front(google: SignInDouble, monkeypatch: pytest.MonkeyPatch) -> Iterator[Front]:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    with Front(lambda call: google(call) or Reply(status=404)) as front:
        yield front


def signed_in(app: GoogleApp, *, comes_back: Callable[[str], None] = follow) -> SignedIn:
    return sign_in(
        app,
        account=ACCOUNT,
        scopes=SCOPES,
        open_browser=presses(ACCOUNT, comes_back=meanwhile(comes_back)),
        patience=20,
    )


def test_what_is_kept_is_the_grant_and_nothing_of_the_house(front: Front) -> None:
    made = signed_in(app_at(front))
    kept = json.loads(made.secret)
    assert (made.account, set(made.scopes)) == ("sam@ours.example", {*SCOPES})
    assert {"token", "refresh_token", "expiry"} <= kept.keys()
    assert not {"client_id", "client_secret", "token_uri", "scopes"} & kept.keys()
    assert kept["refresh_token"] not in repr(made)
    asked = front.calls[0]
    assert (asked.parameter("code_challenge_method"), asked.parameter("access_type")) == ("S256", "offline")
    assert (asked.parameter("login_hint"), asked.parameter("prompt")) == (ACCOUNT, "consent")


def test_an_owner_may_agree_to_less(front: Front, google: SignInDouble) -> None:
    google.grants_only = frozenset({"openid", FEATURES["send"][0]})
    assert signed_in(app_at(front)).scopes == (FEATURES["send"][0],)


def test_an_owner_who_does_not_agree(front: Front, google: SignInDouble) -> None:
    google.denies = True
    with pytest.raises(SignInFailed, match="'access_denied': the owner has not agreed"):
        signed_in(app_at(front))


def test_somebody_else_is_not_kept_at_google_either(front: Front, google: SignInDouble) -> None:
    google.signs_in_as = "ruth@ours.example"
    with pytest.raises(SignInFailed, match=r"that was ruth@ours\.example, not Sam@ours\.example"):
        signed_in(app_at(front))
    assert front.calls[-1].path == "/oauth2/revoke"


def test_nobody_signs_in(front: Front) -> None:
    with pytest.raises(SignInFailed, match="nobody signed in"):
        sign_in(app_at(front), account=ACCOUNT, scopes=SCOPES, open_browser=lambda _: None, patience=0.05)


def test_what_comes_by_and_is_no_answer_is_passed_over(front: Front) -> None:
    def strays_first(address: str) -> None:
        with pytest.raises(OSError, match="400"):
            follow(f"{address.partition('?')[0]}?code=x&state=of-another")
        follow(address)

    assert signed_in(app_at(front), comes_back=strays_first).account == "sam@ours.example"


@pytest.mark.parametrize(
    "pasted", ["http://127.0.0.1:1/?code=x&state=of-another", "http://127.0.0.1:1/", "", "4/0AXcode"]
)
def test_what_is_pasted_has_to_be_the_address_of_this_sign_in(front: Front, pasted: str) -> None:
    with pytest.raises(SignInFailed, match="paste the whole one"):
        sign_in_by_pasting(app_at(front), account=ACCOUNT, scopes=SCOPES, show=lambda _: None, ask=lambda: pasted)


@pytest.mark.parametrize("fault", [Fault.UNANSWERED, Fault.ERROR_BEFORE, Fault.GARBAGE])
@pytest.mark.parametrize("place", ["/oauth2/v2/userinfo"])
def test_a_google_that_does_not_say_who_it_was(front: Front, fault: Fault, place: str) -> None:
    front.hurt(lambda call: call.path == place, fault)
    with pytest.raises(SignInFailed, match="does not say who"):
        signed_in(app_at(front))


def test_no_code_and_no_token_is_logged(front: Front, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = signed_in(app_at(front))
    kept = json.loads(made.secret)
    assert kept["refresh_token"] not in caplog.text
    assert kept["token"] not in caplog.text
    assert "house-secret" not in caplog.text


def test_there_are_no_device_codes(front: Front) -> None:
    with pytest.raises(NotAvailable, match=r"no device codes for mail and calendars.*paste the address"):
        sign_in_with_code(app_at(front), account=ACCOUNT, scopes=SCOPES, show=lambda _: None)


def test_a_grant_is_forgotten_once_and_may_be_forgotten_again(front: Front) -> None:
    made, app = signed_in(app_at(front)), app_at(front)
    revoke(app, made.secret)
    revoke(app, made.secret)
    assert [call.path for call in front.calls].count("/oauth2/revoke") == 2


@pytest.mark.parametrize("fault", [Fault.DROPPED, Fault.ERROR_BEFORE])
def test_a_google_that_cannot_be_told_to_forget(front: Front, fault: Fault) -> None:
    made = signed_in(app_at(front))
    front.hurt(lambda call: call.path == "/oauth2/revoke", fault)
    with pytest.raises(SignInFailed, match="not told to forget"):
        revoke(app_at(front), made.secret)


def test_a_feature_that_there_is_not() -> None:
    with pytest.raises(InvalidInput, match="send, replies, label, calendar, titles"):
        scopes_for("send", "telepathy")
