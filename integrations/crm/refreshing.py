"""Keeps a CRM's copy fresh, in a thread of its own, for as long as the process has use for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol, Self

from app.core.clock import Clock

EVERY = timedelta(minutes=1)


class Refreshable(Protocol):
    """What is looked at again and again."""

    def refresh(self, now: datetime) -> None:
        """Look. Raises FactUnavailable where that fails; what was known stays."""
        ...


class Refreshing:
    """Looks at once and then time after time, from `start` to `stop`, whatever goes wrong with one look."""

    def __init__(
        self, crm: Refreshable, *, clock: Clock, failed: Callable[[Exception], None], every: timedelta = EVERY
    ) -> None:
        """`clock` is the gate's own, by which it tells how old facts are. `failed` hears of each look that failed."""
        self._crm = crm
        self._clock = clock
        self._failed = failed
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="crm-refreshing", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self, *, patience: timedelta = timedelta(seconds=5)) -> None:
        """Look no more. A look that is under way is waited for, but not longer than `patience`."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(patience.total_seconds())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self._crm.refresh(self._clock.now())
            except Exception as error:  # noqa: BLE001 - one look that fails must not be the last
                self._failed(error)
            self._over.wait(self._every.total_seconds())
