"""A double of the mail server of a house: it keeps what it takes, and goes wrong the way it is told to."""
# ruff: noqa: ARG002 - the library calls these methods with more than they need

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.far_ends import Mailbox

_KEPT = frozenset({"lost", "slow", "torn", "garbage"})
PASSWORD = "open sesame"


@dataclass
class HouseServer(Mailbox):
    """Answers as told, once each. To the last dot also with one of these:

    `lost` keeps the mail and hangs up, `dropped` hangs up without; `slow` keeps it and does not answer, `torn`
    answers half a number, `garbage` no number at all.
    """

    mail: list[str] = field(default_factory=list)
    """Its answers to `MAIL`."""
    envelopes: list[tuple[str | None, ...]] = field(default_factory=list)
    """Of each mail that was taken: its sender, then its recipients."""
    resets: int = 0
    password: str = PASSWORD

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, mail_options: list[str]
    ) -> str:
        """Accept the sender, or answer as told."""
        if self.mail:
            return self.mail.pop(0)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Count it."""
        self.resets += 1
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail, or not, and answer, or not."""
        answer = self.data.pop(0) if self.data else "250 2.0.0 queued as 4F2A"
        if answer.startswith("2") or answer in _KEPT:
            assert isinstance(envelope.content, bytes)
            self.mails.append(envelope.content)
            self.envelopes.append((envelope.mail_from, *envelope.rcpt_tos))
        assert isinstance(server.transport, asyncio.Transport)
        if answer == "slow":
            await asyncio.sleep(60)
        if answer == "torn":
            server.transport.write(b"25")
        if answer in ("lost", "dropped", "torn"):
            server.transport.close()
        return "as you like" if answer == "garbage" else answer

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: LoginPassword
    ) -> AuthResult:
        """Only `gate`, with the password as it is now."""
        self.logins.append((auth_data.login.decode(), auth_data.password.decode()))
        return AuthResult(success=self.logins[-1] == ("gate", self.password), handled=False)


Talk = Callable[[socket.socket, bytes], bytes | None]
"""What a scripted server answers to a line, or None to hang up."""


@contextlib.contextmanager
def scripted_server(talk: Talk, *, greeting: bytes = b"220 here\r\n") -> Iterator[int]:
    """A server whose every answer is scripted; gives its port. For what no sound server does."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        thread = threading.Thread(target=_serve_one, args=(listener, talk, greeting), daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(10)


def _serve_one(listener: socket.socket, talk: Talk, greeting: bytes) -> None:
    with contextlib.suppress(OSError), listener.accept()[0] as line:
        line.settimeout(10)
        line.sendall(greeting)
        for said in _lines(line):
            answer = talk(line, said)
            if answer is None:
                return
            line.sendall(answer)


def _lines(line: socket.socket) -> Iterator[bytes]:
    """Commands, one by one; an end of file ends them."""
    heard = b""
    while True:
        while b"\r\n" in heard:
            one, _, heard = heard.partition(b"\r\n")
            yield one
        more = line.recv(4096)
        if not more:
            return
        heard += more


def politely(**instead: bytes | None) -> Talk:
    """Answers as a server does, but for the commands that are named, such as `RCPT=b"550 no"`; None hangs up."""

    def answer(_: socket.socket, said: bytes) -> bytes | None:
        word = re.split(rb"[\s:]", said, maxsplit=1)[0].decode().upper()
        usual = b"354 go on\r\n" if word == "DATA" else b"250 OK\r\n"
        return instead.get(word, usual)

    return answer
