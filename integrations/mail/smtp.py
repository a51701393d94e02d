"""Mail over SMTP: handed in at the house's own server, whose answer to the last dot is all that is ever known."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Collection
from contextlib import suppress
from datetime import timedelta
from typing import NoReturn

from app.core.errors import (
    MailboxClosed,
    SendError,
    SendRefused,
    SendUnavailable,
    SendUncertain,
)
from app.core.ports import CALL_BUDGET, Handle, Manner, OutgoingMail, Pace, Receipt
from integrations.addresses import address_key
from integrations.smtp import PERMANENT, MailServer, in_words, session

PACE = Pace(interval=timedelta(seconds=1), burst=10)
WITHIN = CALL_BUDGET.total_seconds() - 4
"""Seconds for one mail, from the connection to the answer; some are left for looking the server's name up."""
_UNREADABLE = "it answered what nobody can read"
_WHO_ARE_YOU = frozenset({530, 534, 535, 538})
"""The server wants to know who we are, or does not believe it."""
_GO_AHEAD = 354
_LONGEST_REPLY = 300
_WHYS: tuple[tuple[type[OSError], str], ...] = (
    (ssl.SSLError, "no encrypted line came about"),
    (smtplib.SMTPNotSupportedError, "it does not offer what the settings ask for, STARTTLS or a sign-in"),
    (smtplib.SMTPServerDisconnected, "the line was cut, or it took too long"),
    (TimeoutError, "it took too long"),
    (smtplib.SMTPException, "it does not speak as a mail server does"),
)


