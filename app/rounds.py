"""Rounds: what is due is woken, several drafts at a time, no sender's many before another's one.

Any number of lanes in any number of workers may go round at the same time. What two of them pick up together only one
moves, for every move is a compare-and-set; that they seldom do, each lane takes its drafts at random from the front.
"""

from __future__ import annotations

import itertools
import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog

from app.core.clock import Clock
from app.core.errors import StaleVersion
from app.gate import Gate
from app.standing import read_standings
from app.store.due import Due
from app.store.store import Reader, Store

BATCH = 16
"""How many drafts one lane wakes at a time."""
_REST = timedelta(seconds=5)
"""How long a draft is left alone that did not move when it was woken."""
_WARMING = timedelta(seconds=5)
"""How long at most a process wakes one draft alone, until one was about to leave."""

_log = structlog.get_logger(__name__)


class Rounds:
    """Goes round until nothing is due. One for a process; `work` may be called by several threads."""

    def __init__(self, *, gate: Gate, store: Store, clock: Clock, worker: str) -> None:
        self._gate = gate
        self._store = store
        self._clock = clock
        self._worker = worker
        self._chance = random.Random(worker)  # noqa: S311 - spreads the lanes, guards nothing
        self._lock = threading.Lock()
        self._in_hand: set[str] = set()
        self._resting: dict[Due, datetime] = {}
        self._warm = False
        self._cold_until: datetime | None = None

    def work(self, *, on_more: Callable[[], None] = lambda: None, go_on: Callable[[], bool] = lambda: True) -> int:
        """Wake what is due until nothing is, or `go_on` says no. Returns how many were woken.

        `on_more` is called after a full round: others may want to help. The first one to leave is woken alone, for it
        loads what judging needs: with many at once, none would leave until nearly all are judged.
        """
        woken = 0
        while go_on() and (due := self._take()):
            try:
                self._wake(due)
            finally:
                self._give_back(due)
            woken += len(due)
            if len(due) >= BATCH or self._has_warmed_up(due):
                on_more()
        return woken

    def _take(self) -> Sequence[Due]:
        now = self._clock.now()
        with self._lock, self._store.read() as reader:
            self._resting = {due: until for due, until in self._resting.items() if until > now}
            most = self._most(now)
            taken = (self._free(reader, BATCH, now) or self._free(reader, BATCH + self._kept_back, now))[:most]
            self._in_hand |= {due.draft_id for due in taken}
        return taken

    def _most(self, now: datetime) -> int:
        """How many a lane may take."""
        if self._warm or (self._cold_until is not None and now >= self._cold_until):
            return BATCH
        if self._in_hand:
            return 0
        self._cold_until = self._cold_until or now + _WARMING
        return 1

    def _free(self, reader: Reader, look_at: int, now: datetime) -> Sequence[Due]:
        """Those among the first so many that no other lane has in hand and that do not rest."""
        found = reader.due.front(now=now, limit=look_at, chance=self._chance)
        free = (due for due in found if due.draft_id not in self._in_hand and due not in self._resting)
        return list(itertools.islice(free, BATCH))

    def _has_warmed_up(self, due: Sequence[Due]) -> bool:
        """Whether these were the first of this process to be judged."""
        if self._warm or not any(each.leaves for each in due):
            return False
        self._warm = True
        return True

    @property
    def _kept_back(self) -> int:
        return len(self._in_hand) + len(self._resting)

    def _give_back(self, due: Sequence[Due]) -> None:
        until = self._clock.now() + _REST
        with self._lock:
            self._in_hand -= {each.draft_id for each in due}
            self._resting |= dict.fromkeys(due, until)

    def _wake(self, due: Sequence[Due]) -> None:
        leaving = [each for each in due if each.leaves]
        others = [each for each in due if not each.leaves]
        if len(leaving) > 1:
            leaving = self._deliver(leaving)
        others += leaving
        if len(others) > 1:
            with ThreadPoolExecutor(len(others), "wake") as pool:
                list(pool.map(self._wake_one, others))
        elif others:
            self._wake_one(others[0])

    def _deliver(self, due: Sequence[Due]) -> list[Due]:
        """Let these leave together. Returns those that have to be woken one by one, since that went wrong."""
        try:
            with self._store.read() as reader:
                standings = read_standings(reader, {each.draft_id: each.version for each in due})
            self._gate.deliver(standings)
        except StaleVersion:
            return list(due)  # another worker was first with the only one that was left
        except Exception as error:  # noqa: BLE001 - one bad draft must not hold up the others
            _log.warning("round broke up", worker=self._worker, drafts=len(due), error=error)
            return list(due)
        return []

    def _wake_one(self, due: Due) -> None:
        try:
            self._gate.wake(due.draft_id, due.version)
        except Exception as error:  # noqa: BLE001 - the row still says when it was due: a later round tries again
            _log.error("wake failed", draft=due.draft_id, version=due.version, error=error)
