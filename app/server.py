"""Page, API and worker as one ASGI application, and the process that serves it."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from anyio import to_thread
from starlette.routing import Mount
from streamlit import config as streamlit_config
from streamlit.starlette import App
from streamlit.web.bootstrap import load_config_options

from app.api.application import build_api
from app.core.errors import InvalidInput
from app.runtime import close_services, services
from app.services import Services

PAGE = Path(__file__).parent / "ui" / "page.py"

_PAGE_OPTIONS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
}
_SECONDS_TO_FINISH = 5
"""How long open connections may take when the process is told to stop."""


def build_app(services: Services, *, with_worker: bool, page: Path = PAGE) -> App:
    """The application: the page at /, the API at /api, and a worker that lives as long as it does."""
    load_config_options(_PAGE_OPTIONS)
    streamlit_config.set_option("server.address", services.settings.host)
    return App(
        page,
        lifespan=_worker_of(services) if with_worker else None,
        routes=[Mount("/api", build_api(services))],
    )


def _worker_of(services: Services) -> Callable[[App], AbstractAsyncContextManager[dict[str, Any] | None]]:
    @asynccontextmanager
    async def lifespan(_app: App) -> AsyncIterator[dict[str, Any] | None]:
        worker = services.worker()
        await to_thread.run_sync(worker.start)
        try:
            yield None
        finally:
            await to_thread.run_sync(worker.stop)

    return lifespan


def serve_forever(*, host: str, port: int, with_worker: bool, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was begun and return.

    `ready` is called with the address once it listens. Raises InvalidInput where the port cannot be had.
    """
    with _listening(host, port) as listener:
        opened = services()
        try:
            server = uvicorn.Server(
                uvicorn.Config(
                    build_app(opened, with_worker=with_worker),
                    log_level="warning",
                    access_log=False,
                    timeout_graceful_shutdown=_SECONDS_TO_FINISH,
                )
            )
            # The server stops by itself at these signals and then raises them again, which would end us untidily.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, _already_stopping)
            ready(f"http://{f'[{host}]' if ':' in host else host}:{port}")
            server.run(sockets=[listener])
        finally:
            close_services()


def _already_stopping(_number: int, _frame: FrameType | None) -> None:
    pass


@contextlib.contextmanager
def _listening(host: str, port: int) -> Any:
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
