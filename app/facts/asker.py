"""One draft's questions to the outside: how long they may still take, who answered, and who did not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from app.core.errors import FactUnavailable
from app.core.facts import UnknownFact
from app.core.ports import is_local
from app.core.thresholds import Thresholds
from app.facts.lookups import Line, Lookup, Lookups, silence

T = TypeVar("T")
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked(Generic[T]):
    """A question that has been put, and the name of the source whose facts it brings."""

    source: str
    lookup: Lookup[T]


class Asker:
    """Puts a draft's questions, and remembers what could not be had: one reason a source."""

    def __init__(self, lookups: Lookups, *, at: datetime, thresholds: Thresholds) -> None:
        """`at` is the moment for which the facts are wanted."""
        self._lookups = lookups
        self._at = at
        self._thresholds = thresholds
        self._left = thresholds.facts_budget.total_seconds()
        self._unknown: dict[str, UnknownFact] = {}
        self._as_of: dict[str, datetime] = {}

    def put(
        self,
        source: str,
        question: Callable[[], Iterator[T]],
        *,
        port: object,
        as_of: Callable[[], datetime] | None = None,
        room: str | None = None,
        about: str | None = None,
    ) -> Asked[T]:
        """Ask, in another thread unless the port is local. The question yields one or ever more complete answers.

        `room` is the source whose lines it takes, where that is not `source`; `about` what it asks for, where a
        question about something else could be answered although this one hangs.
        """
        line = Line(id(port), room or source, about or source)
        put = self._lookups.put_here if is_local(port) else self._lookups.put
        return Asked(source, put(Lookup(line, question, as_of)))

    def take(self, asked: Asked[T]) -> T | None:
        """The answer, or as much of it as came in the time that all questions together still had."""
        lookup, timer = asked.lookup, self._lookups.timer
        if not lookup.done.is_set():
            begun = timer.now()
            self._lookups.wait(lookup, self._left)
            self._left = max(0.0, self._left - (timer.now() - begun))
        if lookup.silent:
            self.note(asked.source, silence(self._thresholds.facts_budget))
        elif lookup.error is not None:
            self.note(asked.source, _told(asked.source, lookup.error))
        elif lookup.as_of is not None:
            self._date(asked.source, lookup.as_of)
        return lookup.answer

    def here(self, source: str, question: Callable[[], T]) -> T | None:
        """Ask in the caller's own thread, for as long as it takes; one that failed is not asked again."""
        if source in self._unknown:
            return None
        try:
            return question()
        except FactUnavailable as error:
            self.note(source, _told(source, error))
            return None

    def note(self, source: str, reason: str) -> None:
        """Remember that a fact cannot be had; the first reason counts."""
        self._unknown.setdefault(source, UnknownFact(source=source, reason=reason))

    def reason(self, source: str) -> str | None:
        """Why the source is unknown, or None where it answered."""
        fact = self._unknown.get(source)
        return fact.reason if fact else None

    @property
    def unknown(self) -> tuple[UnknownFact, ...]:
        """What could not be had, in the order in which that was learned."""
        return tuple(self._unknown.values())

    @property
    def as_of(self) -> Mapping[str, datetime]:
        """For each source that says so, the moment its answers are from: never later than the one they are for."""
        return dict(self._as_of)

    def _date(self, source: str, as_of: datetime) -> None:
        self._as_of[source] = moment = min(as_of, self._at)
        limit = self._thresholds.stale_after
        if self._at - moment > limit:
            self.note(source, f"is from {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC, older than {limit / _HOUR:g} h")


def _told(source: str, error: Exception) -> str:
    if isinstance(error, FactUnavailable):
        return error.reason if error.source == source else str(error)
    return f"failed: {type(error).__name__}: {error}"
