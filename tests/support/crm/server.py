"""A server on loopback for a double of a CRM: it keeps what was asked, and goes wrong where it is told to."""

from __future__ import annotations

import json
import ssl
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from tests.support.provider.faults import Fault

_HANGS_UP = frozenset({Fault.UNANSWERED, Fault.DROPPED})


@dataclass(frozen=True, kw_only=True)
class Call:
    """What was asked."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        """The body as a JSON object."""
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is answered."""

    status: int = 200
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The bytes: JSON, or text as it is."""
        if self.body is None:
            return b""
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class Double(Protocol):
    """What stands behind the server."""

    token_paths: frozenset[str]
    """Where no token is asked for."""
    tokens: set[str]
    refused: Answer
    """What is answered to a token that is no good."""

    def answer(self, call: Call) -> Answer:
        """Do what is asked."""
        ...

    def token(self, form: Mapping[str, str]) -> Answer:
        """What the token endpoint answers."""
        ...

    def fault(self, fault: Fault) -> Answer:
        """How an error looks there that comes before anything was done."""
        ...


class CrmServer(ThreadingHTTPServer):
    """The server. `faults` strike the next calls, one each, in their order."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, double: Double, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.double = double
        self.tls = tls
        self.faults: deque[Fault] = deque()
        self.calls: list[Call] = []
        self.token_calls: list[dict[str, str]] = []
        self.offences: list[Exception] = []
        """What the double tripped over: a call that the CRM's documents do not know."""

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{'https' if self.tls else 'http'}://localhost:{self.server_port}"

    def asked(self, method: str | None = None) -> list[Call]:
        """The calls so far, token calls apart; `method`: only those."""
        return [call for call in self.calls if method in (None, call.method)]

    def finish_request(self, request: Any, client_address: Any) -> None:
        """The handshake is the thread's own work."""
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        with self.tls.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError | ssl.SSLError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: CrmServer

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Look at something."""
        self._handle()

    def do_POST(self) -> None:
        """Make something."""
        self._handle()

    def do_PATCH(self) -> None:
        """Change something."""
        self._handle()

    def do_DELETE(self) -> None:
        """Take something away."""
        self._handle()

    def _handle(self) -> None:
        url = urlsplit(self.path)
        call = Call(
            method=self.command,
            path=url.path,
            query=parse_qs(url.query, keep_blank_values=True),
            headers=dict(self.headers),
            body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
        )
        server, double = self.server, self.server.double
        if call.path in double.token_paths:
            server.token_calls.append(call.form)
            return self._write(double.token(call.form))
        server.calls.append(call)
        fault = server.faults.popleft() if server.faults else None
        if fault in (Fault.EXPIRED, Fault.REVOKED):
            double.tokens.clear()
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in double.tokens:
            return self._write(double.refused)
        return self._act(call, fault)

    def _act(self, call: Call, fault: Fault | None) -> None:
        double = self.server.double
        if fault in (Fault.ERROR_BEFORE, Fault.THROTTLED, Fault.BUSY, Fault.NO_QUOTA):
            return self._write(double.fault(fault))
        try:
            answer = double.answer(call) if fault is not Fault.DROPPED else Answer()
        except Exception as error:
            self.server.offences.append(error)
            raise
        match fault:
            case Fault.SLOW:
                self.rfile.read(1)  # until the caller has lost patience and hangs up
                self.close_connection = True
            case Fault.ERROR_AFTER:
                self._write(Answer(status=504, body="<html>gateway timeout</html>"))
            case Fault.TRUNCATED:
                self._write(answer, whole=False)
            case Fault.GARBAGE:
                self._write(Answer(body="<html>welcome</html>"))
            case _ if fault in _HANGS_UP:
                self.close_connection = True
            case _:
                self._write(answer)
        return None

    def _write(self, answer: Answer, *, whole: bool = True) -> None:
        """Write it; not `whole`: half of it, and hang up."""
        content = answer.content
        self.send_response(answer.status)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(content) if whole else len(content) + 1))
        self.end_headers()
        self.wfile.write(content if whole else content[: len(content) // 2])
        self.close_connection = self.close_connection or not whole


@contextmanager
def running(double: Double, *, tls: ssl.SSLContext | None = None) -> Iterator[CrmServer]:
    """The server while it runs."""
    server = CrmServer(double, tls)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert not server.offences, server.offences
