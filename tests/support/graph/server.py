"""The double as a server: Graph over HTTP, Entra's token endpoint over TLS, both on loopback.

A call of the port's steps that may go wrong says in `X-Step` which step it belongs to; see `marked.py`.
"""

from __future__ import annotations

import base64
import json
import os
import re
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import trustme

from tests.support.graph.answers import GONE, Answer, Call, Mail, failed
from tests.support.graph.calendars import Diaries
from tests.support.graph.records import Records
from tests.support.graph.state import Exchange
from tests.support.provider.faults import BY_HAND, RETRY_AFTER, Fault

TENANT = "11111111-2222-3333-4444-555555555555"
_HANGS_UP = frozenset({Fault.UNANSWERED, Fault.DROPPED})
_BEFORE = {
    Fault.ERROR_BEFORE: failed(500, "InternalServerError"),
    Fault.THROTTLED: failed(429, "ApplicationThrottled", pause=RETRY_AFTER),
    Fault.BUSY: failed(503, "ServiceUnavailable", pause=RETRY_AFTER),
    Fault.NO_QUOTA: failed(403, "ErrorExceededMessageLimit", pause=RETRY_AFTER),
}
_REFUSED = failed(401, "InvalidAuthenticationToken")
_BY_ADDRESS = re.compile(r"/v1\.0/users/([^/]+)/(.+)")


