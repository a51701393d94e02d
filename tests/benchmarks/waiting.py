"""A hundred thousand approvals that wait: what a worker takes for them, and how soon one of them leaves once decided.

The worker is `countersign worker` in a process of its own, with the real verdict. The drafts that are decided came
in through the gate; the others are copies of such drafts.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from app.services import Services
from app.standing import Standing
from app.store.tables import sends
from tests.benchmarks.bulk import multiply
from tests.benchmarks.company import large_world
from tests.benchmarks.letters import proposal
from tests.benchmarks.rooms import counts, fresh_database, services_on, settings_on
from tests.benchmarks.transitions import approve
from tests.benchmarks.workers import Look, await_that, command_worker, look_at

WAITING = int(os.environ.get("COUNTERSIGN_BENCH_WAITING", "100000"))
DECIDED = 100
_WARM_UP = 5
_ORIGINALS = 50
_DEALS = _ORIGINALS + 2 * (DECIDED + _WARM_UP)
_IDLE_SECONDS = 20.0
_SETTLING_SECONDS = 5.0
_NEXT_TO_NOTHING = 0.2
"""Seconds of the processor's time."""
_PATIENCE = 300.0


def waiting(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """Megabytes and share of a core while nothing happens, with none and with all waiting; then milliseconds."""
    home = folder / "waiting"
    home.mkdir()
    world = large_world(home, deals=_DEALS)
    for database, url in urls.items():
        place = fresh_database(url, home / database, "waiting")
        with services_on(place, home / database, sample=world) as services:
            settings = settings_on(place, home / database, sample=world)
            with command_worker(settings) as pid:
                empty, empty_share = _idle(pid)
                _decided(services, first=0)  # what is loaded with the first mail is loaded for good
                emptied, _ = _idle(pid)
            originals = [_submitted(services, _DEALS - 1 - n).row.id for n in range(_ORIGINALS)]
            multiply(services, originals, WAITING)
            with command_worker(settings) as pid:
                full, full_share = _idle(pid)
                times = _decided(services, first=DECIDED + _WARM_UP)
                used, _ = _idle(pid)
        yield {
            "bench": "waiting",
            "database": database,
            "waiting": WAITING,
            "idle_mb_empty": round(empty.resident_mb, 1),
            "idle_mb_empty_after_sends": round(emptied.resident_mb, 1),
            "idle_mb_waiting": round(full.resident_mb, 1),
            "idle_mb_waiting_after_sends": round(used.resident_mb, 1),
            "idle_cpu_percent_empty": round(100 * empty_share, 2),
            "idle_cpu_percent_waiting": round(100 * full_share, 2),
            "decisions": len(times),
            "decision_to_dispatch_p50_ms": round(1000 * statistics.median(times), 1),
            "decision_to_dispatch_p95_ms": round(1000 * statistics.quantiles(times, n=20)[18], 1),
        }


def _idle(pid: int) -> tuple[Look, float]:
    """The process as it stands, and the share of a core that it takes while nothing happens."""
    await_that(partial(_rests, pid), seconds=_PATIENCE, what=partial(look_at, pid))  # its start is over
    time.sleep(_SETTLING_SECONDS)
    before, begun = look_at(pid), time.perf_counter()
    time.sleep(_IDLE_SECONDS)
    after = look_at(pid)
    return after, (after.cpu_seconds - before.cpu_seconds) / (time.perf_counter() - begun)


def _rests(pid: int) -> bool:
    """Whether it has done next to nothing for a second."""
    before = look_at(pid)
    time.sleep(1)
    return look_at(pid).cpu_seconds - before.cpu_seconds < _NEXT_TO_NOTHING


def _submitted(services: Services, number: int) -> Standing:
    shown = services.gate.submit(proposal(number, "waiting"))
    if not shown.approvals:
        raise RuntimeError(
            f"the benchmark's draft waits for nobody: {shown.row.state}, {shown.assessment.ruling.why}"
        )
    return shown


def _decided(services: Services, *, first: int) -> list[float]:
    """Seconds from the click to the moment at which the send is written down, one draft after the other."""
    times = []
    for number in range(first, first + _WARM_UP + DECIDED):
        shown = _submitted(services, number)
        begun = time.perf_counter()
        approve(services, shown)
        await_that(
            partial(has_begun, services, shown.row.id),
            seconds=_PATIENCE,
            what=partial(counts, services),
            every=0.002,
        )
        times.append(time.perf_counter() - begun)
    return times[_WARM_UP:]


def has_begun(services: Services, draft_id: str) -> bool:
    """Whether a worker has written down that it sends the draft."""
    query = sa.select(sends.c.send_id).where(sends.c.draft_id == draft_id)
    with services.engine.connect() as connection:
        return connection.execute(query).first() is not None
