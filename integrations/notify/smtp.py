"""Notices by mail, over SMTP. Without encryption nothing is carried, unless the settings say that it may be."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum

from app.core.errors import NotDelivered, Undeliverable
from app.core.notices import Notice
from app.core.ports import People
from integrations.notify.letter import addressee, letter

_PERMANENT = 500


class Encryption(StrEnum):
    """How the way to the mail server is closed to others."""

    STARTTLS = "starttls"
    """The server has to offer it; there is no falling back."""
    TLS = "tls"
    """From the first byte, on port 465."""
    NONE = "none"
    """Not at all: for a relay on this machine."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """Where notices are handed in."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    """Empty: the server asks nobody who they are."""
    password: str = ""
    trusted: ssl.SSLContext
    """Whose certificates are believed."""
    timeout: float = 10.0
    """Seconds that the server may take for each answer."""


class SmtpNotifier:
    """Mails each notice under a Message-ID made of its id: mailboxes take a repeated one for the same mail."""

    name = "smtp"

    def __init__(self, server: MailServer, *, people: People, sender: str, link: str) -> None:
        """`sender` is the address that the mails come from, `link` the page's address."""
        self._server = server
        self._people = people
        self._sender = sender
        self._link = link

    @property
    def private(self) -> bool:
        """Whether the way to the server is encrypted."""
        return self._server.encryption is not Encryption.NONE

    def notify(self, notice: Notice) -> None:
        """Hand the mail to the server. Raises NotDelivered, Undeliverable where the server will never take it."""
        person = addressee(notice, self._people)
        mail = letter(notice, person, sender=self._sender, link=self._link)
        try:
            self._hand_in(mail, to=person.email)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = error.recipients[person.email]
            raise _refused(code, words, f"for {person.id}") from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error, "as it is") from error
        except smtplib.SMTPException as error:
            raise NotDelivered(f"{self._where} did not take {notice.id}: {error}") from error
        except (OSError, ValueError) as error:
            raise NotDelivered(
                f"{self._where} cannot be reached: {error}; check the notices_smtp settings"
            ) from error

    def _hand_in(self, mail: EmailMessage, *, to: str) -> None:
        session = self._connect()
        try:
            if self._server.encryption is Encryption.STARTTLS:
                session.starttls(context=self._server.trusted)
            if self._server.user:
                session.login(self._server.user, self._server.password)
            session.send_message(mail, from_addr=mail["From"].addresses[0].addr_spec, to_addrs=[to])
        finally:
            # Once the server has said yes, nothing that happens to the farewell makes it a no.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                session.quit()
            session.close()

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.encryption is Encryption.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=server.trusted)
        return smtplib.SMTP(server.host, server.port, timeout=server.timeout)

    @property
    def _where(self) -> str:
        return f"mail server {self._server.host}:{self._server.port}"


def _refused(code: int, words: bytes | str, what: str) -> NotDelivered:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    kind = Undeliverable if code >= _PERMANENT else NotDelivered
    return kind(f"the mail server takes no notice {what}: {code} {said}")
