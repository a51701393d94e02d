"""A house that crashes: its folder, its database, its clock and its mailbox, shared by processes that come and go."""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import os
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from pydantic import SecretStr

from app import engine as wake_up_engine
from app.core.lifecycle import TIMED
from app.core.ports import MailProvider
from app.delivery import outcomes
from app.services import Services, open_services
from app.settings import Settings
from app.store.rows import DraftRow
from integrations.mail.outbox import OutboxMail
from tests.crash.failing import Watch, WatchedMail
from tests.crash.mailbox import Kind, Mailbox, client_id_of, outbox_deliveries
from tests.support.processes import ROOT
from tests.support.provider.client import DraftsFirst
from tests.support.provider.wire import Wire

START = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
OUTBOX, SERVER = "outbox", "server"
MAILBOX = "priya"
"""The mailbox on the server."""

_SWEEP = timedelta(seconds=0.15)
_MOST_ATTEMPTS = 5
"""Of asking a provider that does not know: half a day's worth of attempts proves nothing more than these."""

_RULES = """rules:
  - id: asking
    when: draft.agent == "asking-agent"
    action: send_email
    route: review
    approvals: {needed: 1, resolver: {user: {id: sender}}, expires_after: 8h}
    why: "The test asks a person."
  - id: silent
    when: draft.agent == "silent-agent" && risk.tier in ["low", "medium"]
    action: send_email
    route: review
    approvals: {needed: 1, resolver: {auto_approve: {after: 1h}}, expires_after: 48h}
    why: "The test waits for nobody to object."
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class CrashClock:
    """Time as all processes of a house see it: `rate` times as fast as the wall's, and ahead by what a file says."""

    folder: Path
    began: float
    rate: float
    lead: timedelta = timedelta(0)
    """What this process is ahead of the others."""

    def now(self) -> datetime:
        """The present moment."""
        return START + self.lead + timedelta(seconds=(time.time() - self.began) * self.rate + self._ahead())

    def move(self, stretch: timedelta) -> None:
        """Set every process's clock forward, or back where the stretch is negative."""
        self._set(self._ahead() + stretch.total_seconds())

    def be_at_least(self, stretch: timedelta) -> None:
        """Have at least so much time passed since the start; said again, it changes nothing."""
        missing = START + stretch - self.now()
        if missing > timedelta(0):
            self.move(missing)

    def _ahead(self) -> float:
        try:
            return float(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return 0.0

    def _set(self, seconds: float) -> None:
        temporary = self._file.with_suffix(f".{os.getpid()}")
        temporary.write_text(repr(seconds), encoding="utf-8")
        temporary.rename(self._file)

    @property
    def _file(self) -> Path:
        return self.folder / "clock"


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """Where everything of one house is. Small enough to be handed to every process."""

    folder: Path
    database_url: str
    mail: str = OUTBOX
    """`outbox`, `server`, or the kind of a folder that doubles as a mailbox."""
    port: int = 0
    """Where the mailbox server listens, where mail goes to one."""
    rate: float = 60.0
    began: float = 0.0
    lead: timedelta = timedelta(0)
    lag: float = 0.0
    pause: float = 0.0

    @property
    def clock(self) -> CrashClock:
        """The time in this house."""
        return CrashClock(folder=self.folder, began=self.began, rate=self.rate, lead=self.lead)

    @property
    def settings(self) -> Settings:
        """As the product reads them."""
        return Settings(
            home=self.folder / "home",
            world=self.folder / "world",
            database_url=self.database_url,
            secret_key=SecretStr(""),
        )

    @property
    def mailbox(self) -> Mailbox:
        """The double, where mail goes to one."""
        return Mailbox(folder=self.folder / "mailbox", kind=Kind(self.mail), lag=self.lag, pause=self.pause)

    @property
    def provider(self) -> MailProvider:
        """Where mail goes to."""
        if self.mail == SERVER:
            return DraftsFirst(Wire(self.port, MAILBOX))
        return OutboxMail(self.settings.outbox) if self.mail == OUTBOX else self.mailbox

    def deliveries(self) -> Counter[str]:
        """How often each draft's mail has left, by its client id."""
        if self.mail == SERVER:
            return Counter(client_id_of(raw) for raw in delivered_by(self.port, MAILBOX))
        return outbox_deliveries(self.settings.outbox) if self.mail == OUTBOX else self.mailbox.deliveries()

    def open(self, watch: Watch | None = None) -> Services:
        """Open the product in this process, with its short timers, as the real command does."""
        shorten_timers()
        provider = WatchedMail(self.provider, watch) if watch else self.provider
        return open_services(self.settings, base_clock=self.clock, mail=provider)

    def acknowledge(self, client_id: str, draft_id: str) -> None:
        """Note down, as a submitter would, what the product has answered."""
        line = json.dumps([client_id, draft_id]) + "\n"
        number = os.open(self.folder / "acknowledged", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(number, line.encode())
        finally:
            os.close(number)

    def acknowledged(self) -> dict[str, set[str]]:
        """Every draft id that was ever answered for a client id."""
        answers: dict[str, set[str]] = {}
        try:
            lines = (self.folder / "acknowledged").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return answers
        for client_id, draft_id in map(json.loads, lines):
            answers.setdefault(client_id, set()).add(draft_id)
        return answers


def shorten_timers() -> None:
    """Sweep more often, and ask a person sooner. Fails where the product has no such timers any more."""
    for module, name, value in (
        (wake_up_engine, "_SWEEP", _SWEEP),
        (wake_up_engine, "_CHORES", _SWEEP),
        (outcomes, "MOST_ATTEMPTS", _MOST_ATTEMPTS),
    ):
        assert hasattr(module, name), f"{module.__name__} has no {name}; shorten what has come in its place"
        setattr(module, name, value)


def make_world(folder: Path) -> None:
    """The sample world, with rules that a test can choose by the agent's name, and no undo window."""
    world = folder / "world"
    shutil.copytree(ROOT / "sample_data", world)
    policy = world / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    assert "undo_window: 10s" in text
    assert "rules:\n" in text
    text = text.replace("undo_window: 10s", "undo_window: 0s").replace("rules:\n", _RULES, 1)
    policy.write_text(text, encoding="utf-8")


def delivered_by(port: int, mailbox: str) -> list[bytes]:
    """What has left a mailbox of the server, past the port that the product uses."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", f"/control/{mailbox}/deliveries?")
        found = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return [base64.b64decode(raw) for _, raw in found]


def rows_of(services: Services) -> list[DraftRow]:
    """Every draft."""
    with services.store.read() as reader:
        return list(reader.drafts.page(after="", limit=100_000))


def row_of(services: Services, client_id: str) -> DraftRow | None:
    """The draft with this client id."""
    with services.store.read() as reader:
        return reader.drafts.by_key(client_id=client_id, idempotency_key=None)


def stuck_drafts(services: Services, *, beyond: timedelta) -> list[DraftRow]:
    """Drafts whose timer rang longer ago than that."""
    now = services.clock.now()
    timed = [row for row in rows_of(services) if row.state in TIMED]
    return [row for row in timed if row.due_at is None or row.due_at < now - beyond]


_numbers = itertools.count(1)


class Databases:
    """Makes databases for houses: empty ones, and copies of one that is ready, which costs a tenth."""

    def __init__(self, server_url: str | None) -> None:
        """`server_url` is that of a PostgreSQL server; None for SQLite files."""
        self._server_url = server_url

    @property
    def kind(self) -> str:
        """`sqlite` or `postgres`."""
        return "postgres" if self._server_url else "sqlite"

    def new(self, folder: Path, *, like: House | None = None) -> str:
        """The URL of a new database for a house in this folder."""
        if self._server_url is None:
            if like is not None:
                _copy_sqlite(_sqlite_file(like.database_url), folder / "house.db")
            return f"sqlite:///{folder / 'house.db'}"
        name = f"house_{os.getpid()}_{next(_numbers)}"
        template = f" TEMPLATE {sa.make_url(like.database_url).database}" if like else ""
        with self._server() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}{template}"))
        return self._server_url.replace("/postgres?", f"/{name}?")

    def drop(self, url: str) -> None:
        """Take a PostgreSQL database away again."""
        if self._server_url is not None:
            with self._server() as connection:
                connection.execute(sa.text(f"DROP DATABASE {sa.make_url(url).database} WITH (FORCE)"))

    @contextmanager
    def _server(self) -> Iterator[sa.Connection]:
        assert self._server_url is not None
        url = sa.make_url(self._server_url).set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()


def _sqlite_file(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def _copy_sqlite(source: Path, target: Path) -> None:
    before, after = sqlite3.connect(source), sqlite3.connect(target)
    try:
        before.backup(after)
    finally:
        before.close()
        after.close()


def new_house(folder: Path, databases: Databases, *, like: House | None = None, **traits: object) -> House:
    """A house in this folder: empty, or with the world and the database of one that is ready."""
    folder.mkdir(parents=True)
    if like is None:
        make_world(folder)
    else:
        (folder / "world").symlink_to(like.folder / "world")
    house = House(folder=folder, database_url=databases.new(folder, like=like), began=time.time())
    return replace(house, **traits)  # type: ignore[arg-type]
