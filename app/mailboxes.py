"""Where mail leaves, by the settings."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from app.accounts.features import GOOGLE, MICROSOFT
from app.accounts.for_mail import GrantsForMail
from app.accounts.providers import provider
from app.core.clock import Clock
from app.core.errors import InvalidInput
from app.core.grants import Grants
from app.core.ports import MailProvider, Pace
from app.mail_servers import server_named
from app.settings import Settings
from integrations.mail.outbox import OutboxMail
from integrations.mail.smtp import PACE, SmtpMail
from integrations.smtp import Encryption

OUTBOX, SMTP = "outbox", "smtp"
OF_ACCOUNTS = {"gmail": GOOGLE, "outlook": MICROSOFT}
"""Mail that leaves from senders' own mailboxes, and at which provider they connect them."""
_MINUTE = timedelta(minutes=1)


def open_mail(settings: Settings, grants: Grants, *, clock: Clock, domains: Collection[str]) -> MailProvider:
    """The provider that `mail` names. Nothing is connected yet, and no library is loaded but the one it needs.

    `clock` is the real time, by which providers go; `domains` are the house's own.
    Raises InvalidInput, which names the setting that is missing or wrong; NotAvailable where a library is missing.
    """
    match chosen(settings):
        case "outbox":
            return OutboxMail(settings.outbox)
        case "smtp":
            return _smtp(settings, domains)
        case name:
            if signs_in(settings) and not settings.secret_key.get_secret_value():
                raise InvalidInput(
                    f"is missing, and {name} keeps tokens under it; make one with `countersign people key`",
                    field="secret_key",
                )
            return provider(OF_ACCOUNTS[name]).open_mail(settings, GrantsForMail(grants), clock)


def signs_in(settings: Settings) -> str | None:
    """The provider at which every sender has to connect an account for mail to leave; None where nobody has to.

    Raises InvalidInput as `chosen` does.
    """
    name = OF_ACCOUNTS.get(chosen(settings))
    acts_for_all = {
        GOOGLE: settings.google_service_account_file is not None,
        MICROSOFT: bool(settings.microsoft_client_secret.get_secret_value()),
    }
    return name if name is not None and not acts_for_all[name] else None


def chosen(settings: Settings) -> str:
    """What `mail` says. Raises InvalidInput for what is none of the four."""
    name = settings.mail.strip().casefold()
    if name not in (OUTBOX, SMTP, *OF_ACCOUNTS):
        raise InvalidInput(f"knows no mail '{name}'; write outbox, smtp, gmail or outlook", field="mail")
    return name


def _smtp(settings: Settings, domains: Collection[str]) -> SmtpMail:
    server = server_named(
        "mail",
        host=settings.mail_smtp_host,
        port=settings.mail_smtp_port,
        encryption=settings.mail_smtp_encryption,
        user=settings.mail_smtp_user,
        password=settings.mail_smtp_password,
        ca_file=settings.mail_ca_file,
    )
    if server.user and server.encryption is Encryption.NONE:
        raise InvalidInput(
            "is none, and the password would travel in the clear; write starttls or tls, or take mail_smtp_user away",
            field="mail_smtp_encryption",
        )
    if not domains:
        raise InvalidInput(
            "is smtp, which sends for the house's own domains, and none is named; "
            "name them under `domains` in the world's world.yaml",
            field="mail",
        )
    pace = Pace(interval=_MINUTE / settings.mail_smtp_per_minute, burst=PACE.burst)
    return SmtpMail(server, domains=domains, pace=pace)
