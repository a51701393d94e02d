"""How a process that runs for long comes to its end.

The first SIGTERM or SIGINT asks it to finish what it holds; the second one ends it at once. Finishing has a bound:
what is not done by then is left to another worker, which finds it by its lease. Ending a process at any instant loses
nothing and sends nothing twice; stopping in good order only spares others the wait.
"""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import structlog

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LEFT_UNFINISHED = 1
"""The exit code where the bound passed first."""
_BY_SIGNAL = 128
"""An exit code is this plus the signal's number, as shells have it, where a second signal ended the process."""
_log = structlog.get_logger(__name__)


class Stopping:
    """Waits to be told to stop, and sees to it that stopping has an end."""

    def __init__(self, *, seconds: float, leave: Callable[[int], None] | None = None) -> None:
        """`seconds` is the bound from the first signal on; `leave` ends the process with an exit code."""
        self._seconds = seconds
        self._also: Callable[[], None] | None = None
        self._leave = leave or _leave_at_once
        self._told = False
        # A queue, not an event: it may be put into by a signal handler that interrupts whoever waits on it.
        self._first: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        self._watched: queue.SimpleQueue[None] = queue.SimpleQueue()
        self._done = threading.Event()

    @contextlib.contextmanager
    def listening(self, also: Callable[[], None] | None = None) -> Iterator[None]:
        """Take signals until the block ends, which is the end of finishing, too. For the main thread.

        `also` is called once when the process is told to stop, perhaps by a signal handler: it must only set a flag.
        """
        self._also = also
        before = {number: signal.getsignal(number) for number in SIGNALS}
        threading.Thread(target=self._watch, name="stop-watch", daemon=True).start()
        for number in SIGNALS:
            signal.signal(number, self.on_signal)
        try:
            yield
        finally:
            self._done.set()
            self._watched.put(None)
            for number, handler in before.items():
                signal.signal(number, handler)

    def on_signal(self, number: int, _frame: FrameType | None) -> None:
        """A signal: the first asks, the second ends."""
        if self._told:
            self._leave(_BY_SIGNAL + number)
        self.ask()

    def ask(self, because: Exception | None = None) -> None:
        """Have the process stop in good order. `because` is raised by `wait`; only the first time counts."""
        if not self._told:
            self._told = True
            self._first.put(because)
            self._watched.put(None)
            if self._also is not None:
                self._also()

    @property
    def told(self) -> bool:
        """Whether somebody has asked."""
        return self._told

    def wait(self) -> None:
        """Return when the process is told to stop. Raises the reason where one was given."""
        because = self._first.get()
        if because is not None:
            raise because

    def _watch(self) -> None:
        self._watched.get()
        if not self._done.wait(self._seconds):
            _log.error("not finished in time; another worker takes over what is left", seconds=self._seconds)
            self._leave(LEFT_UNFINISHED)


def _leave_at_once(code: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)
