"""Carrying notices from the board to people, by every transport of the house, each notice once by each of them.

A notice is written in the transaction of what it tells about, so none is lost and none tells what did not happen.
Workers claim it before they carry it. A worker that dies in between leaves a claim that runs out; then the notice is
carried again under the same id, which makes it one for whoever gets it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import IntegrityError

from app.core.clock import Clock
from app.core.errors import NotDelivered, Undeliverable
from app.core.ports import Notifier
from app.store.notices import Waiting
from app.store.store import Store

GIVEN_UP_AFTER = timedelta(days=3)
"""What could not be carried for so long stays on the board only: by then it tells nobody anything new."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
_CLAIM = timedelta(minutes=2)
"""Longer than any transport may take for one notice."""
_BATCH = 50
_ROUND = timedelta(seconds=10)
"""A slow transport takes no longer than this, and one notice more, from what else the worker has to do."""
_MOST_IN_A_ROW = 3
"""After so many failures a transport is down, and the rest waits for the next round."""
_log = structlog.get_logger(__name__)


def carry_notices(store: Store, notifiers: Sequence[Notifier], clock: Clock) -> int:
    """Hand each transport what it has not carried yet, oldest first. Returns how many were carried.

    What one person cannot be told holds up nobody else, and a transport that is down none of the others.
    """
    names = [notifier.name for notifier in notifiers]
    return sum(_Round(store=store, notifier=each, clock=clock, names=names).run() for each in notifiers)


class _Round:
    """One transport's turn."""

    def __init__(self, *, store: Store, notifier: Notifier, clock: Clock, names: Sequence[str]) -> None:
        self._store = store
        self._notifier = notifier
        self._clock = clock
        self._names = names
        self._failures = 0

    def run(self) -> int:
        """How many notices were carried."""
        begun, carried = self._clock.now(), 0
        with self._store.read() as reader:
            batch = reader.notices.waiting(self._notifier.name, since=begun - GIVEN_UP_AFTER, now=begun, limit=_BATCH)
        for waiting in batch:
            now = self._clock.now()
            if now - begun >= _ROUND or self._failures >= _MOST_IN_A_ROW:
                break
            if self._claim(waiting, now):
                carried += self._carry(waiting)
        return carried

    def _claim(self, waiting: Waiting, now: datetime) -> bool:
        try:
            with self._store.write(now=now) as tx:
                return tx.notices.claim(waiting, self._notifier.name, until=now + _CLAIM)
        except IntegrityError:
            return False  # another worker was first

    def _carry(self, waiting: Waiting) -> bool:
        notice, name = waiting.notice, self._notifier.name
        try:
            self._notifier.notify(notice)
        except Undeliverable as error:
            _log.info("notice cannot be delivered", notice=notice.id, by=name, error=error)
            self._close(waiting, reason=str(error))
            return False
        except NotDelivered as error:
            self._put_off(waiting, error, reason=str(error))
            return False
        except Exception as error:  # noqa: BLE001 - a transport's library may raise anything; the notice is kept
            self._put_off(waiting, error, reason=f"{type(error).__name__}: {error}")
            return False
        self._failures = 0
        self._close(waiting)
        return True

    def _close(self, waiting: Waiting, *, reason: str = "") -> None:
        with self._store.write(now=self._clock.now()) as tx:
            tx.notices.close(waiting.notice, self._notifier.name, of=self._names, reason=reason, at=tx.now)

    def _put_off(self, waiting: Waiting, error: Exception, *, reason: str) -> None:
        self._failures += 1
        _log.warning("notice not delivered", notice=waiting.notice.id, by=self._notifier.name, error=error)
        with self._store.write(now=self._clock.now()) as tx:
            until = tx.now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(waiting.attempts, 10))
            tx.notices.put_off(waiting.notice, self._notifier.name, until=until, reason=reason)
