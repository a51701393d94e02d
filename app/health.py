"""Health, readiness and metrics of a process that serves nothing else, and how any of ours comes to its port."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn

from app.api.health import build_health
from app.core.errors import InvalidInput
from app.services import Services

QUIET: dict[str, Any] = {"log_config": None, "log_level": "warning", "access_log": False}
"""Options of every server here: our own logs say what there is to say."""


@contextlib.contextmanager
def health_served(services: Services, *, host: str, port: int) -> Iterator[str]:
    """Health, readiness and metrics alone, in a thread, as long as the block lasts; yields the address.

    Raises InvalidInput where the port cannot be had.
    """
    with listening(host, port) as listener:
        server = uvicorn.Server(uvicorn.Config(build_health(services), lifespan="off", **QUIET))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="health", daemon=True)
        thread.start()
        try:
            yield f"http://{in_url(host)}:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def in_url(host: str) -> str:
    """The host as it is written in a URL."""
    return f"[{host}]" if ":" in host else host


@contextlib.contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens there, closed at the end. Raises InvalidInput where the port cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
        yield listener
    except OSError as error:
        raise InvalidInput(
            f"cannot be listened on: {error.strerror or error}; choose another with --port or --host",
            field=f"{host}:{port}",
        ) from None
    finally:
        listener.close()
