"""The settings name where mail leaves; what is missing or wrong is named before anything does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from pydantic import SecretStr

from app.accounts.providers import door, provider
from app.accounts.service import Way
from app.core.clock import SystemClock
from app.core.errors import CountersignError, InvalidInput, NotAvailable
from app.core.grants import Grant, Grants
from app.core.ports import MailProvider
from app.identity.vault import new_key
from app.mailboxes import open_mail, signs_in
from app.services import open_services
from app.settings import Settings
from integrations.mail.outbox import OutboxMail
from integrations.mail.smtp import SmtpMail
from tests.cli.company import found_company
from tests.contract.mail_provider import outgoing
from tests.support.doors import SILENT
from tests.support.far_ends import certified, mail_server
from tests.support.gates import START
from tests.support.house_server import PASSWORD, HouseServer
from tests.support.mail import deliver

SMTP = {"mail": "smtp", "mail_smtp_host": "mail.ours.example"}
KEY = {"secret_key": SecretStr(new_key())}
GMAIL = {"mail": "gmail", "google_client_id": "house", "google_client_secret": SecretStr("s"), **KEY}
OUTLOOK = {"mail": "outlook", "microsoft_client_id": "house", **KEY}


class NoGrants:
    """A double of grants of a house that nobody has let in."""

    def of(self, provider: str, account: str) -> Grant | None:
        """None."""

    def all_of(self, provider: str) -> tuple[Grant, ...]:  # noqa: ARG002
        """None."""
        return ()

    def renewed(self, grant: Grant, secret: str) -> Grant:  # noqa: ARG002
        """There is none."""
        raise AssertionError

    def closed(self, grant: Grant, reason: str) -> None:
        """There is none."""


def settings(tmp_path: Path, changes: Mapping[str, object]) -> Settings:
    return Settings(home=tmp_path / "home", **changes)  # type: ignore[arg-type]


def opened(
    tmp_path: Path, changes: Mapping[str, object], *, domains: tuple[str, ...] = ("ours.example",)
) -> MailProvider:
    grants: Grants = NoGrants()
    return open_mail(settings(tmp_path, changes), grants, clock=SystemClock(), domains=domains)


def test_without_settings_mail_goes_to_the_folder_under_home(tmp_path: Path) -> None:
    mail = opened(tmp_path, {})
    assert isinstance(mail, OutboxMail)
    deliver(mail, outgoing())
    assert [file.name for file in (tmp_path / "home" / "outbox").glob("*.eml")] == ["snd_1.eml"]


@pytest.mark.parametrize("changes", [{"mail": "OUTBOX "}, SMTP, GMAIL, OUTLOOK])
def test_each_can_be_chosen(tmp_path: Path, changes: Mapping[str, object]) -> None:
    assert opened(tmp_path, changes).name == str(changes["mail"]).strip().lower()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mail": "pigeon"}, "mail: knows no mail 'pigeon'; write outbox, smtp, gmail or outlook"),
        ({"mail": "smtp"}, "mail_smtp_host: is missing"),
        ({**SMTP, "mail_smtp_encryption": "rot13"}, "mail_smtp_encryption: is none of"),
        (
            {**SMTP, "mail_smtp_encryption": "none", "mail_smtp_user": "gate"},
            "mail_smtp_encryption: is none, and the password would travel in the clear",
        ),
        ({**SMTP, "mail_ca_file": "nowhere.pem"}, "mail_ca_file: cannot be read"),
        ({**GMAIL, "google_client_id": ""}, "google_client_id: is missing"),
        ({**GMAIL, "google_client_secret": SecretStr("")}, "google_client_secret: is missing"),
        ({**GMAIL, "secret_key": SecretStr("")}, "secret_key: is missing, and gmail keeps tokens under it"),
        ({**GMAIL, "accounts_ca_file": "nowhere.pem"}, "accounts_ca_file: nowhere.pem is not there"),
        (
            {**GMAIL, "google_service_account_file": "nowhere.json"},
            "google_service_account_file: nowhere.json",
        ),
        ({**OUTLOOK, "microsoft_client_id": ""}, "microsoft_client_id: is missing"),
        ({**OUTLOOK, "secret_key": SecretStr("")}, "secret_key: is missing, and outlook keeps tokens under it"),
        (
            {**OUTLOOK, "microsoft_client_secret": SecretStr("s")},
            "microsoft.tenant: application permissions need one",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_named(tmp_path: Path, changes: Mapping[str, object], says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        opened(tmp_path, changes)
    assert str(refused.value).startswith(says)


def test_a_house_without_domains_of_its_own_sends_for_nobody(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"mail: is smtp, which sends for the house's own domains.*world\.yaml"):
        opened(tmp_path, SMTP, domains=())


@pytest.mark.parametrize("content", ["no JSON", "[]", '{"type": "service_account"}'])
def test_a_key_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "key.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match="is no key of a service account"):
        opened(tmp_path, {"mail": "gmail", "google_service_account_file": file})


def test_a_service_account_needs_neither_client_nor_sign_in(tmp_path: Path) -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    info = {"type": "service_account", "client_email": "gate@house.example", "token_uri": "https://t.example"}
    file = tmp_path / "key.json"
    file.write_text(json.dumps({**info, "private_key": private.decode()}), encoding="utf-8")
    changes = {"mail": "gmail", "google_service_account_file": file}
    assert opened(tmp_path, changes).name == "gmail"
    assert signs_in(settings(tmp_path, changes)) is None


def test_who_has_to_sign_in_follows_from_the_settings(tmp_path: Path) -> None:
    wanted: list[tuple[Mapping[str, object], str | None]] = [
        ({}, None),
        (SMTP, None),
        (GMAIL, "google"),
        (OUTLOOK, "microsoft"),
        ({**OUTLOOK, "microsoft_client_secret": SecretStr("s")}, None),
    ]
    for changes, who in wanted:
        assert signs_in(settings(tmp_path, changes)) == who


def test_an_application_of_one_tenant_acts_for_everybody(tmp_path: Path) -> None:
    one = {**OUTLOOK, "microsoft_tenant": "ours.example", "microsoft_client_secret": SecretStr("s")}
    assert opened(tmp_path, one).name == "outlook"


@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("google", "google_auth_oauthlib"),
        ("microsoft", "msal"),
        ("salesforce", "simple_salesforce"),
        ("hubspot", "hubspot"),
    ],
)
def test_a_library_that_is_not_installed_is_named(name: str, library: str) -> None:
    look = f"""
