"""Threads that wait for work: as many as are ever at work at once, and all of them kept."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread


class Threads:
    """Runs tasks in daemon threads: one that hangs for ever does not keep the process from ending.

    There is no bound here; whoever hands in tasks has to have one.
    """

    def __init__(self) -> None:
        self._tasks: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._lock = Lock()
        self._idle = 0
        """Threads that wait, less the tasks that wait for them."""

    def run(self, task: Callable[[], None]) -> None:
        """Have the task run, soon, in a thread of its own for as long as it takes. It must not raise."""
        with self._lock:
            spare = self._idle > 0
            if spare:
                self._idle -= 1
        self._tasks.put(task)
        if not spare:
            Thread(target=self._serve, name="facts", daemon=True).start()

    def _serve(self) -> None:
        while True:
            self._tasks.get()()
            with self._lock:
                self._idle += 1


SHARED = Threads()
"""Those of the process."""
