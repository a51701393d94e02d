"""simple-mockforce as a server: somebody else's idea of Salesforce, over TLS on loopback.

    python salesforce_bridge.py CERTIFICATE PORT

It runs in the second environment, and hands every request on to simple-mockforce, which answers what `requests`
sends. Tokens it does not look at.
"""

from __future__ import annotations

import ssl
import sys
import types
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

_ORG = "https://mock.salesforce.com"


def _give_simple_mockforce_the_one_class_that_it_asks_for() -> None:
    """It imports an exception of simple-salesforce, which is no part of this environment."""
    package, module = types.ModuleType("simple_salesforce"), types.ModuleType("simple_salesforce.exceptions")
    module.SalesforceResourceNotFound = LookupError  # type: ignore[attr-defined]
    sys.modules.update({package.__name__: package, module.__name__: module})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _hand_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = requests.request(self.command, f"{_ORG}{self.path}", data=body, timeout=5)
        self.send_response(answer.status_code)
        self.send_header("Content-Type", "application/json")
        if answer.status_code != 204:
            self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        if answer.status_code != 204:
            self.wfile.write(answer.content)

    do_GET = do_POST = do_PATCH = do_DELETE = _hand_on  # noqa: N815 - the library's names


def main(certificate: str, port: int) -> None:
    """Serve until the process ends."""
    _give_simple_mockforce_the_one_class_that_it_asks_for()
    from simple_mockforce import mock_salesforce  # type: ignore[import-not-found]

    @mock_salesforce  # type: ignore[untyped-decorator]
    def serve() -> None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
        server = ThreadingHTTPServer(("127.0.0.1", port), _Handler)
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.serve_forever()

    serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