import sys
sys.modules[{library!r}] = None  # as if it were not there
from app.accounts.providers import provider
from app.core.errors import NotAvailable
try:
    provider({name!r})
except NotAvailable as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert f"run `pip install 'countersign[{name}]'`" in done.stdout


def test_a_mistake_of_our_own_is_not_taken_for_a_missing_library() -> None:
    with pytest.raises(ImportError, match="nowhere"):
        provider("nowhere")


@pytest.mark.parametrize(("name", "changes"), [("google", GMAIL), ("microsoft", OUTLOOK)])
def test_a_sign_in_that_the_provider_does_not_have_says_which_it_has(
    tmp_path: Path, name: str, changes: Mapping[str, object]
) -> None:
    opened_door = door(name, settings(tmp_path, changes))
    way = Way.CODE if name == "google" else Way.PASTE
    with pytest.raises(CountersignError, match="--device"):
        opened_door.sign_in("maya@ours.example", [], way, SILENT)


def test_microsoft_ends_no_sign_in_on_request(tmp_path: Path) -> None:
    grant = Grant(provider="microsoft", account="m@o.example", scopes=(), secret="s", version=1, granted_at=START)
    with pytest.raises(NotAvailable, match=r"m@o\.example to remove the application at https://myapps"):
        door("microsoft", settings(tmp_path, OUTLOOK)).revoke(grant)


def test_a_house_is_reached_by_what_the_settings_say(tmp_path: Path) -> None:
    keys, house = certified(tmp_path), HouseServer()
    with mail_server(house, starttls=keys.server, auth=True) as port:
        chosen = {
            **SMTP,
            "mail_smtp_host": "127.0.0.1",
            "mail_smtp_port": port,
            "mail_smtp_user": "gate",
            "mail_smtp_password": SecretStr(PASSWORD),
            "mail_smtp_per_minute": 30,
            "mail_ca_file": keys.ca_file,
        }
        mail = opened(tmp_path, chosen)
        deliver(mail, outgoing())
    assert isinstance(mail, SmtpMail)
    assert mail.manner.pace is not None
    assert mail.manner.pace.interval.total_seconds() == 2
    assert len(house.mails) == 1


def test_no_secret_is_shown(tmp_path: Path) -> None:
    secrets = ("mail_smtp_password", "google_client_secret", "microsoft_client_secret")
    shown = repr(settings(tmp_path, dict.fromkeys(secrets, "between us")))
    assert "between us" not in shown


def test_a_house_does_not_open_with_settings_by_which_no_mail_would_leave(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="mail_smtp_host"):
        open_services(settings(tmp_path, {"world": found_company(tmp_path / "world"), "mail": "smtp"}))


def test_no_providers_library_is_loaded_before_it_is_chosen() -> None:
    libraries = {"msal", "googleapiclient", "google_auth_oauthlib"}
    look = f"import sys, app.services, app.doctor; print(sorted({libraries} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "[]\n"