class SmtpMail:
    """Hands each mail in once. The server tells nothing of it afterwards, so what it did not answer is a person's.

    One account of the house sends for everybody, so only addresses of the house's own domains may be senders.
    """

    def __init__(
        self, server: MailServer, *, domains: Collection[str], pace: Pace = PACE, within: float = WITHIN
    ) -> None:
        """`domains` are the house's own; `within` is in seconds, for one mail."""
        self._server = server
        self._domains = frozenset(address_key(domain) for domain in domains)
        self._pace = pace
        self._within = within

    @property
    def name(self) -> str:
        """The provider's name, as it stands in the trail."""
        return "smtp"

    @property
    def manner(self) -> Manner:
        """Every call is a delivery, and nobody can be asked about it."""
        return Manner(lays_ready=False, sends_once=False, remembers=False, pace=self._pace)

    def prepare(self, mail: OutgoingMail) -> Handle:
        """Nothing to lay ready. Raises SendRefused for a sender who is not of the house, and for odd addresses."""
        _, at, domain = mail.sender.rpartition("@")
        if not at or address_key(domain) not in self._domains:
            raise SendRefused(
                f"{mail.sender} is no address of ours, and {self._server} sends for the house; "
                "name its domain under `domains` in world.yaml, or send from an address of the house"
            )
        if not mail.recipients:
            raise SendRefused(f"{mail.send_id} is for nobody; name a recipient")
        for address in (mail.sender, *mail.recipients):
            if not address.isascii() or smtplib.quoteaddr(address) != f"<{address}>":
                raise SendRefused(f"{address!a} cannot be told to a mail server as it is: write it anew")
        return {}

    def verify(self, mail: OutgoingMail, handle: Handle) -> None:
        """Nothing that anybody could have changed."""

    def send(self, mail: OutgoingMail, handle: Handle) -> Handle:
        """Hand it in, for all its recipients or for none. Returns the server's answer.

        Raises SendUnavailable for whatever goes wrong before the last dot, MailboxClosed where the server does not
        let us in, SendRefused or SendUnavailable as it answers, SendUncertain where it does not.
        """
        try:
            with session(self._server, within=self._within) as client:
                self._offer(client, mail)
                reply = self._hand_over(client, mail.raw)
        except smtplib.SMTPAuthenticationError as error:
            self._turned_down(error.smtp_code, "", "our sign-in")
        except smtplib.SMTPResponseException as error:
            raise SendUnavailable(
                f"{self._server} does not serve us: {_said(error.smtp_code, error.smtp_error)}"
            ) from None
        except OSError as error:
            raise SendUnavailable(f"{self._server} was not handed the mail: {_why(error)}") from None
        return {**handle, "reply": reply}

    def confirm(self, mail: OutgoingMail, answer: Handle) -> Receipt:
        """Its answer is all there is."""
        return Receipt(send_id=mail.send_id, provider=self.name, provider_id=answer["reply"])

    def find(self, send_id: str, handle: Handle) -> Receipt | None:  # noqa: ARG002 - it cannot tell
        """Raises SendUncertain: it cannot tell."""
        raise SendUncertain(f"{self._server} cannot be asked what became of {send_id}; look into its log")

    def _offer(self, client: smtplib.SMTP, mail: OutgoingMail) -> None:
        """Have the server accept the size, the sender and every recipient, or none of it."""
        size = len(mail.raw)
        most = client.esmtp_features.get("size", "")
        if most.isascii() and most.isdigit() and 0 < int(most) < size:
            raise SendRefused(f"{self._server} takes {most} bytes at most, and the mail has {size}: make it smaller")
        code, reply = client.mail(mail.sender, [f"size={size}"] if client.has_extn("size") else [])
        if not _is_yes(code):
            self._turned_down(code, reply, f"mail from {mail.sender}")
        answers = {to: client.rcpt(to) for to in dict.fromkeys(mail.recipients)}
        refused = {to: answer for to, answer in answers.items() if not _is_yes(answer[0])}
        if refused:
            with suppress(OSError):
                client.rset()
            # Whichever is worst: one that is refused for good is not there later either.
            to, (code, reply) = max(refused.items(), key=lambda item: item[1][0])
            self._turned_down(code, reply, f"mail to {to}, so nobody gets it")

    def _hand_over(self, client: smtplib.SMTP, raw: bytes) -> str:
        """The bytes, then the dot, then the answer. Until the dot is on its way, nothing can have been delivered."""
        code, reply = client.docmd("DATA")
        if code != _GO_AHEAD:
            self._turned_down(code, reply, "mail now")
        client.send(_with_dots_doubled(raw))
        try:
            client.send(b".\r\n")
            code, reply = client.getreply()
        except OSError as error:
            raise SendUncertain(
                f"{self._server} was handed the mail and did not answer: {_why(error)}; look into its log"
            ) from None
        if _is_no(code):
            self._turned_down(code, reply, "this mail")
        if not _is_yes(code):
            raise SendUncertain(f"{self._server} was handed the mail, and {_UNREADABLE}; look into its log")
        return _said(code, reply)

    def _turned_down(self, code: int, reply: bytes | str, what: str) -> NoReturn:
        """Raise what the server's no means. It is certain that nothing was delivered."""
        if code in _WHO_ARE_YOU:
            raise MailboxClosed(
                f"{self._server} does not let us in ({code}); whoever keeps it has to mend "
                "COUNTERSIGN_MAIL_SMTP_USER and COUNTERSIGN_MAIL_SMTP_PASSWORD"
            ) from None
        kind: type[SendError] = SendRefused if _is_no(code) and code >= PERMANENT else SendUnavailable
        raise kind(f"{self._server} does not take {what}: {_said(code, reply)}") from None


def _is_yes(code: int) -> bool:
    return 200 <= code < 300


def _is_no(code: int) -> bool:
    return 400 <= code < 600


def _said(code: int, reply: bytes | str) -> str:
    return f"{code} {in_words(reply)}"[:_LONGEST_REPLY].strip() if _is_yes(code) or _is_no(code) else _UNREADABLE


def _with_dots_doubled(raw: bytes) -> bytes:
    """So that no line of the mail is taken for its end. Its lines end with CRLF, the last one too."""
    doubled = raw.replace(b"\r\n.", b"\r\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def _why(error: OSError) -> str:
    """In our words, for a library's may quote what was being said."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not believed ({error.verify_message})"
    known = (why for kind, why in _WHYS if isinstance(error, kind))
    return next(known, error.strerror or type(error).__name__)
