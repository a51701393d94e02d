"""`countersign serve` and `countersign worker`: processes that run until they are told to stop."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Annotated

import typer

from app.cli.house import house
from app.cli.output import say
from app.operations.levels import LogLevel
from app.operations.logs import configure_logs, take_over_library_logs
from app.operations.stopping import Stopping
from app.services import Services
from app.settings import read_settings

app = typer.Typer()


@app.command("serve")
def serve(
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Page and API only.")] = False,
    host: Annotated[str | None, typer.Option(help="The address to listen on; COUNTERSIGN_HOST otherwise.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="COUNTERSIGN_PORT otherwise.")] = None,
) -> None:
    """Serve the review page, the API and a worker as one process, until SIGTERM or Ctrl-C."""
    from app.server import serve_forever  # noqa: PLC0415 - a worker needs no page, and its loading takes most of a second

    # The page asks the settings whether it is reachable from outside, so the options have to be in them.
    os.environ.update(
        {f"COUNTERSIGN_{name}": str(value) for name, value in (("HOST", host), ("PORT", port)) if value}
    )
    serve_forever(
        read_settings(),
        with_worker=not no_worker,
        ready=lambda url: say(f"Countersign is at {url} (API: {url}/api/docs). Stop it with Ctrl-C."),
    )


@app.command("worker")
def worker(
    metrics_port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Serve /healthz, /readyz and /metrics on this port.")
    ] = None,
    metrics_host: Annotated[str, typer.Option(help="The address that port is on.")] = "127.0.0.1",
) -> None:
    """Run one more worker until SIGTERM or Ctrl-C; it finishes what it holds. A second one ends it at once."""
    with house(LogLevel.INFO) as services:
        name = services.gate.dispatcher.worker
        level = services.settings.log_level or LogLevel.INFO
        configure_logs(level, worker=name)
        stopping = Stopping(seconds=services.settings.stop_seconds)
        health = _health(services, metrics_host, metrics_port) if metrics_port else nullcontext("")
        with stopping.listening(), health as address:
            take_over_library_logs(level)
            with _at_work(services, stopping):
                say(f"worker {name} is running" + (f"; metrics are at {address}/metrics" if address else ""))
                stopping.wait()
            say("worker has stopped; nothing it held is left undone")


def _health(services: Services, host: str, port: int) -> AbstractContextManager[str]:
    from app.health import health_served  # noqa: PLC0415 - most workers serve nothing

    return health_served(services, host=host, port=port)


@contextmanager
def _at_work(services: Services, stopping: Stopping) -> Iterator[None]:
    running, housekeeping = services.worker(), services.housekeeping(unfit=stopping.ask)
    with services.refreshing():
        running.start()
        housekeeping.start()
        try:
            yield
        finally:
            housekeeping.stop()
            running.stop()
