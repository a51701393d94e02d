"""The page on loopback to which a browser comes back after a sign-in."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, urlsplit

_PAGE = b"<!doctype html><title>Countersign</title><p>Thank you. You can close this page."


class Landing:
    """A port of its own, open until the sign-in has ended. What carries neither a code nor an error is not for it."""

    def __init__(self) -> None:
        self._came = threading.Event()
        self._answer = ""
        landing = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                query = parse_qs(urlsplit(self.path).query)
                is_answer = bool(query.keys() & {"code", "error"})
                self.send_response(200 if is_answer else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(_PAGE) if is_answer else 0))
                self.end_headers()
                if is_answer:
                    self.wfile.write(_PAGE)
                    landing.take(self.path)

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing: the address holds a code."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    @property
    def address(self) -> str:
        """Where the browser is to be sent back."""
        return f"http://127.0.0.1:{self._server.server_port}/"

    def take(self, path: str) -> None:
        """Keep the first answer that comes."""
        if not self._came.is_set():
            self._answer = f"{self.address.rstrip('/')}{path}"
            self._came.set()

    def wait(self, seconds: float) -> str | None:
        """The address at which the browser came back, or None."""
        return self._answer if self._came.wait(seconds) else None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
