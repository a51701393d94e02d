"""Notices by mail, over SMTP. Without encryption nothing is carried, unless the settings say that it may be."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

from app.core.errors import NotDelivered, Undeliverable
from app.core.notices import Notice
from app.core.ports import People
from integrations.notify.letter import addressee, letter
from integrations.smtp import PERMANENT, Encryption, MailServer, in_words, session


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
            raise NotDelivered(f"{self._server} did not take {notice.id}: {error}") from error
        except (OSError, ValueError) as error:
            raise NotDelivered(
                f"{self._server} cannot be reached: {error}; check the notices_smtp settings"
            ) from error

    def _hand_in(self, mail: EmailMessage, *, to: str) -> None:
        with session(self._server) as client:
            client.send_message(mail, from_addr=mail["From"].addresses[0].addr_spec, to_addrs=[to])


def _refused(code: int, words: bytes | str, what: str) -> NotDelivered:
    kind = Undeliverable if code >= PERMANENT else NotDelivered
    return kind(f"the mail server takes no notice {what}: {code} {in_words(words)}")
