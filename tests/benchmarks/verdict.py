"""How long a verdict takes: extraction, facts, all checks and policy on a 150-word draft, as the gate itself has it.

All facts are local: files, and the ledger in a real database, of three sizes in turn. And with a CRM that takes five
seconds for every answer: how long the verdict takes then.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from app.core.drafts import Draft
from app.core.facts import Deal, Person
from app.core.findings import Findings
from app.core.ports import Extractor
from app.services import Services
from integrations.crm.sample import SampleCrm
from integrations.world import EVERY_MOMENT
from tests.benchmarks.company import DEALS, SMALLEST, fill_ledger, large_world, measured_draft
from tests.benchmarks.rooms import fresh_database, numbered, services_on

SIZES = (SMALLEST, 100_000, 1_000_000)
ROUNDS = 8
RUNS = 50
"""Verdicts in a round."""
WARM_UP = 40
SLOW = 5.0
"""Seconds that the slow CRM takes for an answer."""


def verdict_latency(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """p50 and p99 in milliseconds, in one thread of one process, for every database and size; and how p50 grows.

    The processor's time, of all threads of the process, is what the neighbours on a shared machine change least.
    """
    world = large_world(folder)
    for database, url in urls.items():
        with ExitStack() as stack:
            companies = {}
            for size in SIZES:
                home = folder / f"verdict-{database}-{size}"
                home.mkdir()
                opened = stack.enter_context(
                    services_on(fresh_database(url, home, f"verdict_{size}"), home, sample=world)
                )
                fill_ledger(opened, size)
                companies[size] = _Timed.of(opened)
            yield from _measured(database, companies)


def slow_facts(folder: Path) -> Iterator[dict[str, object]]:
    """Two verdicts in a row while the CRM is slow: the first waits as long as it may, the second not at all."""
    home = folder / "verdict-slow"
    home.mkdir()
    with services_on(f"sqlite:///{home}/bench.db", home) as services:
        draft = measured_draft()
        _Timed.of(services).verdict(draft)  # loads what is loaded once
        assessor = services.gate.assessor
        crm = _SlowCrm(home / "world" / "crm.json", as_of=EVERY_MOMENT)
        slow = replace(assessor, world=replace(assessor.world, crm=crm))
        company = _Timed.of(replace(services, gate=replace(services.gate, assessor=slow)))
        times = [company.verdict(numbered(draft, "slow", run)) for run in range(2)]
    yield {
        "bench": "verdict_with_slow_facts",
        "crm_answers_after_s": SLOW,
        "budget_s": 2.0,
        "first_ms": round(times[0], 1),
        "next_ms": round(times[1], 1),
        "routes": company.routes,
    }


@dataclass(frozen=True, kw_only=True)
class _Timed:
    """A company whose verdicts are timed, and within them the extraction."""

    services: Services
    extraction: list[float]
    whole: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, services: Services) -> _Timed:
        spent: list[float] = []
        assessor = services.gate.assessor
        timed = replace(assessor, extractor=_timed(assessor.extractor, spent))
        return cls(services=replace(services, gate=replace(services.gate, assessor=timed)), extraction=spent)

    def verdict(self, draft: Draft) -> float:
        """The verdict, from the history to the route; nothing is stored. Returns milliseconds."""
        gate, now = self.services.gate, self.services.clock.now()
        begun, at_work = time.perf_counter(), time.process_time()
        with self.services.store.read() as reader:
            assessment = gate.judge.verdict(reader, draft, at=now)
        taken = (time.perf_counter() - begun) * 1000
        self.processor.append((time.process_time() - at_work) * 1000)
        self.whole.append(taken)
        self.routes.append(assessment.route.value)
        return taken


def _timed(extractor: Extractor, spent: list[float]) -> Extractor:
    def extract(draft: Draft, *, sender: Person, at: datetime) -> Findings:
        begun = time.perf_counter()
        found = extractor(draft, sender=sender, at=at)
        spent.append((time.perf_counter() - begun) * 1000)
        return found

    return extract


class _SlowCrm(SampleCrm):
    """A double of a CRM that keeps everybody waiting."""

    def deal(self, deal_id: str) -> Deal | None:
        """The deal, late."""
        time.sleep(SLOW)
        return super().deal(deal_id)


def _measured(database: str, companies: Mapping[int, _Timed]) -> Iterator[dict[str, object]]:
    draft = measured_draft()
    for company in companies.values():
        _run(company, draft, "warm-up", WARM_UP)
        for measured in (company.whole, company.processor, company.extraction):
            measured.clear()
    for round_number in range(ROUNDS):
        for company in companies.values():
            _run(company, draft, str(round_number), RUNS)
    for size, company in companies.items():
        measured = sorted(company.whole)
        yield {
            "bench": "verdict_latency",
            "database": database,
            "ledger_rows": size,
            "open_deals": DEALS,
            "words": len(draft.text.split()),
            "runs": len(measured),
            "p50_ms": round(statistics.median(measured), 2),
            "p99_ms": round(measured[int(len(measured) * 0.99) - 1], 2),
            "processor_p50_ms": round(statistics.median(company.processor), 2),
            "extraction_p50_ms": round(statistics.median(company.extraction), 2),
        }
    smallest, largest = companies[SIZES[0]], companies[SIZES[-1]]
    yield {
        "bench": "verdict_growth",
        "database": database,
        "rows": [SIZES[0], SIZES[-1]],
        "p50_ratio": round(statistics.median(largest.whole) / statistics.median(smallest.whole), 3),
        "processor_p50_ratio": round(statistics.median(largest.processor) / statistics.median(smallest.processor), 3),
    }


def _run(company: _Timed, draft: Draft, run: str, times: int) -> None:
    for number in range(times):
        company.verdict(numbered(draft, run, number))