class _Handler(BaseHTTPRequestHandler):
    """Reads one call after the other, and writes each answer in one piece."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    double: GraphDouble

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def read_body(self) -> bytes:
        """What came along."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def write(self, answer: Answer, *, whole: bool = True) -> None:
        """Write it; not `whole`: half of it, and hang up."""
        content = answer.content
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if whole else len(content) + 1))
        self._headers_buffer.append(b"\r\n")  # type: ignore[attr-defined] # one write for head and body
        self._headers_buffer.append(content if whole else content[: len(content) // 2])  # type: ignore[attr-defined]
        self.flush_headers()
        self.close_connection = self.close_connection or not whole


class _Graph(_Handler):
    """Graph itself."""

    def do_GET(self) -> None:
        """Look at something."""
        self._handle()

    def do_POST(self) -> None:
        """Do something."""
        self._handle()

    def do_PATCH(self) -> None:
        """Change something."""
        self._handle()

    def do_PUT(self) -> None:
        """A piece of a file."""
        piece = self.read_body()
        self.write(self.double.mail.take_piece(self.path.strip("/"), piece, dict(self.headers)))

    def _handle(self) -> None:
        body = self.read_body()
        exchange = self.double.exchange
        mailbox = exchange.whose(self.headers.get("Authorization", "").removeprefix("Bearer "))
        if mailbox is None:
            return self.write(_REFUSED)
        fault = exchange.next_fault(mailbox, self.headers.get("X-Step"))
        if fault in BY_HAND:
            exchange.touch(mailbox, fault)
        if fault in (Fault.EXPIRED, Fault.REVOKED):
            exchange.void(mailbox, close=fault is Fault.REVOKED)
            return self.write(_REFUSED)
        if fault in _BEFORE:
            return self.write(_BEFORE[fault])
        answer = self._act(mailbox, body) if fault is not Fault.DROPPED else GONE
        if fault is Fault.REPEATED:
            self._act(mailbox, body)
        if fault in _HANGS_UP:
            self.close_connection = True
            return None
        return self._answer(answer, fault)

    def _answer(self, answer: Answer, fault: Fault | None) -> None:
        match fault:
            case Fault.ERROR_AFTER:
                self.write(failed(504, "GatewayTimeout"))
            case Fault.SLOW_DOWN:
                pause = {"Retry-After": str(int(RETRY_AFTER.total_seconds()))}
                self.write(Answer(status=answer.status, body=answer.body, headers=pause))
            case Fault.SLOW:
                self.rfile.read(1)  # until the caller has lost patience and hangs up
                self.close_connection = True
            case Fault.TRUNCATED:
                self.write(answer, whole=False)
            case Fault.GARBAGE:
                self.write(Answer(status=200, body=b"<html>welcome</html>"))
            case _:
                self.write(answer)

    def _act(self, mailbox: str, body: bytes) -> Answer:
        url = urlsplit(self.path)
        by_address = _BY_ADDRESS.fullmatch(url.path)
        path = by_address[2] if by_address else url.path.removeprefix("/v1.0/me/")
        call = Call(
            method=self.command,
            path=tuple(path.split("/")),
            query={name: values[0] for name, values in parse_qs(url.query).items()},
            headers=dict(self.headers),
            body=body,
            mailbox=mailbox,
            address=self.double.address,
        )
        mine = self.double.diaries if self.double.diaries.knows(call) else self.double.mail
        answer = mine.answer(call)
        if self.double.diaries.says is None:  # else a test has put the words into its mouth
            self.double.records.add(call, answer)
        return answer


class _Login(_Handler):
    """Entra, as far as tokens are renewed."""

    def do_GET(self) -> None:
        """Where its pages are."""
        base = f"{self.double.authority}/{TENANT}"
        known = {
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        }
        self.double.looked_up += 1
        self.write(Answer(status=200, body=known))

    def do_POST(self) -> None:
        """A new token."""
        form = {name: values[0] for name, values in parse_qs(self.read_body().decode()).items()}
        self.double.asked.append(form)
        renewed = self.double.exchange.renew(form.get("refresh_token", ""))
        if self.double.login_says is not None:
            self.write(self.double.login_says)
        elif form.get("grant_type") == "client_credentials":
            token, _ = self.double.exchange.open(self.double.mailbox_of_application)
            self.write(Answer(status=200, body={"token_type": "Bearer", "expires_in": 3600, "access_token": token}))
        elif renewed is None:
            words = "AADSTS50173: The provided grant has expired. Trace ID: 0"
            self.write(Answer(status=400, body={"error": "invalid_grant", "error_description": words}))
        else:
            mailbox, token = renewed
            self.write(Answer(status=200, body=tokens(mailbox, token, form["refresh_token"], form.get("scope", ""))))


def tokens(mailbox: str, token: str, refresh: str, scope: str, *, nonce: str = "") -> dict[str, Any]:
    """What the token endpoint answers. A sign-in by browser has a nonce, which the answer repeats."""
    claims = {
        "aud": "client",
        "iss": "entra",
        "sub": mailbox,
        "oid": mailbox,
        "preferred_username": mailbox,
        "exp": 4_000_000_000,
        "iat": 1,
        **({"nonce": nonce} if nonce else {}),
    }
    info = {"uid": mailbox, "utid": TENANT}
    return {
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": 3600,
        "access_token": token,
        "refresh_token": refresh,
        "id_token": ".".join((_b64({"alg": "none"}), _b64(claims), "x")),
        "client_info": _b64(info),
    }


def _b64(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@dataclass(kw_only=True)
class GraphDouble:
    """The double, while it runs."""

    exchange: Exchange
    mail: Mail
    diaries: Diaries
    records: Records
    ca_file: str
    address: str = ""
    authority: str = ""
    login_says: Answer | None = None
    """Instead of what the token endpoint would answer."""
    mailbox_of_application: str = ""
    looked_up: int = 0

    def __post_init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        """What the token endpoint was asked."""

    @property
    def base(self) -> str:
        """Graph's address, with its version."""
        return f"{self.address}/v1.0"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    tls: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake is the thread's own work: one caller that does not come forward keeps no other waiting."""
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)


@contextmanager
def running_graph(folder: Path) -> Iterator[GraphDouble]:
    """A running double. `folder` gets the certificate that its login shows."""
    authority = trustme.CA()
    ca_file = folder / "graph-ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    exchange = Exchange()
    records = Records(os.environ.get("GRAPH_RECORDS"))
    double = GraphDouble(
        exchange=exchange, mail=Mail(exchange), diaries=Diaries(), records=records, ca_file=str(ca_file)
    )
    with ExitStack() as stack:
        double.address = f"http://127.0.0.1:{_serve(stack, _Graph, double, None)}"
        double.authority = f"https://localhost:{_serve(stack, _Login, double, tls)}"
        yield double


def _serve(stack: ExitStack, handler: type[_Handler], double: GraphDouble, tls: ssl.SSLContext | None) -> int:
    bound = type(handler.__name__, (handler,), {"double": double})
    server = stack.enter_context(_Server(("127.0.0.1", 0), bound))
    server.tls = tls
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    stack.callback(thread.join)
    stack.callback(server.shutdown)
    return int(server.server_port)
