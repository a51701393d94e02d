"""Puts questions to the outside without waiting for it longer than there is time.

Every source has a room with so many lines; a question that finds them all taken waits its turn there, and holds up no
other source. What has not answered in time counts as silent, and is not asked again until its late answer comes: a
provider that hangs keeps the few threads that ask it at that moment, and no more.
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Lock
from typing import Any, Generic, Protocol, TypeVar

from app.facts.threads import SHARED, Threads

T = TypeVar("T")

LINES = 8
"""How many questions a source is asked at the same time."""


@dataclass(frozen=True, slots=True)
class Line:
    """Whom a question is put to."""

    port: int
    """The identity of the provider: two worlds may each have a CRM."""
    room: str
    """The source whose lines it takes."""
    about: str
    """What silences each other: a calendar that hangs says nothing about somebody else's."""

    @property
    def of_room(self) -> tuple[int, str]:
        """The room's key."""
        return self.port, self.room


class Lookup(Generic[T]):
    """A question under way. Its answer may grow until it is `done`; what was answered once never changes."""

    def __init__(
        self, line: Line, question: Callable[[], Iterator[T]], as_of: Callable[[], datetime] | None = None
    ) -> None:
        """The question yields one answer, or ever more complete ones. `as_of` is asked when it has no more."""
        self.line = line
        self.answer: T | None = None
        self.as_of: datetime | None = None
        self.error: Exception | None = None
        self.silent = False
        """Whether nobody waits for it any more, for it was not done in time."""
        self.done = Event()
        self.begun = False
        self._question = question
        self._as_of = as_of

    def run(self) -> None:
        """Ask, and keep every answer."""
        try:
            for answer in self._question():
                self.answer = answer
                if self.silent:
                    return
            if self._as_of is not None:
                self.as_of = self._as_of()
        except Exception as error:  # noqa: BLE001 - whatever a provider trips over, its facts are unknown
            self.error = error


def silence(limit: timedelta) -> str:
    """Why a silent source is unknown: the same words whether it was waited for now or before."""
    return f"does not answer within {limit / timedelta(seconds=1):g} s"


class Timer(Protocol):
    """Measures how long is waited, and waits."""

    def now(self) -> float:
        """Seconds since some moment."""
        ...

    def wait(self, lookup: Lookup[Any], seconds: float) -> bool:
        """Wait until the lookup is done, but not longer. Returns whether it is."""
        ...


class RealTimer:
    """The system's."""

    def now(self) -> float:
        """Seconds, never going backwards."""
        return time.monotonic()

    def wait(self, lookup: Lookup[Any], seconds: float) -> bool:
        """Wait until the lookup is done, but not longer. Returns whether it is."""
        return lookup.done.wait(seconds)


class Lookups:
    """The switchboard. One may serve any number of drafts at the same time."""

    def __init__(self, *, lines: int = LINES, timer: Timer | None = None, threads: Threads = SHARED) -> None:
        """`lines` is how many questions each source is asked at the same time."""
        self.timer: Timer = timer or RealTimer()
        self._lines = lines
        self._threads = threads
        self._lock = Lock()
        self._busy: Counter[tuple[int, str]] = Counter()
        self._queues: dict[tuple[int, str], deque[Lookup[Any]]] = {}
        self._silent: Counter[Line] = Counter()

    def put(self, lookup: Lookup[T]) -> Lookup[T]:
        """Have it asked. It is silent at once where an earlier question on its line is still unanswered."""
        room = lookup.line.of_room
        with self._lock:
            if self._silent[lookup.line]:
                lookup.silent = True
                lookup.done.set()
                return lookup
            if self._busy[room] >= self._lines:
                self._queues.setdefault(room, deque()).append(lookup)
                return lookup
            self._busy[room] += 1
        self._threads.run(lambda: self._serve(lookup))
        return lookup

    def put_here(self, lookup: Lookup[T]) -> Lookup[T]:
        """Have it asked in the caller's own thread, for as long as it takes."""
        lookup.begun = True
        lookup.run()
        lookup.done.set()
        return lookup

    def wait(self, lookup: Lookup[Any], seconds: float) -> None:
        """Wait for it, but not longer; if it is not done by then it is silent, and never will be anything else."""
        if self.timer.wait(lookup, seconds):
            return
        with self._lock:
            if lookup.done.is_set():
                return
            lookup.silent = True
            if lookup.begun:
                self._silent[lookup.line] += 1
            elif lookup in (queue := self._queues.get(lookup.line.of_room, deque())):
                queue.remove(lookup)

    def _serve(self, lookup: Lookup[Any]) -> None:
        room = lookup.line.of_room
        following: Lookup[Any] | None = lookup
        while following is not None:
            self._ask(following)
            following = self._next(room)

    def _ask(self, lookup: Lookup[Any]) -> None:
        with self._lock:
            if not lookup.silent:
                lookup.begun = True
        if lookup.begun:
            lookup.run()
        with self._lock:
            if lookup.begun and lookup.silent:
                self._forget_silence(lookup.line)
            lookup.done.set()

    def _forget_silence(self, line: Line) -> None:
        self._silent[line] -= 1
        if not self._silent[line]:
            del self._silent[line]

    def _next(self, room: tuple[int, str]) -> Lookup[Any] | None:
        with self._lock:
            queue = self._queues.get(room)
            if queue:
                return queue.popleft()
            self._queues.pop(room, None)
            self._busy[room] -= 1
            if not self._busy[room]:
                del self._busy[room]
            return None
