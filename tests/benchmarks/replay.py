"""Another policy on ten thousand stored drafts: how many a second, by the sample company's rules and by many."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import sqlalchemy as sa

from app.core.drafts import Draft
from app.core.errors import CountersignError
from app.intake import read_drafts
from app.policy.trying import simulate
from app.services import Services
from app.store.tables import drafts, revisions
from tests.benchmarks.rooms import fresh_database, services_on
from tests.support.processes import ROOT

STORED = 10_000
MANY_RULES = 200
_BATCH = 500


def replay_speed(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """On each database."""
    for database, url in urls.items():
        yield from _replayed(database, url, folder)


def _replayed(database: str, url: str, folder: Path) -> Iterator[dict[str, object]]:
    """One thread of one process; the drafts are the sample company's, over and over."""
    home = folder / f"replay-{database}"
    with services_on(fresh_database(url, home, "replay"), home) as services:
        _store_samples(services)
        with services.engine.begin() as connection:
            _copy_until(connection, STORED)
        sample = (ROOT / "sample_data" / "policy.yaml").read_text(encoding="utf-8")
        for rules, text in (("sample", sample), (str(MANY_RULES), _many_rules())):
            with services.store.read() as reader:
                begun = time.perf_counter()
                found = simulate(reader, services.gate.policy, text, since=None, until=None)
                taken = time.perf_counter() - begun
            yield {
                "bench": "replay",
                "database": database,
                "rules": rules,
                "drafts": found.replayed,
                "changed": len(found.changes),
                "seconds": round(taken, 2),
                "drafts_per_s": round(found.replayed / taken, 1),
            }


def _store_samples(services: Services) -> None:
    for file in sorted((ROOT / "sample_data" / "drafts").glob("*.*")):
        if file.suffix not in (".json", ".eml"):
            continue
        for draft in read_drafts(file):
            if isinstance(draft, Draft):
                try:
                    services.gate.submit(draft)
                except CountersignError:
                    continue  # some samples are there to be refused


def _copy_until(connection: sa.Connection, count: int) -> None:
    rows = [dict(row._mapping) for row in connection.execute(sa.select(drafts))]
    verdicts: dict[str, list[dict[str, object]]] = {}
    for row in connection.execute(sa.select(revisions)):
        verdicts.setdefault(row.draft_id, []).append(dict(row._mapping))
    copies = [(rows[number % len(rows)], f"dr_copy{number:08d}") for number in range(count - len(rows))]
    for begin in range(0, len(copies), _BATCH):
        _insert(connection, copies[begin : begin + _BATCH], verdicts)


def _insert(
    connection: sa.Connection,
    copies: Sequence[tuple[dict[str, object], str]],
    verdicts: dict[str, list[dict[str, object]]],
) -> None:
    own = {"client_id": None, "idempotency_key": None}
    connection.execute(sa.insert(drafts), [{**row, **own, "id": new} for row, new in copies])
    connection.execute(
        sa.insert(revisions),
        [{**verdict, "draft_id": new} for row, new in copies for verdict in verdicts[str(row["id"])]],
    )


def _many_rules() -> str:
    rules = "\n".join(
        f"  - {{id: r{number}, route: review, when: 'deal.amount > {number * 1000}.0 && "
        f'commitments.exists(c, c.strength == "firm") && size(contacts) > {number % 7} && risk.tier == "high"\'}}'
        for number in range(MANY_RULES)
    )
    return f"version: 99\nrules:\n{rules}\n"
