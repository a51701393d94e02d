"""Sources of a scenario's world that do not answer, or whose answers are old."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from app.core.errors import FactUnavailable
from app.core.facts import Person
from app.core.ports import OpenPromises, World

_PORTS = {
    "crm": "crm",
    "people": "people",
    "calendar": "calendars",
    "library": "library",
    "approved": "approved",
    "mailbox": "conversations",
    "sequences": "sequences",
    "files": "read_file",
}
"""The field of the world that holds the port of a source."""
_OF = "calendar of "
SOURCES = frozenset({*_PORTS, "ledger"})
"""What may be missing, beside `calendar of <person id>`."""

_Question = tuple[object, ...]


def _by_id(question: _Question) -> bool:
    """Without its own people a gate judges nothing: the directory still knows ids and roles, and no address."""
    return bool(question) and "@" not in str(question[0])


def _nobody_is_spared(_: _Question) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Failing:
    """Any port whose every question fails, but for those that are spared."""

    port: object
    source: str
    spared: Callable[[_Question], bool] = _nobody_is_spared

    def __getattr__(self, name: str) -> Callable[..., object]:
        def ask(*args: object, **named: object) -> object:
            if self.spared(args):
                return getattr(self.port, name)(*args, **named)
            raise FactUnavailable(self.source, "does not answer")

        return ask

    def __call__(self, *_: object, **__: object) -> object:
        raise FactUnavailable(self.source, "does not answer")


@dataclass(frozen=True, slots=True)
class _Stale:
    """Any port whose answers are as old as the scenario says."""

    port: object
    moment: datetime

    def __getattr__(self, name: str) -> object:
        return (lambda *_: self.moment) if name == "as_of" else getattr(self.port, name)


def with_gaps(world: World, failing: Sequence[str], stale: Mapping[str, str]) -> World:
    """The world with those of its ports failing or out of date. Raises ValueError for a source that there is not."""
    changes: dict[str, Any] = {}
    for source, moment in stale.items():
        name = _PORTS[_known(source)]
        changes[name] = _Stale(getattr(world, name), datetime.fromisoformat(moment))
    away = frozenset(source.removeprefix(_OF) for source in failing if source.startswith(_OF))
    if away:
        changes["calendars"] = _Failing(world.calendars, "calendar", lambda question: not _about(question, away))
    for source in failing:
        if not source.startswith(_OF) and _known(source) in _PORTS:
            name = _PORTS[source]
            spared = _by_id if source == "people" else _nobody_is_spared
            changes[name] = _Failing(getattr(world, name), source, spared)
    return replace(world, **changes)


def ledger_with_gaps(promises: OpenPromises, failing: Sequence[str]) -> OpenPromises:
    """The ledger, failing where it is among those that do."""
    return cast("OpenPromises", _Failing(promises, "ledger")) if "ledger" in failing else promises


def _about(question: _Question, people: frozenset[str]) -> bool:
    return any(isinstance(part, Person) and part.id in people for part in question)


def _known(source: str) -> str:
    if source not in SOURCES:
        raise ValueError(f"there is no source '{source}'; there are {', '.join(sorted(SOURCES))}")
    return source
