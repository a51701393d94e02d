"""TLS in front of a server that has none: Microsoft's sign-in library speaks to no other."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import trustme

_CHUNK = 64 * 1024


@contextmanager
def tls_front(*, port: int, to: int, folder: Path) -> Iterator[str]:
    """Hand every connection to `port` on to the port `to`, both on loopback. Yields the file of its authority."""
    authority, ca_file = trustme.CA(), folder / "front-ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    with socket.create_server(("127.0.0.1", port), backlog=64) as listening:
        thread = threading.Thread(target=_listen, args=(listening, tls, to), daemon=True)
        thread.start()
        yield str(ca_file)
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


def _listen(listening: socket.socket, tls: ssl.SSLContext, to: int) -> None:
    with contextlib.suppress(OSError):  # it was shut down
        while True:
            caller, _ = listening.accept()
            threading.Thread(target=_serve, args=(caller, tls, to), daemon=True).start()


def _serve(caller: socket.socket, tls: ssl.SSLContext, to: int) -> None:
    """Bytes from the one to the other until either has hung up."""
    with (
        caller,
        contextlib.suppress(OSError),
        tls.wrap_socket(caller, server_side=True) as secured,
        socket.create_connection(("127.0.0.1", to)) as server,
    ):
        back = threading.Thread(target=_pump, args=(server, secured), daemon=True)
        back.start()
        _pump(secured, server)
        back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while content := source.recv(_CHUNK):
            sink.sendall(content)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
