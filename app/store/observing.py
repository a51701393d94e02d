"""Hearing of drafts that have moved, once that is kept: for metrics and logs. Nothing that matters hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.core.lifecycle import TIMED, State
from app.store.rows import DraftRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """One move of one draft."""

    draft_id: str
    version: int
    kind: str
    """What the trail calls it, such as `draft.sent`."""
    state: State
    """Where it is now."""
    late_by: timedelta | None
    """How long its timer had rung when it moved; None where none had."""

    @classmethod
    def of(cls, before: DraftRow | None, after: DraftRow, kind: str, *, at: datetime) -> Moved:
        """The move from one row to the next; from None where the draft came in."""
        timer = before.due_at if before is not None and before.state in TIMED else None
        return cls(
            draft_id=after.id,
            version=after.version,
            kind=kind,
            state=after.state,
            late_by=at - timer if timer is not None and timer <= at else None,
        )


class Observer(Protocol):
    """Told after each commit, in the thread that made it: it must be quick, and must not raise."""

    def moved(self, moves: Sequence[Moved]) -> None:
        """These moves are kept; they may be none."""
        ...


class Unobserved:
    """Nobody listens."""

    def moved(self, moves: Sequence[Moved]) -> None:
        """Do nothing."""
