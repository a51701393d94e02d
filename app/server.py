"""Page, API and worker as one ASGI application, and the process that serves it."""

from __future__ import annotations

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
from app.core.errors import TablesUnfit
from app.health import QUIET, in_url, listening
from app.operations.levels import LogLevel
from app.operations.logs import configure_logs, take_over_library_logs
from app.operations.stopping import Stopping
from app.runtime import close_services, services
from app.services import Services
from app.settings import Settings

PAGE = Path(__file__).parent / "ui" / "page.py"

_PAGE_OPTIONS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "server.fileWatcherType": "none",
    "server.headless": True,
    # The one colour for what is chosen or meant; red is kept for what is wrong.
    "theme.light.primaryColor": "#286ec8",
    "theme.dark.primaryColor": "#4b8be0",
}
_SECONDS_TO_FINISH = 5
"""How long open connections may take when the process is told to stop."""


def build_app(
    services: Services, *, with_worker: bool, unfit: Callable[[TablesUnfit], None], page: Path = PAGE
) -> App:
    """The application: the page at /, the API at /api, and a worker that lives as long as it does.

    `unfit` is told when the tables no longer fit this version, and has to stop the application.
    """
    load_config_options(_PAGE_OPTIONS)
    streamlit_config.set_option("server.address", services.settings.host)
    return App(
        page,
        lifespan=_life_of(services, unfit if with_worker else None),
        routes=[Mount("/api", build_api(services))],
    )


def _life_of(
    services: Services, unfit: Callable[[TablesUnfit], None] | None
) -> Callable[[App], AbstractAsyncContextManager[dict[str, Any] | None]]:
    @asynccontextmanager
    async def lifespan(_app: App) -> AsyncIterator[dict[str, Any] | None]:
        with services.refreshing():
            if unfit is None:  # the page and the API alone
                yield None
                return
            worker, housekeeping = services.worker(), services.housekeeping(unfit=unfit)
            await to_thread.run_sync(worker.start)
            housekeeping.start()
            try:
                yield None
            finally:
                await to_thread.run_sync(housekeeping.stop)
                await to_thread.run_sync(worker.stop)

    return lifespan


def serve_forever(settings: Settings, *, with_worker: bool, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what was begun and return.

    `ready` is called with the address once it listens. Raises InvalidInput where the port cannot be had, TablesUnfit
    where a newer version has taken the database over.
    """
    level = settings.log_level or LogLevel.INFO
    configure_logs(level)
    with listening(settings.host, settings.port) as listener:
        opened = services()
        configure_logs(level, worker=opened.gate.dispatcher.worker)
        try:
            stopping = Stopping(seconds=settings.stop_seconds)
            server = _Server(build_app(opened, with_worker=with_worker, unfit=stopping.ask))
            take_over_library_logs(level)
            with stopping.listening(also=server.leave):
                ready(f"http://{in_url(settings.host)}:{settings.port}")
                server.run(sockets=[listener])
                if stopping.told:
                    stopping.wait()  # which raises the reason where there is one
        finally:
            close_services()


class _Server(uvicorn.Server):
    """Leaves it to `Stopping` what a signal means; the library would end the process by the signal in the end."""

    def __init__(self, app: App) -> None:
        super().__init__(uvicorn.Config(app, timeout_graceful_shutdown=_SECONDS_TO_FINISH, **QUIET))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal came, which `Stopping` reads as well."""

    def leave(self) -> None:
        """Stop serving as soon as what is open has been answered."""
        self.should_exit = True
