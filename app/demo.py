"""The sample run: every sample draft through the real gate, the real worker and the real outbox."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
import yaml

from app.core.errors import Conflict, InvalidDraft, InvalidWorld
from app.core.lifecycle import ON_THE_WAY, State
from app.intake import read_drafts
from app.services import Services, open_services
from app.settings import Settings
from app.standing import Standing, read_standing
from app.store.database import open_engine
from app.store.store import NoWakeUps, Reader, Store

_MARK = "sample_run"
"""The setting that tells a database that the demo made from one that holds anybody's work."""
_ON_THE_ROAD = (State.SCHEDULED, *ON_THE_WAY)
_POLL_SECONDS = 0.1
_LATER = "later"
"""In the folder of the drafts: those that are handed in when the others have left, and what was sent counts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleResult:
    """What became of one sample draft at the gate."""

    file: str
    standing: Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Mismatch:
    """A sample draft that did not go where the world's drafts/expected.yaml says."""

    file: str
    expected: str
    found: str


def open_afresh(settings: Settings) -> tuple[Services, Path | None]:
    """Services on an empty database, and where the last sample run's state was put.

    Raises Conflict where the database holds anything but a sample run, InvalidWorld where the world has no drafts.
    """
    if not any(_sample_files(settings.world)):
        raise InvalidWorld("holds no sample drafts; name another world folder", field=str(settings.world / "drafts"))
    put = _put_aside(settings)
    services = open_services(settings)
    with services.store.write(now=services.clock.now()) as tx:
        tx.settings.put_new(_MARK, str(settings.world.resolve()))
    return services, put


def _put_aside(settings: Settings) -> Path | None:
    database = _sqlite_file(settings.database_url)
    if database is not None and not database.exists():
        return None
    if not _holds_anything(settings.database_url):
        return None
    if database is None or not _holds_only_a_sample_run(settings.database_url):
        raise Conflict(
            "the database holds other work, which the demo does not touch; "
            "set COUNTERSIGN_HOME to another folder (and unset COUNTERSIGN_DATABASE_URL) for the demo"
        )
    aside = _free_folder(settings.home)
    aside.mkdir(parents=True)
    for path in (*database.parent.glob(f"{database.name}*"), settings.outbox):
        if path.exists():
            path.rename(aside / path.name)
    return aside


def _sqlite_file(url: str) -> Path | None:
    parsed = sa.make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _holds_anything(url: str) -> bool:
    engine = open_engine(url)
    try:
        return bool(sa.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def _holds_only_a_sample_run(url: str) -> bool:
    engine = open_engine(url)
    try:
        if not sa.inspect(engine).has_table("settings"):
            return False
        with Store(engine, NoWakeUps()).read() as reader:
            return reader.settings.get(_MARK) is not None
    finally:
        engine.dispose()


def _free_folder(home: Path) -> Path:
    number = 1
    while (home / f"earlier-demo-{number}").exists():
        number += 1
    return home / f"earlier-demo-{number}"


def _sample_files(world: Path, folder: str = "") -> list[Path]:
    files = (path for path in (world / "drafts" / folder).glob("*") if path.suffix in (".json", ".eml"))
    return sorted(files, key=_in_reading_order)


def _in_reading_order(file: Path) -> list[tuple[int, str]]:
    """Numbers count as numbers: the ninth before the tenth."""
    pieces: list[str] = re.findall(r"\d+|\D+", file.name)
    return [(int(piece), "") if piece.isdecimal() else (0, piece) for piece in pieces]


def submit_samples(services: Services) -> Iterator[SampleResult]:
    """Hand in the sample drafts, in the order of their files. Raises InvalidWorld where one is no draft."""
    yield from _submit(services, _sample_files(services.settings.world))


def submit_later_samples(services: Services) -> Iterator[SampleResult]:
    """Hand in the drafts that come when the others have left, if there are any. Raises InvalidWorld."""
    yield from _submit(services, _sample_files(services.settings.world, _LATER))


def _submit(services: Services, files: Sequence[Path]) -> Iterator[SampleResult]:
    for file in files:
        for draft in read_drafts(file):
            if isinstance(draft, InvalidDraft):
                raise InvalidWorld(str(draft), field=f"drafts/{file.name}")
            yield SampleResult(file=file.name, standing=services.gate.submit(draft))


def compare(services: Services, results: Sequence[SampleResult]) -> tuple[int, list[Mismatch]]:
    """How many drafts the world has an expectation for, and those that went elsewhere."""
    expected = _expectations(services.settings.world / "drafts" / "expected.yaml")
    wrong = [
        Mismatch(file=result.file, expected=expected[result.file].words, found=found)
        for result in results
        if result.file in expected and (found := expected[result.file].unmet_by(result.standing))
    ]
    seen = {result.file for result in results}
    wrong += [
        Mismatch(file=file, expected=expected[file].words, found="no such draft") for file in set(expected) - seen
    ]
    return len(expected), wrong


@dataclass(frozen=True, kw_only=True, slots=True)
class _Expectation:
    route: str
    rule: str
    checks: tuple[str, ...]

    @property
    def words(self) -> str:
        return " ".join((self.route, self.rule, *self.checks))

    def unmet_by(self, standing: Standing) -> str:
        """Where it went instead, or nothing."""
        verdict = standing.assessment
        checks = {result.check for result in verdict.checks}
        if (verdict.route.value, verdict.ruling.rule) == (self.route, self.rule) and checks >= set(self.checks):
            return ""
        return " ".join((verdict.route.value, verdict.ruling.rule, *sorted(checks)))


def _expectations(file: Path) -> Mapping[str, _Expectation]:
    if not file.exists():
        return {}
    try:
        records = yaml.safe_load(file.read_text(encoding="utf-8"))
        return {
            name: _Expectation(route=record["route"], rule=record["rule"], checks=tuple(record.get("checks") or ()))
            for name, record in records.items()
        }
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise InvalidWorld(f"is not a list of expectations: {error}", field=str(file)) from None


def send_what_may_leave(services: Services, *, patience: timedelta, tick: Callable[[int], None]) -> int:
    """Run a worker until everything whose time has come has left. Returns how many drafts are still on the road.

    `tick` is called with how many there are, again and again. Drafts that are not to be sent before a later moment
    are not waited for.
    """
    worker = services.worker()
    worker.start()
    try:
        horizon = services.clock.now() + patience
        while (left := _on_the_road(services, horizon)) and services.clock.now() < horizon:
            tick(left)
            time.sleep(_POLL_SECONDS)
        return left
    finally:
        worker.stop()


def _on_the_road(services: Services, horizon: datetime) -> int:
    with services.store.read() as reader:
        rows = reader.drafts.in_states(_ON_THE_ROAD)
    return sum(1 for row in rows if row.due_at is not None and row.due_at <= horizon)


def where_they_are(services: Services, results: Sequence[SampleResult]) -> list[SampleResult]:
    """The same drafts as they stand now."""
    with services.store.read() as reader:
        return [SampleResult(file=r.file, standing=_again(reader, r)) for r in results]


def _again(reader: Reader, result: SampleResult) -> Standing:
    return read_standing(reader, result.standing.row.id)
