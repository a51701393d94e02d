"""Ten thousand mails that wait to leave: whether another sender's one gets past them, and how soon work goes on again
after everything was killed.

Workers are `countersign worker` processes with the real verdict. Most of the ten thousand are copies that go to a
few contacts again and again; a worker has as much work with those that it puts before a person for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from app.core.lifecycle import State
from app.services import Services
from app.store.tables import sends
from tests.benchmarks.bulk import multiply
from tests.benchmarks.company import large_world, seller_of
from tests.benchmarks.letters import routine
from tests.benchmarks.rooms import counts, fresh_database, services_on, settings_on
from tests.benchmarks.waiting import has_begun
from tests.benchmarks.workers import await_that, command_worker

CROWD = 10_000
SINGLES = 5
_ORIGINALS = 100
_SELLERS = 5
_PATIENCE = 300.0


def crowds(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """Seconds until the single ones leave; then seconds from the new start to the first send."""
    home = folder / "crowds"
    home.mkdir()
    world = large_world(home, deals=_SELLERS * (_ORIGINALS + SINGLES + 1))
    for database, url in urls.items():
        place = fresh_database(url, home / database, "crowds")
        with services_on(place, home / database, sample=world) as services:
            settings = settings_on(place, home / database, sample=world)
            _fill(services)
            with command_worker(settings):
                await_that(partial(_has_gone_on, services, 0), seconds=_PATIENCE, what=partial(counts, services))
                singles = [_single(services, number) for number in range(SINGLES)]
            still = counts(services).get(State.SCHEDULED, 0)
            yield {
                "bench": "fairness",
                "database": database,
                "behind": still,
                "singles": SINGLES,
                "seconds": [round(seconds, 2) for seconds in singles],
                "worst_s": round(max(singles), 2),
            }
            _refill(services, CROWD - still)
            before, left = _begun(services), counts(services).get(State.SCHEDULED, 0)
            with command_worker(settings):
                seconds = await_that(
                    partial(_has_gone_on, services, before), seconds=_PATIENCE, what=partial(counts, services)
                )
        yield {"bench": "restart", "database": database, "waiting": left, "seconds_to_first_send": round(seconds, 2)}


def _fill(services: Services) -> None:
    """Mail of one seller, due at once."""
    mine = [number for number in range(_SELLERS * _ORIGINALS) if seller_of(number) == seller_of(0)]
    shown = [services.gate.submit(routine(number, "crowd")) for number in mine]
    leaving = [each.row.id for each in shown if each.row.state is State.SCHEDULED]
    if not leaving:
        raise RuntimeError(f"none of the benchmark's mail may leave: {shown[0].assessment.ruling.why}")
    multiply(services, leaving, CROWD)


def _refill(services: Services, missing: int) -> None:
    """As many more as have left meanwhile."""
    with services.store.read() as reader:
        waiting = [row.id for row in reader.drafts.in_states([State.SCHEDULED], limit=_ORIGINALS)]
    multiply(services, waiting, len(waiting) + missing, mark="r")


def _single(services: Services, number: int) -> float:
    draft = routine(_SELLERS * (_ORIGINALS + number) + 1, "single")
    shown = services.gate.submit(draft)
    return await_that(
        partial(has_begun, services, shown.row.id), seconds=_PATIENCE, what=partial(counts, services), every=0.01
    )


def _has_gone_on(services: Services, before: int) -> bool:
    return _begun(services) > before


def _begun(services: Services) -> int:
    with services.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(sends)).scalar_one()
