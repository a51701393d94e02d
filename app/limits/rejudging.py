"""After a stop: every draft that it put into review is judged again, in batches, by whoever comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import structlog

from app.core.clock import Clock
from app.core.errors import StaleVersion
from app.store.store import Store

BATCH = 100

_log = structlog.get_logger(__name__)


class JudgesAgain(Protocol):
    """The gate, as far as it is needed here."""

    @property
    def store(self) -> Store:
        """Where the drafts are."""
        ...

    @property
    def clock(self) -> Clock:
        """What time it is."""
        ...

    def judge_again(self, draft_id: str, *, reason: str) -> None:
        """Put a draft that waits in review on the course of today's verdict."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """What became of a batch."""

    done: int
    failed: int
    """Drafts that could not be judged just now; they stay in review, and workers go on trying."""


def judge_freed(gate: JudgesAgain, *, limit: int = BATCH) -> Judged:
    """Judge the next drafts whose stop was lifted. Several may do so at the same time; each draft is judged once."""
    with gate.store.read() as reader:
        ids = reader.stops.freed(limit=limit)
    failed = [draft_id for draft_id in ids if not _judge(gate, draft_id)]
    if failed:
        _put_last(gate, failed)
    return Judged(done=len(ids) - len(failed), failed=len(failed))


def judge_all_freed(gate: JudgesAgain) -> Judged:
    """Judge batch after batch until none is left, or nothing but what fails."""
    done = 0
    while True:
        batch = judge_freed(gate)
        done += batch.done
        if not batch.done:
            return Judged(done=done, failed=batch.failed)


def _judge(gate: JudgesAgain, draft_id: str) -> bool:
    try:
        gate.judge_again(draft_id, reason="the stop that held it was lifted")
    except StaleVersion:
        pass  # somebody else moved it, and with that it was judged or decided
    except Exception as error:  # noqa: BLE001 - one draft that cannot be judged must not keep the others waiting
        _log.error("a draft could not be judged again", draft=draft_id, error=error)
        return False
    return True


def _put_last(gate: JudgesAgain, failed: Sequence[str]) -> None:
    now = gate.clock.now()
    with gate.store.write(now=now) as tx:
        for draft_id in failed:
            tx.stops.tried(draft_id, at=now)
