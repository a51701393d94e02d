"""How submitting grows with the drafts that are in the database already: a thousand and a million, in turn.

What stands around the measured drafts is the same at both sizes; what grows is everybody else's sent mail.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from app.services import Services
from tests.benchmarks.bulk import multiply
from tests.benchmarks.company import large_world
from tests.benchmarks.letters import proposal, routine
from tests.benchmarks.rooms import counts, fresh_database, sent_so_far, services_on

SIZES = (1_000, int(os.environ.get("COUNTERSIGN_BENCH_DRAFTS", "1000000")))
ROUNDS = 6
RUNS = 30
"""Drafts in a round."""
_ORIGINALS = 100


def growth(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """p50 of submit at each size, by the clock and by the processor's time of this process, and their ratios."""
    home = folder / "growth"
    home.mkdir()
    world = large_world(home, deals=_ORIGINALS + ROUNDS * RUNS + RUNS)
    for database, url in urls.items():
        begun = time.perf_counter()
        with ExitStack() as stack:
            houses = [_House.filled(stack, url, home / f"{database}-{size}", world, size) for size in SIZES]
            filled = time.perf_counter() - begun
            for run in range(ROUNDS + 1):  # the first one warms up
                for house in houses:
                    house.submit(run)
        small, large = houses
        yield {
            "bench": "growth",
            "database": database,
            "drafts": list(SIZES),
            "submits": ROUNDS * RUNS,
            "p50_ms": [house.p50(house.clock) for house in houses],
            "processor_p50_ms": [house.p50(house.processor) for house in houses],
            "p50_ratio": round(large.p50(large.clock) / small.p50(small.clock), 3),
            "processor_p50_ratio": round(large.p50(large.processor) / small.p50(small.processor), 3),
            "filled_in_s": round(filled, 1),
        }


@dataclass(frozen=True, kw_only=True)
class _House:
    """A database of one size, and how long submitting took there."""

    services: Services
    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @classmethod
    def filled(cls, stack: ExitStack, url: str, home: Path, world: Path, size: int) -> _House:
        place = fresh_database(url, home, f"growth_{size}")
        services = stack.enter_context(services_on(place, home, sample=world))
        shown = [services.gate.submit(routine(number, "past")) for number in range(_ORIGINALS)]
        for each in shown:
            services.gate.wake(each.row.id, each.row.version)
        if sent_so_far(services) != _ORIGINALS:
            raise RuntimeError(f"not all of the benchmark's past mail was sent: {counts(services)}")
        multiply(services, [each.row.id for each in shown], size)
        return cls(services=services)

    def submit(self, run: int) -> None:
        first = _ORIGINALS + run * RUNS
        for number in range(first, first + RUNS):
            begun, at_work = time.perf_counter(), time.process_time()
            self.services.gate.submit(proposal(number, f"growth-{run}"))
            if run:
                self.clock.append(time.perf_counter() - begun)
                self.processor.append(time.process_time() - at_work)

    def p50(self, times: list[float]) -> float:
        """In milliseconds."""
        return round(1000 * statistics.median(times), 2)
