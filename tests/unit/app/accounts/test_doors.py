"""The doors at Google and Microsoft: each way of signing in, and where the settings say that the provider is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from app.accounts.providers import door
from app.accounts.service import Way
from app.core.grants import Grant
from app.settings import Settings
from integrations.credentials.signed_in import SignedIn
from tests.support.doors import SILENT
from tests.support.gates import START

SAM, SCOPES = "sam@ours.example", ("a", "b")
ANSWER = SignedIn(account=SAM, scopes=SCOPES, secret="s")
Calls = list[tuple[str, Any, dict[str, object]]]


@pytest.fixture
def calls() -> Calls:
    return []


def noting(calls: Calls, name: str) -> Callable[..., SignedIn]:
    def called(app: object, *_: object, **given: object) -> SignedIn:
        calls.append((name, app, given))
        return ANSWER

    return called


@pytest.mark.parametrize(
    ("library", "way", "name", "talks"),
    [
        ("google", Way.BROWSER, "sign_in", {"open_browser"}),
        ("google", Way.PASTE, "sign_in_by_pasting", {"show", "ask"}),
        ("microsoft", Way.BROWSER, "sign_in", {"open_browser"}),
        ("microsoft", Way.CODE, "sign_in_with_code", {"show"}),
    ],
)
def test_each_way_of_signing_in_is_the_providers(
    library: str, way: Way, name: str, talks: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: Calls = []
    monkeypatch.setattr(f"integrations.credentials.{library}.{name}", noting(calls, name))
    settings = Settings(google_client_id="g", google_client_secret=SecretStr("s"), microsoft_client_id="m")
    assert door(library, settings).sign_in(SAM, SCOPES, way, SILENT) is ANSWER
    [(_, _, given)] = calls
    assert given == {"account": SAM, "scopes": SCOPES, **{talk: getattr(SILENT, talk) for talk in talks}}


def test_google_is_where_the_settings_say(tmp_path: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = tmp_path / "ca.pem"
    authority.touch()
    monkeypatch.setattr("integrations.credentials.google.revoke", noting(calls, "revoke"))
    grant = Grant(provider="google", account=SAM, scopes=SCOPES, secret="s", version=1, granted_at=START)
    near = Settings(google_client_id="g", google_client_secret=SecretStr("s"))
    far = Settings(
        google_client_id="g",
        google_client_secret=SecretStr("s"),
        google_auth_url="https://a.example",
        google_token_url="https://t.example",
        google_revoke_url="https://r.example",
        google_userinfo_url="https://u.example",
        accounts_ca_file=authority,
    )
    for settings in (near, far):
        door("google", settings).revoke(grant)
    usual, other = (app for _, app, _ in calls)
    assert (usual.token_uri, usual.ca_file) == ("https://oauth2.googleapis.com/token", None)
    assert (other.auth_uri, other.token_uri) == ("https://a.example", "https://t.example")
    assert (other.revoke_uri, other.userinfo_uri) == ("https://r.example", "https://u.example")
    assert other.ca_file == str(authority)


def test_microsoft_is_where_the_settings_say(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("integrations.credentials.microsoft.sign_in", noting(calls, "sign_in"))
    near = Settings(microsoft_client_id="m")
    far = Settings(
        microsoft_client_id="m",
        microsoft_tenant="ours.example",
        microsoft_login_url="https://login.microsoftonline.us",
        microsoft_graph_url="https://graph.microsoft.us/v1.0",
    )
    for settings in (near, far):
        door("microsoft", settings).sign_in(SAM, SCOPES, Way.BROWSER, SILENT)
    usual, other = (app for _, app, _ in calls)
    assert (usual.tenant, usual.authority) == ("common", "https://login.microsoftonline.com")
    assert usual.resource == "https://graph.microsoft.com"
    assert (other.tenant, other.authority) == ("ours.example", "https://login.microsoftonline.us")
    assert other.resource == "https://graph.microsoft.us"
