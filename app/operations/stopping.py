"""How a process that runs for long comes to its end.

The first SIGTERM or SIGINT asks it to finish what it holds; the second one ends it at once. Finishing has a bound:
what is not done by then is left to another worker, which finds it by its lease. Ending a process at any instant loses
nothing and sends nothing twice; stopping in good order only spares others the wait.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

import structlog

SIGNALS = (signal.SIGTERM, signal.SIGINT)
LEFT_UNFINISHED = 1
"""The exit code where the bound passed first."""
_BY_SIGNAL = 128
"""An exit code is this plus the signal's number, as shells have it, where a second signal ended the process."""
_ASKED, _DONE = 254, 255
"""What stands in the pipe beside the numbers of signals."""
_log = structlog.get_logger(__name__)


class Stopping:
    """Waits to be told to stop, and sees to it that stopping has an end.

    A thread of its own reads the signals from a pipe, which the interpreter fills whatever its threads are doing:
    Python calls handlers in the main thread only, and one that waits for a lock may never get to it.
    """

    def __init__(self, *, seconds: float, leave: Callable[[int], None] | None = None) -> None:
        """`seconds` is the bound from the first signal on; `leave` ends the process with an exit code."""
        self._seconds = seconds
        self._also: Callable[[], None] | None = None
        self._leave = leave or _leave_at_once
        self._lock = threading.Lock()
        self._told = False
        self._first: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()
        self._writing: socket.socket | None = None

    @contextlib.contextmanager
    def listening(self, also: Callable[[], None] | None = None) -> Iterator[None]:
        """Take signals until the block ends, which is the end of finishing, too. Once, and for the main thread.

        `also` is called when the process is told to stop, once, by another thread.
        """
        self._also = also
        reading, writing = socket.socketpair()
        with reading, writing:
            writing.setblocking(False)
            self._writing = writing
            with self._taking_signals(reading, writing):
                yield

    @contextlib.contextmanager
    def _taking_signals(self, reading: socket.socket, writing: socket.socket) -> Iterator[None]:
        handlers = {number: signal.getsignal(number) for number in SIGNALS}
        filled = signal.set_wakeup_fd(writing.fileno(), warn_on_full_buffer=False)
        for number in SIGNALS:
            signal.signal(number, _no_more)
        watch = threading.Thread(target=self._watch, args=(reading,), name="stop-watch", daemon=True)
        watch.start()
        if self._told:
            self._tell(_ASKED)
        try:
            yield
        finally:
            for number, handler in handlers.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(filled)
            self._tell(_DONE)
            watch.join()
            self._writing = None

    def ask(self, because: Exception | None = None) -> None:
        """Have the process stop in good order. `because` is raised by `wait`; only the first time counts."""
        with self._lock:
            if self._told:
                return
            self._told = True
        self._tell(_ASKED)
        self._first.put(because)
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

    def _tell(self, what: int) -> None:
        if self._writing is not None:
            with contextlib.suppress(OSError):  # it is full, or nobody listens any more
                self._writing.send(bytes([what]))

    def _watch(self, reading: socket.socket) -> None:
        """Read the pipe: signals, and whether it was asked in another way, or is done."""
        bound: float | None = None
        while True:
            left = None if bound is None else max(0.0, bound - time.monotonic())
            if not select.select([reading], [], [], left)[0]:
                _log.error("not finished in time; another worker takes over what is left", seconds=self._seconds)
                self._leave(LEFT_UNFINISHED)
                return
            for what in reading.recv(64):
                if what == _DONE:
                    return
                if what in SIGNALS and self._told:
                    self._leave(_BY_SIGNAL + what)
                elif what in SIGNALS:
                    self.ask()
                if self._told and bound is None:
                    bound = time.monotonic() + self._seconds


def _no_more(_number: int, _frame: FrameType | None) -> None:
    """The pipe has it; all that matters is that the signal does not do what it does by default."""


def _leave_at_once(code: int) -> None:
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)
