"""Mail servers, by the settings: those for notices and the one for mail are named in the same words."""

from __future__ import annotations

import ssl
from pathlib import Path

from pydantic import SecretStr

from app.core.errors import InvalidInput
from integrations.smtp import PORTS, Encryption, MailServer


def server_named(
    prefix: str, *, host: str, port: int, encryption: str, user: str, password: SecretStr, ca_file: Path | None
) -> MailServer:
    """The server that the settings with this prefix name. Port 0 is the usual one for the encryption.

    Raises InvalidInput, which names the setting that is missing or wrong.
    """
    if not host:
        raise InvalidInput("is missing; name the mail server", field=f"{prefix}_smtp_host")
    try:
        closed_by = Encryption(encryption)
    except ValueError:
        raise InvalidInput("is none of starttls, tls and none", field=f"{prefix}_smtp_encryption") from None
    return MailServer(
        host=host,
        port=port or PORTS[closed_by],
        encryption=closed_by,
        user=user,
        password=password.get_secret_value(),
        trusted=trusted(ca_file, field=f"{prefix}_ca_file"),
    )


def trusted(ca_file: Path | None, *, field: str) -> ssl.SSLContext:
    """The system's authorities, and the house's own where one is named. Raises InvalidInput where it is none."""
    context = ssl.create_default_context()
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=ca_file)
        except (OSError, ssl.SSLError) as error:
            raise InvalidInput(f"cannot be read: {error}", field=field) from None
    return context
