"""Far ends of transports, on loopback: a mail server, a receiver of posts, and a line that goes dead."""
# ruff: noqa: ARG002 - the libraries call these methods with more than they need

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Mailbox:
    """Takes mail, or refuses the way it is told to, once each."""

    mails: list[bytes] = field(default_factory=list)
    rcpt: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Accept the recipient, or answer as told."""
        if self.rcpt:
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail; `lost` keeps it and hangs up before the answer."""
        answer = self.data.pop(0) if self.data else "250 OK"
        self.encrypted.append(session.ssl is not None)
        if answer == "lost" or answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.mails.append(envelope.content)
        if answer == "lost":
            assert server.transport is not None
            server.transport.close()
        return answer

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, auth_data: LoginPassword
    ) -> AuthResult:
        """Only `gate` with `open sesame`."""
        self.logins.append((auth_data.login.decode(), auth_data.password.decode()))
        return AuthResult(success=self.logins[-1] == ("gate", "open sesame"), handled=False)


@dataclass(frozen=True, kw_only=True)
class Certified:
    """A certificate for loopback, and who believes it."""

    server: ssl.SSLContext
    client: ssl.SSLContext
    ca_file: Path


def certified(folder: Path) -> Certified:
    """A fresh authority and its certificate for this machine."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(server)
    authority.configure_trust(client)
    ca_file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    return Certified(server=server, client=client, ca_file=ca_file)


@contextlib.contextmanager
def mail_server(
    mailbox: Mailbox, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None, auth: bool = False
) -> Iterator[int]:
    """A mail server; gives its port."""
    controller = Controller(
        mailbox,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=mailbox.login if auth else None,
        auth_required=auth,
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, kw_only=True)
class Post:
    """What was posted."""

    path: str
    headers: dict[str, str]
    body: bytes


class Hooks(ThreadingHTTPServer):
    """Receives posts, and answers the way it is told to, once each: a status, `lost`, `half` or `slow`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hook)
        self.posts: list[Post] = []
        self.answers: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.server_address[1]}/hooks?house=ours"


class _Hook(BaseHTTPRequestHandler):
    server: Hooks

    def do_POST(self) -> None:
        """Keep it, and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append(Post(path=self.path, headers=dict(self.headers), body=body))
        answer = self.server.answers.pop(0) if self.server.answers else "200"
        match answer:
            case "lost":
                self.close_connection = True
            case "half":
                self.wfile.write(b"HTTP/1.1 20")
                self.close_connection = True
            case "slow":
                self.server.released.wait(timeout=60)
                self.close_connection = True
            case _:
                self.send_response(int(answer))
                if answer.startswith("3"):
                    self.send_header("Location", "/elsewhere")
                self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextlib.contextmanager
def hooks() -> Iterator[Hooks]:
    """A receiver of posts."""
    server = Hooks()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def silent_line() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        yield listener.getsockname()[1]
