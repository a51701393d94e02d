"""Notices by mail, against a real mail server on loopback."""

from __future__ import annotations

import email
import ssl
from collections.abc import Iterator, Sequence
from email import policy
from pathlib import Path

import pytest

from app.core.errors import NotDelivered, Undeliverable
from app.core.ports import Notifier
from integrations.notify.smtp import SmtpNotifier
from integrations.smtp import Encryption, MailServer
from tests.contract.notifier import LINK, NOTICE, SENDER, AddressesPeople, Directory, NotifierContract, Told
from tests.support.far_ends import Certified, Mailbox, certified, mail_server, silent_line


def by_mail(
    port: int,
    people: Directory,
    *,
    encryption: Encryption = Encryption.NONE,
    trusted: ssl.SSLContext | None = None,
    user: str = "",
    password: str = "",
    timeout: float = 10,
) -> SmtpNotifier:
    server = MailServer(
        host="127.0.0.1",
        port=port,
        encryption=encryption,
        user=user,
        password=password,
        trusted=trusted or ssl.create_default_context(),
        timeout=timeout,
    )
    return SmtpNotifier(server, people=people, sender=SENDER, link=LINK)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def keys(tmp_path: Path) -> Certified:
    return certified(tmp_path)


def arrived(mailbox: Mailbox) -> list[Told]:
    """The mails as a mailbox shows them: of those with one Message-ID, one."""
    mails = [email.message_from_bytes(raw, policy=policy.default) for raw in mailbox.mails]
    once = {mail["Message-ID"]: mail for mail in mails}
    return [
        Told(id=message_id.strip("<").partition("@")[0], to=mail["To"], text=mail.get_content())
        for message_id, mail in once.items()
    ]


class TestSmtp(AddressesPeople, NotifierContract):
    @pytest.fixture
    def notifier(self, people: Directory, mailbox: Mailbox) -> Iterator[Notifier]:
        self.mailbox = mailbox
        with mail_server(mailbox) as port:
            yield by_mail(port, people)

    @pytest.fixture
    def broken(self, people: Directory) -> Notifier:
        with mail_server(Mailbox()) as port:
            pass
        return by_mail(port, people)

    def told(self) -> Sequence[Told]:
        return arrived(self.mailbox)

    def test_the_same_notice_is_the_same_mail_to_the_byte(self, notifier: Notifier) -> None:
        notifier.notify(NOTICE)
        notifier.notify(NOTICE)
        first, second = self.mailbox.mails
        assert first == second
        assert b"Auto-Submitted: auto-generated" in first

    def test_who_is_refused_for_now_is_tried_again(self, notifier: Notifier) -> None:
        self.mailbox.rcpt.append("451 come back later")
        with pytest.raises(NotDelivered, match="451 come back later") as refused:
            notifier.notify(NOTICE)
        assert not isinstance(refused.value, Undeliverable)
        notifier.notify(NOTICE)
        assert len(self.told()) == 1

    def test_who_is_refused_for_good_is_not(self, notifier: Notifier) -> None:
        self.mailbox.rcpt.append("550 nobody here")
        with pytest.raises(Undeliverable, match="550 nobody here"):
            notifier.notify(NOTICE)

    def test_a_mail_that_the_server_will_not_have_is_not_tried_again(self, notifier: Notifier) -> None:
        self.mailbox.data.append("554 no")
        with pytest.raises(Undeliverable, match="554 no"):
            notifier.notify(NOTICE)

    def test_a_line_that_goes_dead_before_the_answer_is_tried_again_as_the_same_mail(
        self, notifier: Notifier
    ) -> None:
        self.mailbox.data.append("lost")
        with pytest.raises(NotDelivered):
            notifier.notify(NOTICE)
        notifier.notify(NOTICE)
        assert len(self.mailbox.mails) == 2
        assert len(self.told()) == 1


def test_a_server_that_never_answers_takes_no_longer_than_the_timeout(people: Directory) -> None:
    with silent_line() as port, pytest.raises(NotDelivered):
        by_mail(port, people, timeout=0.1).notify(NOTICE)


@pytest.fixture
def people() -> Directory:
    return Directory()


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_mail_goes_over_an_encrypted_line(
    people: Directory, mailbox: Mailbox, keys: Certified, encryption: Encryption
) -> None:
    starttls = keys.server if encryption is Encryption.STARTTLS else None
    tls = keys.server if encryption is Encryption.TLS else None
    with mail_server(mailbox, starttls=starttls, tls=tls) as port:
        notifier = by_mail(port, people, encryption=encryption, trusted=keys.client)
        assert notifier.private
        notifier.notify(NOTICE)
    assert len(arrived(mailbox)) == 1
    if starttls:
        assert mailbox.encrypted == [True]


@pytest.mark.parametrize("encryption", [Encryption.STARTTLS, Encryption.TLS])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(
    people: Directory, mailbox: Mailbox, keys: Certified, encryption: Encryption
) -> None:
    starttls = keys.server if encryption is Encryption.STARTTLS else None
    tls = keys.server if encryption is Encryption.TLS else None
    with (
        mail_server(mailbox, starttls=starttls, tls=tls) as port,
        pytest.raises(NotDelivered, match="certificate"),
    ):
        by_mail(port, people, encryption=encryption).notify(NOTICE)
    assert mailbox.mails == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(people: Directory, mailbox: Mailbox) -> None:
    with mail_server(mailbox) as port, pytest.raises(NotDelivered, match="STARTTLS"):
        by_mail(port, people, encryption=Encryption.STARTTLS).notify(NOTICE)
    assert mailbox.mails == []
    assert not by_mail(port, people).private


def test_it_says_who_it_is_where_the_server_asks(people: Directory, mailbox: Mailbox, keys: Certified) -> None:
    with mail_server(mailbox, starttls=keys.server, auth=True) as port:
        how = {"encryption": Encryption.STARTTLS, "trusted": keys.client, "user": "gate"}
        by_mail(port, people, password="open sesame", **how).notify(NOTICE)  # type: ignore[arg-type]
        with pytest.raises(NotDelivered, match="535"):
            by_mail(port, people, password="wrong", **how).notify(NOTICE)  # type: ignore[arg-type]
    assert len(mailbox.mails) == 1
