"""The settings name the transports; what is missing or wrong is named before anything is carried."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.errors import InvalidInput
from app.notifiers import described, link_of, open_notifiers
from app.services import open_services
from app.settings import Settings
from integrations.notify.smtp import SmtpNotifier
from tests.cli.company import found_company
from tests.contract.notifier import NOTICE
from tests.support.far_ends import Mailbox, certified, mail_server
from tests.support.gates import SmallDirectory

PEOPLE = SmallDirectory()
SMTP = {"notices_by": "smtp", "notices_smtp_host": "mail.ours.example", "notices_from": "gate@ours.example"}
HOOK = {"notices_by": "webhook", "notices_webhook_url": "https://ours.example/hooks", "notices_webhook_secret": "s"}


def settings(tmp_path: Path, **changes: object) -> Settings:
    return Settings(home=tmp_path / "home", **changes)  # type: ignore[arg-type]


def test_without_settings_notices_go_to_the_folder_under_home(tmp_path: Path) -> None:
    (folder,) = open_notifiers(settings(tmp_path), PEOPLE)
    folder.notify(NOTICE)
    assert [file.name for file in (tmp_path / "home" / "notices").glob("*.eml")] == ["no_1.eml"]


def test_several_may_be_named_and_none_too(tmp_path: Path) -> None:
    named = settings(tmp_path, **{**HOOK, **SMTP, "notices_by": "folder, SMTP ,webhook,folder"})
    assert [notifier.name for notifier in open_notifiers(named, PEOPLE)] == ["folder", "smtp", "webhook"]
    assert [name for name, _ in described(named)] == ["folder", "smtp", "webhook"]
    assert open_notifiers(settings(tmp_path, notices_by="none"), PEOPLE) == ()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"notices_by": "pigeon"}, "notices_by: knows no transport 'pigeon'"),
        ({**SMTP, "notices_smtp_host": ""}, "notices_smtp_host: is missing"),
        ({**SMTP, "notices_from": ""}, "notices_from: is no address"),
        ({**SMTP, "notices_from": "gate"}, "notices_from: is no address"),
        ({**SMTP, "notices_from": "a@b.example\r\nBcc: eve@b.example"}, "notices_from: is no address"),
        ({**SMTP, "notices_smtp_encryption": "rot13"}, "notices_smtp_encryption: is none of"),
        ({**SMTP, "notices_ca_file": "nowhere.pem"}, "notices_ca_file: cannot be read"),
        ({**HOOK, "notices_webhook_url": "ours"}, "notices_webhook_url: is no https:// address"),
        ({**HOOK, "notices_webhook_secret": ""}, "notices_webhook_secret: is missing"),
    ],
)
def test_what_is_missing_or_wrong_is_named(tmp_path: Path, changes: dict[str, object], says: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        open_notifiers(settings(tmp_path, **changes), PEOPLE)
    assert str(refused.value).startswith(says)


@pytest.mark.parametrize(("encryption", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_encryption_unless_it_is_named(tmp_path: Path, encryption: str, port: int) -> None:
    for named, expected in ((0, port), (2525, 2525)):
        chosen = settings(tmp_path, **SMTP, notices_smtp_encryption=encryption, notices_smtp_port=named)
        (notifier,) = open_notifiers(chosen, PEOPLE)
        assert isinstance(notifier, SmtpNotifier)
        assert notifier._server.port == expected


def test_a_house_with_an_authority_of_its_own_is_reached_by_what_the_settings_say(tmp_path: Path) -> None:
    keys, mailbox = certified(tmp_path), Mailbox()
    with mail_server(mailbox, starttls=keys.server) as port:
        chosen = {
            **SMTP,
            "notices_smtp_host": "127.0.0.1",
            "notices_smtp_port": port,
            "notices_ca_file": keys.ca_file,
        }
        (notifier,) = open_notifiers(settings(tmp_path, **chosen, notices_link="https://page.ours.example/"), PEOPLE)
        notifier.notify(NOTICE)
    assert b"https://page.ours.example/?draft=3Ddr_1" in mailbox.mails[0]


def test_links_lead_to_where_serve_listens_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    assert link_of(settings(tmp_path)) == "http://127.0.0.1:8501"
    assert link_of(settings(tmp_path, notices_link="https://page.ours.example/")) == "https://page.ours.example"


def test_no_secret_is_shown(tmp_path: Path) -> None:
    shown = repr(settings(tmp_path, notices_smtp_password="open sesame", notices_webhook_secret="between us"))
    assert "open sesame" not in shown
    assert "between us" not in shown


def test_a_house_does_not_open_with_settings_by_which_nobody_would_be_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="notices_smtp_host"):
        open_services(settings(tmp_path, world=found_company(tmp_path / "world"), notices_by="smtp"))
