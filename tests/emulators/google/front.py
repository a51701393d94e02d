"""The server that the product talks to: it holds every call to Google's contract, and has faults where it is told to.

It hands calls on to a server behind it. "Accepted but unanswered" is: handed on, and the connection dropped.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from tests.emulators.google.calls import Call, Reply, Upstream, refuse, reply
from tests.emulators.google.contract import objections_to_call, objections_to_reply
from tests.support.provider.faults import BY_HAND, RETRY_AFTER, Fault

WAIT = str(int(RETRY_AFTER.total_seconds()))
_BEFORE = {
    Fault.ERROR_BEFORE: refuse(500, "backendError"),
    Fault.THROTTLED: refuse(429, "rateLimitExceeded", Retry_After=WAIT),
    Fault.BUSY: refuse(503, "backendError", Retry_After=WAIT),
    Fault.NO_QUOTA: refuse(403, "dailyLimitExceeded", Retry_After=WAIT),
}
_CALLED_OFF = refuse(401, "authError", "Invalid Credentials")
_NO_GRANT = reply({"error": "invalid_grant", "error_description": "Token has been revoked."}, status=400)
TOKEN_PATH = "/oauth2/token"

Where = Callable[[Call], bool]


class Front:
    """HTTP on loopback, in threads of this process."""

    def __init__(self, upstream: Upstream, *, by_hand: Callable[[Fault], None] = lambda _: None) -> None:
        """`by_hand` does what the owner of the mailbox does right before a call arrives."""
        self.objections: list[str] = []
        self.calls: list[Call] = []
        self._upstream = upstream
        self._by_hand = by_hand
        self._lock = threading.Lock()
        self._faults: list[tuple[Where, Fault]] = []
        self._void: set[str] = set()
        self._closed = False
        front = self

        class Handler(_Handler):
            def answer(self, call: Call) -> tuple[Reply, Fault | None] | None:
                return front.answer(call)

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def hurt(self, where: Where, fault: Fault, *, times: int = 1) -> None:
        """Have the next so many of these calls go wrong, after those that are to go wrong already."""
        with self._lock:
            self._faults += [(where, fault)] * times

    def sign_in(self) -> None:
        """The owner lets the gate in again."""
        self._closed = False

    def answer(self, call: Call) -> tuple[Reply, Fault | None] | None:
        """What to answer, and how; None to hang up."""
        with self._lock:
            self.calls.append(call)
        if call.path == TOKEN_PATH:
            return (_NO_GRANT if self._closed else self._upstream(call)), None
        if call.bearer in self._void or self._closed:
            return _CALLED_OFF, None
        fault = self._next_fault(call)
        self.objections += objections_to_call(call) if "upload_id" not in call.query else []
        if fault is not None and fault in BY_HAND:
            self._by_hand(fault)
        if fault in (Fault.EXPIRED, Fault.REVOKED):
            self._void.add(call.bearer)
            self._closed = fault is Fault.REVOKED
            return _CALLED_OFF, None
        if fault in _BEFORE:
            return _BEFORE[fault], None
        if fault is Fault.DROPPED:
            return None
        return self._handed_on(call, fault)

    def _handed_on(self, call: Call, fault: Fault | None) -> tuple[Reply, Fault | None] | None:
        found = self._upstream(call)
        self.objections += objections_to_reply(call, found)
        match fault:
            case Fault.UNANSWERED:
                return None
            case Fault.REPEATED:
                self._upstream(call)
            case Fault.ERROR_AFTER:
                return refuse(500, "backendError"), None
            case Fault.SLOW_DOWN:
                return Reply(
                    status=found.status, body=found.body, headers={**found.headers, "Retry-After": WAIT}
                ), None
            case Fault.GARBAGE:
                return Reply(status=200, body=b"<html>welcome</html>", headers={"Content-Type": "text/html"}), None
        return found, fault

    def _next_fault(self, call: Call) -> Fault | None:
        with self._lock:
            found = next((each for each in self._faults if each[0](call)), None)
            if found is not None:
                self._faults.remove(found)
        return found[1] if found else None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self, call: Call) -> tuple[Reply, Fault | None] | None:
        raise NotImplementedError

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        told = self.answer(Call(method=self.command, target=self.path, headers=headers, body=body))
        if told is None:
            self._hang_up()
            return
        found, fault = told
        if fault is Fault.SLOW:
            self.rfile.read(1)  # until the caller has lost patience and hangs up
            self.close_connection = True
            return
        self.send_response(found.status)
        for name, value in found.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body[: max(1, len(found.body) // 2)] if fault is Fault.TRUNCATED else found.body)
        if fault is Fault.TRUNCATED:
            self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no news; anything else is."""
        import sys

        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)
