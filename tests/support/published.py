"""A server that publishes a calendar, on loopback: it answers as it is told to."""

from __future__ import annotations

import contextlib
import gzip
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = "private-0123456789abcdef"
PATH = f"/{SECRET}/basic.ics"
ETAG = '"one"'
SINCE = "Mon, 16 Nov 2026 08:00:00 GMT"


@dataclass
class Published:
    """What the server does. Its calendar is at `url`; what was asked is kept."""

    content: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ETAG
    last_modified: str = ""
    zipped: bool = False
    breaks_off: bool = False
    """Whether the connection ends in the middle of the answer."""
    held: threading.Event | None = None
    """Where it is there, no answer comes before it is set."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Where a path of this server leads."""
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    root: str = ""

    @property
    def url(self) -> str:
        """The private address."""
        return f"{self.root}{PATH}"

    @property
    def conditions(self) -> list[tuple[str | None, str | None]]:
        """The marks by which each question asked for changes alone."""
        return [(head.get("if-none-match"), head.get("if-modified-since")) for _, head in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    @property
    def told(self) -> Published:
        told: Published = self.server.told  # type: ignore[attr-defined]
        return told

    def do_GET(self) -> None:
        told = self.told
        heads = {name.lower(): value for name, value in self.headers.items()}
        told.asked.append((self.path, heads))
        if told.held is not None:
            told.held.wait(timeout=60)
        if self.path in told.elsewhere:
            self._answer(302, b"", {"Location": told.elsewhere[self.path]})
        elif told.status != 200:
            self._answer(told.status, b"no", told.headers)
        elif self._is_known(heads):
            self._answer(304, b"", {})
        else:
            self._answer(200, told.content, self._marks())

    def _is_known(self, heads: Mapping[str, str]) -> bool:
        told = self.told
        return bool(told.etag and heads.get("if-none-match") == told.etag) or bool(
            told.last_modified and heads.get("if-modified-since") == told.last_modified
        )

    def _marks(self) -> dict[str, str]:
        stated = {"ETag": self.told.etag, "Last-Modified": self.told.last_modified}
        return {name: value for name, value in stated.items() if value}

    def _answer(self, status: int, content: bytes, headers: Mapping[str, str]) -> None:
        told = self.told
        body = gzip.compress(content) if told.zipped and content else content
        with contextlib.suppress(ConnectionError):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if told.zipped and content:
                self.send_header("Content-Encoding", "gzip")
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if told.breaks_off else body)
        self.close_connection = self.close_connection or told.breaks_off

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, told: Published, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told = told
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_side=True)


@contextlib.contextmanager
def publishing(content: bytes | str, *, tls: ssl.SSLContext | None = None) -> Iterator[Published]:
    """Publish a calendar as long as the block lasts."""
    told = Published(content=content if isinstance(content, bytes) else content.encode())
    server = _Server(told, tls)
    told.root = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        if told.held is not None:
            told.held.set()
        server.shutdown()
        server.server_close()
        thread.join()
