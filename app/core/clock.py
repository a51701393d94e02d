"""Time is passed in. All moments are aware datetimes in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftedClock:
    """A clock that runs like another one, always the same stretch ahead of it or behind it."""

    base: Clock
    shift: timedelta

    def now(self) -> datetime:
        """The base clock's moment plus the shift."""
        return self.base.now() + self.shift


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("start needs a time zone")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment the clock stands at."""
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """Move the clock forward and return the new moment. Raises ValueError for a negative stretch."""
        if by < timedelta(0):
            raise ValueError("time does not run backwards")
        self._now += by
        return self._now
