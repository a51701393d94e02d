"""Tasks that a thread does again and again until it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog

Task = Callable[[], object]

_log = structlog.get_logger(__name__)


class Repeating:
    """A thread that does its tasks in turn, and again after a pause. One that fails is logged and tried next time."""

    def __init__(self, name: str, *, every: timedelta, tasks: Sequence[Task]) -> None:
        self._name = name
        self._pause = every.total_seconds()
        self._tasks = tasks
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._until_stopped, name=name, daemon=True)

    def start(self) -> None:
        """Begin, with a pause."""
        self._thread.start()

    def stop(self) -> None:
        """Begin no more tasks, and wait for the one that is being done."""
        self._stopping.set()
        self._thread.join()

    def _until_stopped(self) -> None:
        while not self._stopping.wait(self._pause):
            for task in self._tasks:
                if self._stopping.is_set():
                    return
                try:
                    task()
                except Exception as error:  # noqa: BLE001 - one task that fails must not end the others
                    name = getattr(task, "__name__", type(task).__name__)
                    _log.error("task failed", task=name, by=self._name, error=error)
