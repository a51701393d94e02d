"""A scenario as its author wrote it, read strictly: README.md is the description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.core.checks import Severity
from integrations.fields import Fields, record, records
from integrations.files import yaml_of

Overlay = Mapping[str, object]

DEFAULT_NOW = datetime.fromisoformat("2026-11-18T10:00:00-05:00")
DEFAULT_SENDER = "maya"
DEFAULT_TO = "elena.voss@brightwater.example"
_KEYS = frozenset(
    {"name", "check", "expect", "severity", "also", "why", "draft", "now", "timezone", "world", "missing", "suggests"}
)
_CHECK_ID = re.compile(r"[a-z_]+\.[a-z_]+")


class Expectation(StrEnum):
    """What the scenario's check ought to do."""

    HIT = "hit"
    SILENT = "silent"
    UNKNOWN = "unknown"
    """The check cannot know: it says nothing, and the draft goes to review with the missing source named."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scenario:
    """One draft in one world. `draft` and `world` are as written, without the defaults."""

    name: str
    file: str
    check: str
    expect: Expectation
    why: str
    draft: Overlay
    severity: Severity | None = None
    also: frozenset[str] = frozenset()
    """Other checks that may speak here, for good reason: they count neither for nor against themselves."""
    missing: str | None = None
    """The source that has to be named as missing; None: any that the world makes fail."""
    suggests: str | None = None
    """What the suggestion has to put in place of the words at fault; None: it is not looked at."""
    now: datetime = DEFAULT_NOW
    timezone: str | None = None
    """The sender's zone, where it is not that of the directory."""
    world: Overlay = field(default_factory=dict)

    @property
    def sender(self) -> str:
        """The id of the person in whose name the draft is written."""
        return str(self.draft.get("on_behalf_of", DEFAULT_SENDER))

    @property
    def failing(self) -> tuple[str, ...]:
        """The sources that do not answer."""
        given = self.world.get("failing", [])
        return tuple(str(source) for source in (given if isinstance(given, list) else [given]))

    @property
    def stale(self) -> Mapping[str, str]:
        """The sources whose answers are old, and from when those are."""
        given = self.world.get("stale", {})
        if not isinstance(given, Mapping):
            raise TypeError(f"{self}: stale names sources with moments, such as {{crm: 2026-11-10T09:00:00-05:00}}")
        return {str(source): str(moment) for source, moment in given.items()}

    def __str__(self) -> str:
        return f"{self.check}: {self.name}"


def read_scenarios(place: Path) -> list[Scenario]:
    """The scenarios of a file, or of every `.yaml` file of a folder. Raises InvalidWorld with file and field."""
    files = sorted(place.glob("*.yaml")) if place.is_dir() else [place]
    scenarios = [scenario for file in files for scenario in _of_file(file)]
    seen: set[tuple[str, str]] = set()
    for scenario in scenarios:
        key = (scenario.check, scenario.name)
        if key in seen:
            raise ValueError(f"{scenario.file}: two scenarios are called '{scenario.name}'; names tell them apart")
        seen.add(key)
    return scenarios


def _of_file(file: Path) -> Iterator[Scenario]:
    for index, fields in enumerate(records(yaml_of(file.read_bytes(), file=file.name), file=file.name)):
        unknown = sorted(set(fields.values) - _KEYS)
        if unknown:
            raise ValueError(
                f"{fields.place(unknown[0])} is no field of a scenario; known are {', '.join(sorted(_KEYS))}"
            )
        yield _scenario(fields, file.name, index)


def _scenario(fields: Fields, file: str, index: int) -> Scenario:
    check = fields.text("check")
    if not _CHECK_ID.fullmatch(check):
        raise fields.refusal("check", "a check's id such as calendar.busy")
    moment = fields.values.get("now")
    return Scenario(
        name=fields.text("name", f"number {index + 1}"),
        file=file,
        check=check,
        expect=fields.one_of("expect", Expectation, Expectation.HIT, [*Expectation]),
        why=fields.text("why", ""),
        draft=record(fields.values.get("draft"), file=file, path=f"[{index}].draft").values,
        severity=fields.one_of("severity", Severity, Severity.INFO, [*Severity]) if fields.has("severity") else None,
        also=frozenset(fields.words("also")),
        missing=fields.optional_text("missing"),
        suggests=fields.optional_text("suggests"),
        now=_aware(fields, str(moment)) if moment else DEFAULT_NOW,
        timezone=fields.zone("timezone"),
        world=record(fields.values.get("world") or {}, file=file, path=f"[{index}].world").values,
    )


def _aware(fields: Fields, text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise fields.refusal("now", "a moment with an offset, such as 2026-11-18T10:00:00-05:00")
    return moment
