"""`countersign serve` and `countersign worker`: processes that run until they are told to stop."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType
from typing import Annotated

import typer

from app.cli.house import house
from app.cli.output import say
from app.server import serve_forever
from app.settings import read_settings

app = typer.Typer()


@app.command("serve")
def serve(
    no_worker: Annotated[bool, typer.Option("--no-worker", help="Page and API only.")] = False,
    host: Annotated[str | None, typer.Option(help="The address to listen on; COUNTERSIGN_HOST otherwise.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="COUNTERSIGN_PORT otherwise.")] = None,
) -> None:
    """Serve the review page, the API and a worker as one process, until SIGTERM or Ctrl-C."""
    # The page asks the settings whether it is reachable from outside, so the options have to be in them.
    os.environ.update(
        {f"COUNTERSIGN_{name}": str(value) for name, value in (("HOST", host), ("PORT", port)) if value}
    )
    settings = read_settings()
    serve_forever(
        host=settings.host,
        port=settings.port,
        with_worker=not no_worker,
        ready=lambda url: say(f"Countersign is at {url} (API: {url}/api/docs). Stop it with Ctrl-C."),
    )


@app.command("worker")
def worker() -> None:
    """Run one more worker until SIGTERM or Ctrl-C; it finishes what it holds."""
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    with house() as services:
        running = services.worker()
        running.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, on_signal)
        say(f"worker {services.gate.dispatcher.worker} is running")
        stop.wait()
        running.stop()
        say("worker has stopped; nothing it held is left undone")
