"""Signing in at other people's servers: by browser at the emulator of Entra, by device code at oidc-provider."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import unescape
from urllib.parse import urljoin

import pytest
import requests

from app.core.errors import MailboxClosed
from app.core.grants import Grant
from integrations.credentials.microsoft import (
    PROVIDER,
    SEND,
    ApplicationAccess,
    MicrosoftApp,
    SignedInAccess,
    sign_in,
    sign_in_with_code,
)
from integrations.credentials.signed_in import SignedIn, SignInFailed
from integrations.http import Deadline
from tests.emulators.microsoft_front import tls_front
from tests.emulators.node import DOUBLES, free_port, running
from tests.support.graph.house import NOW, Kept
from tests.support.processes import ROOT

pytestmark = pytest.mark.emulators

MAYA, OMAR = "maya@ours.example", "omar@ours.example"
_PATIENCE = 20
_FORM = re.compile(r"<form([^>]*)>(.*?)</form>", re.DOTALL)
_ACTION = re.compile(r"\baction=\"([^\"]*)\"")
_INPUT = re.compile(r"<input[^>]*?>|<button[^>]*?name=[^>]*?>", re.DOTALL)
_NAME, _VALUE = re.compile(r"\bname=\"([^\"]*)\""), re.compile(r"\bvalue=\"([^\"]*)\"")
SEED = """
microsoft:
  users:
    - {email: maya@ours.example, name: Maya}
    - {email: omar@ours.example, name: Omar}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A form: where it goes, and what is in it."""

    action: str
    values: dict[str, str]


def forms(text: str) -> list[Page]:
    """The forms of a page."""
    return [
        Page(
            action=unescape(action[1]) if (action := _ACTION.search(head)) else "",
            values={
                name[1]: unescape(value[1]) if (value := _VALUE.search(one)) else ""
                for one in _INPUT.findall(inside)
                if (name := _NAME.search(one))
            },
        )
        for head, inside in _FORM.findall(text)
    ]


class Browser:
    """Somebody at a browser, over HTTP. It keeps cookies and follows where it is sent."""

    def __init__(self, ca_file: str) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.verify = ca_file

    def presses(self, account: str) -> Callable[[str], None]:
        """Opens the page, presses the button of the account, and brings the answer back to loopback."""

        def work(address: str) -> None:
            page = self._session.get(address, timeout=_PATIENCE)
            [button] = [form for form in forms(page.text) if form.values.get("email") == account]
            answer = self._session.post(urljoin(address, button.action), data=button.values, timeout=_PATIENCE)
            [back] = forms(answer.text)
            self._session.post(back.action.replace("localhost", "127.0.0.1"), data=back.values, timeout=_PATIENCE)

        return lambda address: threading.Thread(target=work, args=(address,), daemon=True).start()

    def enters(self, code: str, address: str, *, account: str) -> None:
        """Enters the code, signs in, and agrees to everything that is asked."""
        known = {"user_code": code, "login": account, "password": "any"}
        page = self._session.get(address, timeout=_PATIENCE)
        for _ in range(6):
            found = [form for form in forms(page.text) if "abort" not in form.values]
            if not found:
                return
            values = {**found[0].values, **{name: known[name] for name in known if name in found[0].values}}
            page = self._session.post(urljoin(page.url, found[0].action or page.url), data=values, timeout=_PATIENCE)
        raise AssertionError("the sign-in has no end")


def kept(signed: SignedIn) -> Kept:
    """Grants with this one."""
    grants = Kept()
    grants.put(
        Grant(
            provider=PROVIDER,
            account=signed.account,
            scopes=signed.scopes,
            secret=signed.secret,
            version=1,
            granted_at=NOW,
        )
    )
    return grants


def renewed_and_revoked(app: MicrosoftApp, signed: SignedIn, revoke: Callable[[str], None]) -> None:
    """A token is good, then renewed; then its owner takes the permission back."""
    grants = kept(signed)
    access = SignedInAccess(app, grants)
    first = access.key(MAYA, SEND, deadline=Deadline(_PATIENCE))
    second = access.key(MAYA, SEND, deadline=Deadline(_PATIENCE), refused=first.token)
    assert second.token != first.token
    assert SignedInAccess(app, grants).key(MAYA, SEND, deadline=Deadline(_PATIENCE)) == second
    grant = grants.of(PROVIDER, MAYA)
    assert grant is not None
    [refresh] = re.findall(r'"credential_type": "RefreshToken",\s*"secret": "([^"]+)"', grant.secret)
    revoke(refresh)
    with pytest.raises(MailboxClosed, match=r"invalid_grant.*accounts connect microsoft"):
        access.key(MAYA, SEND, deadline=Deadline(_PATIENCE), refused=second.token)
    assert len(grants.closings) == 1


# ── by browser, at the emulator of Entra ──────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def entra(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MicrosoftApp]:
    folder, plain, port = tmp_path_factory.mktemp("entra"), free_port(), free_port()
    (folder / "seed.yaml").write_text(SEED)
    options = ["--host", "127.0.0.1", "-p", str(plain), "--seed", str(folder / "seed.yaml")]
    command = ["node_modules/emulate/dist/index.js", "start", "-s", "microsoft", *options]
    base = f"https://localhost:{port}"
    with (
        running(*command, "--base-url", base, port=plain, folder=folder),
        tls_front(port=port, to=plain, folder=folder) as ca_file,
    ):
        yield MicrosoftApp(client_id="countersign", authority=base, ca_file=ca_file)


def test_a_browser_signs_in_and_the_token_is_renewed_and_revoked(entra: MicrosoftApp) -> None:
    browser = Browser(entra.ca_file or "")
    signed = sign_in(entra, account=MAYA, scopes=SEND, open_browser=browser.presses(MAYA), seconds=_PATIENCE)
    assert (signed.account, signed.scopes) == (MAYA, SEND)

    def revoke(refresh: str) -> None:
        with requests.Session() as session:
            session.trust_env = False
            where = f"{entra.authority}/oauth2/v2.0/revoke"
            session.post(where, data={"token": refresh}, verify=entra.ca_file, timeout=_PATIENCE).raise_for_status()

    renewed_and_revoked(entra, signed, revoke)


def test_somebody_else_at_the_browser_is_not_taken(entra: MicrosoftApp) -> None:
    browser = Browser(entra.ca_file or "")
    with pytest.raises(SignInFailed, match=r"omar@ours\.example signed in, and not maya"):
        sign_in(entra, account=MAYA, scopes=SEND, open_browser=browser.presses(OMAR), seconds=_PATIENCE)


def test_the_application_gets_a_token_of_its_own(entra: MicrosoftApp) -> None:
    access = ApplicationAccess(replace(entra, tenant="ours.example", client_secret="hush"))
    assert access.key(MAYA, SEND, deadline=Deadline(_PATIENCE)).root == "/users/maya%40ours.example"


def test_a_certificate_that_nobody_vouches_for_is_not_believed(
    entra: MicrosoftApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, entra.ca_file or "")
    with pytest.raises(SignInFailed, match="no connection"):
        sign_in(replace(entra, ca_file=None), account=MAYA, scopes=SEND, open_browser=lambda _: None, seconds=5)


# ── by device code, at oidc-provider ──────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MicrosoftApp]:
    folder, plain, port = tmp_path_factory.mktemp("device"), free_port(), free_port()
    issuer = f"https://localhost:{port}/ours"
    app = MicrosoftApp(client_id="countersign", authority=issuer, openid=True)
    script = ROOT / "tests" / "emulators" / "microsoft_device.mjs"
    provider = DOUBLES / "node_modules" / "oidc-provider" / "lib" / "index.js"
    scopes = [f"{app.resource}/{scope}" for scope in SEND]
    with (
        running(str(script), str(plain), issuer, str(provider), *scopes, port=plain, folder=folder),
        tls_front(port=port, to=plain, folder=folder) as ca_file,
    ):
        yield replace(app, ca_file=ca_file)


def test_a_code_signs_in_and_the_token_is_renewed_and_revoked(device: MicrosoftApp) -> None:
    shown: list[str] = []

    def show(words: str) -> None:
        shown.append(words)
        found = re.fullmatch(r"Open (\S+) and enter the code (\S+)", words)
        assert found
        Browser(device.ca_file or "").enters(found[2], found[1], account=MAYA)

    signed = sign_in_with_code(device, account=MAYA, scopes=SEND, show=show, seconds=_PATIENCE)
    assert (signed.account, signed.scopes, len(shown)) == (MAYA, SEND, 1)

    def revoke(refresh: str) -> None:
        with requests.Session() as session:
            session.trust_env = False
            form = {"token": refresh, "client_id": device.client_id, "token_type_hint": "refresh_token"}
            where = f"{device.authority}/token/revocation"
            session.post(where, data=form, verify=device.ca_file, timeout=_PATIENCE).raise_for_status()

    renewed_and_revoked(device, signed, revoke)
