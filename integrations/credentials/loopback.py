"""Where a browser brings the answer of a sign-in to: a page on this machine that is there for one answer."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, HTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from integrations.credentials.signed_in import SignInFailed
from integrations.http import Deadline

_MOST_BYTES = 64 * 1024
_PAGE = "<!doctype html><meta charset=utf-8><title>Countersign</title><p>{}"


class Loopback:
    """Listens on 127.0.0.1 alone, at a port of its own, from `with` to its end."""

    def __init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        """Where the browser is to be sent back to. By name, for some providers register no other."""
        return f"http://localhost:{self._server.server_port}"

    def wait(self, *, state: str, deadline: Deadline) -> dict[str, str]:
        """What the browser brings along with this `state`; a page with another one is turned away.

        Raises SignInFailed where nobody has come by the deadline.
        """
        self._server.state = state
        while not self._server.answer:
            self._server.timeout = deadline.left()
            if not self._server.timeout:
                raise SignInFailed("nobody signed in within the time; run the command again")
            self._server.handle_request()
        return self._server.answer

    def __enter__(self) -> Loopback:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.server_close()


class _Server(HTTPServer):
    state = ""
    timeout: float = 0.0

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.answer: dict[str, str] = {}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no answer; the next one is waited for."""


class _Handler(BaseHTTPRequestHandler):
    timeout = 10.0
    server: _Server

    def do_GET(self) -> None:
        """An answer in the address."""
        self._take(urlsplit(self.path).query)

    def do_POST(self) -> None:
        """An answer as a form, which leaves no trace in the browser's history."""
        length = min(int(self.headers.get("Content-Length") or 0), _MOST_BYTES)
        self._take(self.rfile.read(length).decode("ascii", "replace"))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the line would hold the code."""

    def _take(self, query: str) -> None:
        found = dict(parse_qsl(query))
        if not self.server.state or found.get("state") != self.server.state:
            self._write(400, "This page does not belong to the sign-in that Countersign waits for.")
            return
        self.server.answer = found
        self._write(200, "Thank you. You can close this window and go back to Countersign.")

    def _write(self, status: int, words: str) -> None:
        page = _PAGE.format(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)
