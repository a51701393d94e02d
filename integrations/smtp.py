"""The way to a mail server: for notices and for mail alike."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

PERMANENT = 500
"""From here on a reply says that trying again will not help."""
_FAREWELL_SECONDS = 2.0
_PARTS = 3
"""A connection, the greeting, and the encryption: each may take a part of the time."""


class Encryption(StrEnum):
    """How the way to the mail server is closed to others."""

    STARTTLS = "starttls"
    """The server has to offer it; there is no falling back."""
    TLS = "tls"
    """From the first byte, on port 465."""
    NONE = "none"
    """Not at all: for a relay on this machine."""


PORTS = {Encryption.STARTTLS: 587, Encryption.TLS: 465, Encryption.NONE: 25}


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """Where mail is handed in."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    """Empty: the server asks nobody who they are."""
    password: str = field(default="", repr=False)
    trusted: ssl.SSLContext
    """Whose certificates are believed."""
    timeout: float = 10.0
    """Seconds that the server may take for each answer."""

    def __str__(self) -> str:
        """As it stands in messages."""
        return f"mail server {self.host}:{self.port}"


@contextlib.contextmanager
def session(server: MailServer, *, within: float | None = None) -> Iterator[smtplib.SMTP]:
    """A session with the server: encrypted as the settings say, and signed in. It is closed in any case.

    `within` is how many seconds it may last in all; then the line is cut, whatever the server is about to say.
    Raises what smtplib raises, which are OSErrors.
    """
    begun = time.monotonic()
    client = _connected(server, min(server.timeout, within / _PARTS) if within else server.timeout)
    try:
        with _cut_off(client, within and begun + within - time.monotonic()):
            if server.encryption is Encryption.STARTTLS:
                client.starttls(context=server.trusted)
            if server.user:
                client.login(server.user, server.password)
            client.ehlo_or_helo_if_needed()
            try:
                yield client
            finally:
                _take_leave(client)
    finally:
        with contextlib.suppress(OSError):
            client.close()


def in_words(reply: bytes | str) -> str:
    """What a server said, on one line."""
    said = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(said.split())


def _connected(server: MailServer, timeout: float) -> smtplib.SMTP:
    """Connected and greeted. The line cannot be cut meanwhile, so each part of that has its own timeout."""
    if server.encryption is Encryption.TLS:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=server.trusted)
    return smtplib.SMTP(server.host, server.port, timeout=timeout)


@contextlib.contextmanager
def _cut_off(client: smtplib.SMTP, seconds: float | None) -> Iterator[None]:
    """Each answer has its timeout; a server that keeps just within it could take for ever all the same."""
    if seconds is None:
        yield
        return
    if seconds <= 0:
        raise TimeoutError("timed out")
    if client.sock is not None:
        client.sock.settimeout(seconds)
    timer = threading.Timer(seconds, _shut, [client])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(client: smtplib.SMTP) -> None:
    line = client.sock
    if line is not None:
        with contextlib.suppress(OSError):
            # The plain socket's own: an encrypted one's would take its state from under the thread that reads it.
            socket.socket.shutdown(line, socket.SHUT_RDWR)


def _take_leave(client: smtplib.SMTP) -> None:
    """Say goodbye. Once the server has said yes, nothing that happens to the farewell makes it a no."""
    with contextlib.suppress(OSError, ValueError):
        if client.sock is not None:  # it is none after a timeout, which need not be waited for once more
            client.sock.settimeout(_FAREWELL_SECONDS)
            client.quit()
