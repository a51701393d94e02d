"""Processes that are there at once: forked from one that has imported everything and has read a mail."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from app.facts.threads import SHARED

UNHEARD = 255
"""The exit code of a process whose end the fork server could not tell: by then it may have been anywhere."""

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.crash.preloaded"])


def start(target: Callable[..., None], *arguments: object, log: Path) -> Any:
    """Run a function in a process of its own, with what it says in a file. Returns a `multiprocessing.Process`."""
    process = _context.Process(target=_run, args=(target, arguments, log))
    process.start()
    return process


def _run(target: Callable[..., None], arguments: tuple[Any, ...], log: Path) -> None:
    number = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.dup2(number, 1)
    os.dup2(number, 2)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr] # what is not in the file is lost with us
    _forget_threads()
    try:
        target(*arguments)
    except BaseException:  # noqa: BLE001 - it is in the log, and the exit code says so
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    # Threads of the product go on until the process ends; an orderly end is another test's matter.
    sys.stdout.flush()
    os._exit(0)


def _forget_threads() -> None:
    """Threads are not forked along: those that answered when the parent warmed up are not here."""
    SHARED._tasks, SHARED._lock, SHARED._idle = SimpleQueue(), Lock(), 0
