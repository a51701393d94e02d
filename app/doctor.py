"""What is configured, reachable and missing, and how to mend it. Looks only: it creates and changes nothing.

Unless it is told to ask, it calls nobody but the database.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from app import desk
from app.accounts import examining
from app.approvals.carrying import GIVEN_UP_AFTER
from app.core.errors import CountersignError, TablesUnfit
from app.inbox.examining import replies
from app.notifiers import described, open_notifiers
from app.outside import WORLD
from app.policy.service import check, published
from app.settings import Settings, read_settings
from app.store.database import open_engine
from app.store.settings import CLOCK_SHIFT
from app.store.store import NoWakeUps, Store
from app.store.versions import newest_version, require_served, versions_of
from app.symptoms import Symptom, fine, missing, optional
from integrations.world import OpenedWorld, open_world

_LATE = timedelta(minutes=30)
"""How long a notice may take to get to somebody."""


def examine(*, ask: bool = False) -> Iterator[Symptom]:
    """Every part in turn, as it is looked at. `ask`: each connected account is asked one question at its provider."""
    yield _python()
    try:
        settings = read_settings()
    except (CountersignError, ValueError) as error:
        yield missing("settings", str(error), "mend the COUNTERSIGN_* variable or countersign.toml")
        return
    yield fine("settings", f"home {settings.home}, world {settings.world}")
    yield _home(settings.home)
    world = yield from _world(settings)
    yield from _database(settings, world, ask=ask)
    yield _port(settings)
    if world is not None:
        yield from _notices(settings, world)
        yield from examining.mail(settings, world.world)


def _python() -> Symptom:
    return fine("python", ".".join(map(str, sys.version_info[:3])))


def _home(home: Path) -> Symptom:
    nearest = next(folder for folder in (home.absolute(), *home.absolute().parents) if folder.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        return fine("home folder", str(home) if home.exists() else f"{home} will be made when it is needed")
    return missing("home folder", f"{nearest} cannot be written to", "set COUNTERSIGN_HOME to a folder that can")


def _world(settings: Settings) -> Generator[Symptom, None, OpenedWorld | None]:
    try:
        opened = open_world(settings.world)
    except CountersignError as error:
        yield missing("world folder", str(error), "mend the file, or set COUNTERSIGN_WORLD to another folder")
        return None
    people = opened.world.people.everybody()
    yield fine("world folder", f"{opened.name}: {len(people)} people, {len(opened.ledger)} promises from before")
    if settings.calendars.strip().casefold() == WORLD:
        yield from _calendars(opened)
    return opened


def _calendars(opened: OpenedWorld) -> Iterator[Symptom]:
    without, now = [], opened.starts_at or datetime.now(UTC)
    for person in opened.world.people.everybody():
        try:
            opened.world.calendars.busy(person, now, now + timedelta(days=1))
        except CountersignError:
            without.append(person.id)
    if without:
        found = f"none for {', '.join(without)}: their drafts that name a time go to review"
        yield optional("calendars", found, f"put {without[0]}.ics into the world's calendars folder")
    else:
        yield fine("calendars", "one for everybody")


def _database(settings: Settings, world: OpenedWorld | None, *, ask: bool) -> Iterator[Symptom]:
    try:
        url = sa.make_url(settings.database_url)
    except SQLAlchemyError:
        yield missing("database", "COUNTERSIGN_DATABASE_URL is no URL", "write postgresql://user:password@host/name")
        return
    kind = url.get_backend_name()
    if kind == "postgresql" and find_spec("psycopg") is None:
        yield missing("database", "psycopg is not installed", "install countersign[postgres]")
        return
    if kind == "sqlite" and not Path(url.database or "").exists():
        yield fine("database", f"{url.database} will be made when it is needed")
        yield _policy_file(world)
        return
    yield from _open_database(settings, kind, world, ask=ask)


def _open_database(settings: Settings, kind: str, world: OpenedWorld | None, *, ask: bool) -> Iterator[Symptom]:
    try:
        engine = open_engine(settings.database_url)
        try:
            with engine.connect() as connection:
                found = versions_of(connection)
            if found.tables is None:
                yield fine("database", f"{kind}, empty: its tables will be made when they are needed")
                return
            require_served(found, code=newest_version())
            yield fine("database", f"{kind}, answers; its tables are at version {found.tables}")
            store = Store(engine, NoWakeUps())
            yield from _state(store)
            if world is not None and found.tables >= newest_version():
                yield from examining.accounts(settings, store, world.world.people, ask=ask)
                yield from replies(settings, store)
        finally:
            engine.dispose()
    except TablesUnfit as error:
        yield missing("database", str(error), "install the newer version")
    except (SQLAlchemyError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        yield missing("database", reason, "start it, or mend COUNTERSIGN_DATABASE_URL")


def _state(store: Store) -> Iterator[Symptom]:
    with store.read() as reader:
        yield _attempt("policy", lambda: f"version {published(reader).version} is in force", "publish one")
        shift = float(reader.settings.get(CLOCK_SHIFT) or 0)
        now = datetime.fromtimestamp(datetime.now(UTC).timestamp() + shift, UTC)
        overdue = desk.overview(reader, now=now).overdue
        late = reader.notices.late(since=now - GIVEN_UP_AFTER, before=now - _LATE)
    if overdue:
        found = f"{overdue} drafts should have moved on by now: no worker runs"
        yield missing("worker", found, "run `countersign worker`, or `countersign serve`")
    else:
        yield fine("worker", "no draft is overdue")
    if late:
        found = f"{late} of the last {GIVEN_UP_AFTER.days} days have not got to everybody"
        yield missing("notices on the board", found, "the worker's log says why; look at the notices settings")


def _policy_file(world: OpenedWorld | None) -> Symptom:
    if world is None or not world.policy_file.exists():
        return missing("policy", "none is in the world folder", "write policy.yaml there")
    text = world.policy_file.read_text(encoding="utf-8")
    return _attempt("policy", lambda: f"{len(check(text).rules)} rules in policy.yaml", "mend policy.yaml")


def _attempt(what: str, look: Callable[[], str], mend: str) -> Symptom:
    try:
        return fine(what, look())
    except CountersignError as error:
        return missing(what, str(error), mend)


def _notices(settings: Settings, world: OpenedWorld) -> Iterator[Symptom]:
    try:
        open_notifiers(settings, world.world.people)
    except CountersignError as error:
        setting = f"COUNTERSIGN_{(getattr(error, 'field', None) or 'notices').upper()}"
        yield missing("notices", str(error), f"set {setting}")
        return
    carried = list(described(settings))
    for name, place in carried:
        yield fine(f"notices by {name}", f"they go to {place}")
    if not carried:
        found = "nobody is told; they stand on the board only"
        yield optional("notices", found, "set COUNTERSIGN_NOTICES_BY to folder, smtp or webhook")


def _port(settings: Settings) -> Symptom:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((settings.host, settings.port)) == 0:
            return fine(
                "port", f"{settings.host}:{settings.port} is in use, by a running `serve` or by something else"
            )
    return fine("port", f"{settings.host}:{settings.port} is free for `countersign serve`")
