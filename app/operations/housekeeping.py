"""What a worker's process looks after beside drafts: old rows go, and it stops where the tables have outgrown it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog

from app.core.clock import Clock
from app.core.errors import TablesUnfit
from app.core.limits import LONGEST_WINDOW
from app.repeating import Repeating
from app.store.old_rows import OldRowRepository
from app.store.store import Store
from app.store.versions import require_fit

CODES_KEPT = timedelta(days=1)
"""How long a one-time code is kept after it expired; its issue has to be counted for an hour."""
BATCH = 500
MOST_BATCHES = 20
"""How many batches one round deletes at most, so that what has piled up does not keep writers waiting for long."""
_TIDY_EVERY = timedelta(minutes=1)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tidied:
    """How many rows were deleted."""

    codes: int = 0
    uses: int = 0
    notices: int = 0


def tidy(store: Store, *, now: datetime, notices_kept: timedelta, batch: int = BATCH) -> Tidied:
    """Delete what nothing asks for any more, a batch a transaction. Several processes may do so at the same time."""

    def all_of(delete: Callable[[OldRowRepository], int]) -> int:
        deleted = 0
        for _ in range(MOST_BATCHES):
            with store.write(now=now) as tx:
                last = delete(tx.old_rows)
            deleted += last
            if last < batch:
                break
        return deleted

    return Tidied(
        codes=all_of(lambda rows: rows.delete_codes(expired_before=now - CODES_KEPT, limit=batch)),
        uses=all_of(lambda rows: rows.delete_uses(before=now - LONGEST_WINDOW, limit=batch)),
        notices=all_of(lambda rows: rows.delete_notices(delivered_before=now - notices_kept, limit=batch)),
    )


class Housekeeping:
    """Does both in threads of its own until it is stopped."""

    def __init__(
        self,
        *,
        engine: sa.Engine,
        store: Store,
        clock: Clock,
        notices_kept: timedelta,
        unfit: Callable[[TablesUnfit], None],
        look_every: timedelta = timedelta(seconds=5),
    ) -> None:
        """`unfit` is told once when the tables no longer fit this code: the process has to stop."""
        self._engine = engine
        self._store = store
        self._clock = clock
        self._notices_kept = notices_kept
        self._unfit: Callable[[TablesUnfit], None] | None = unfit
        self._tasks = (
            Repeating("tables", every=look_every, tasks=[self._look_or_stop]),
            Repeating("tidying", every=_TIDY_EVERY, tasks=[self.tidy]),
        )

    def start(self) -> None:
        """Begin."""
        for task in self._tasks:
            task.start()

    def stop(self) -> None:
        """End, and wait for what is being done."""
        for task in self._tasks:
            task.stop()

    def look(self) -> None:
        """See whether the tables still fit. A database that does not answer is no reason to stop."""
        with self._engine.connect() as connection:
            require_fit(connection)

    def tidy(self) -> None:
        """Delete old rows."""
        tidied = tidy(self._store, now=self._clock.now(), notices_kept=self._notices_kept)
        if tidied != Tidied():
            _log.info("old rows deleted", count=tidied.codes + tidied.uses + tidied.notices)

    def _look_or_stop(self) -> None:
        unfit = self._unfit
        if unfit is None:
            return
        try:
            self.look()
        except TablesUnfit as error:
            _log.error("the tables do not fit this version", error=error)
            self._unfit = None
            unfit(error)
