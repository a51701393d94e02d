"""Which transports carry notices, by the settings."""

from __future__ import annotations

from collections.abc import Iterator
from email.headerregistry import Address

from app.core.errors import InvalidInput
from app.core.ports import Notifier, People
from app.mail_servers import server_named, trusted
from app.settings import Settings
from integrations.notify.folder import FolderNotifier
from integrations.notify.smtp import SmtpNotifier
from integrations.notify.webhook import Receiver, WebhookNotifier
from integrations.smtp import MailServer

NOBODY = "none"
_ITSELF = "countersign@localhost"


def open_notifiers(settings: Settings, people: People) -> tuple[Notifier, ...]:
    """The transports that `notices_by` names, in its order; none where it says `none`. Nothing is connected yet.

    Raises InvalidInput, which names the setting that is missing or wrong.
    """
    return tuple(_open(name, settings, people) for name in transports(settings))


def transports(settings: Settings) -> list[str]:
    """The names in `notices_by`, each once."""
    names = [name.strip().casefold() for name in settings.notices_by.split(",")]
    return [name for name in dict.fromkeys(names) if name and name != NOBODY]


def link_of(settings: Settings) -> str:
    """Where notices say that the page is."""
    return (settings.notices_link or settings.address).rstrip("/")


def _open(name: str, settings: Settings, people: People) -> Notifier:
    match name:
        case FolderNotifier.name:
            sender = _sender(settings) if settings.notices_from else _ITSELF
            return FolderNotifier(settings.notices_folder, people=people, sender=sender, link=link_of(settings))
        case SmtpNotifier.name:
            server = _mail_server(settings)
            return SmtpNotifier(server, people=people, sender=_sender(settings), link=link_of(settings))
        case WebhookNotifier.name:
            return WebhookNotifier(_receiver(settings), people=people, link=link_of(settings))
        case _:
            raise InvalidInput(
                f"knows no transport '{name}'; write folder, smtp, webhook or none", field="notices_by"
            )


def _sender(settings: Settings) -> str:
    try:
        return Address(addr_spec=settings.notices_from).addr_spec
    except (ValueError, IndexError):
        raise InvalidInput(
            "is no address; write one such as countersign@ours.example", field="notices_from"
        ) from None


def _mail_server(settings: Settings) -> MailServer:
    return server_named(
        "notices",
        host=settings.notices_smtp_host,
        port=settings.notices_smtp_port,
        encryption=settings.notices_smtp_encryption,
        user=settings.notices_smtp_user,
        password=settings.notices_smtp_password,
        ca_file=settings.notices_ca_file,
    )


def _receiver(settings: Settings) -> Receiver:
    return Receiver(
        url=settings.notices_webhook_url,
        secret=settings.notices_webhook_secret.get_secret_value(),
        trusted=trusted(settings.notices_ca_file, field="notices_ca_file"),
        takes_codes=settings.notices_webhook_codes,
    )


def described(settings: Settings) -> Iterator[tuple[str, str]]:
    """Each transport with where it carries notices to."""
    places = {
        FolderNotifier.name: str(settings.notices_folder),
        SmtpNotifier.name: f"{settings.notices_smtp_host}, as {settings.notices_from}",
        WebhookNotifier.name: settings.notices_webhook_url.partition("?")[0],
    }
    return ((name, places[name]) for name in transports(settings))
