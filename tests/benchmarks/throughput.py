"""Drafts a second: submitted with their verdict, beside extraction and checks alone; and sent by real workers.

Every draft goes to another contact about another deal. The workers are processes of their own; what they send was
approved before they were let loose. Their verdict costs nothing, so that what is seen is the machinery, and with the
real verdict as many cores again would be needed.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from app.core.drafts import Draft
from app.trial import Trial, open_trial
from tests.benchmarks.company import large_world
from tests.benchmarks.judging import asking_about_a_promise, with_verdict
from tests.benchmarks.letters import promising, routine
from tests.benchmarks.rooms import counts, fresh_database, sent_so_far, services_on, settings_on
from tests.benchmarks.transitions import approve
from tests.benchmarks.workers import await_that, free_workers

SUBMITTED = 60
ROUNDS = 3
SENT = 400
WORKERS = {"sqlite": (1,), "postgres": (1, 2, 4)}
_PATIENCE = 300.0


def throughput(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """Submitting in one thread on each database; then one, two and four workers."""
    home = folder / "throughput"
    home.mkdir()
    world = large_world(home, deals=max(SENT, SUBMITTED * (ROUNDS + 1)))
    trial = open_trial(world)
    for database, url in urls.items():
        yield _submitted(database, url, home / database, world, trial)
    for database, url in urls.items():
        rates: dict[int, float] = {}
        for count in WORKERS[database]:
            rates[count] = _sent_per_second(url, home / f"{database}-{count}", world, trial, count)
            yield {
                "bench": "workers",
                "database": database,
                "workers": count,
                "cores": os.cpu_count(),
                "drafts": SENT,
                "sent_per_s": round(rates[count], 1),
                "to_one_worker": round(rates[count] / rates[1], 2),
            }


def _submitted(database: str, url: str, home: Path, world: Path, trial: Trial) -> dict[str, object]:
    """The judging alone is extraction, facts and checks in a world without a database, of the same drafts."""
    whole, judged = [], []
    with services_on(fresh_database(url, home, "throughput_submit"), home, sample=world) as services:
        for run in range(ROUNDS + 1):
            drafts = [routine(number) for number in range(run * SUBMITTED, (run + 1) * SUBMITTED)]
            judged.append(_rate(trial.assess, drafts))
            whole.append(_rate(services.gate.submit, drafts))
    return {
        "bench": "submit",
        "database": database,
        "drafts": SUBMITTED * ROUNDS,
        "submitted_per_s": round(statistics.median(whole[1:]), 1),
        "judged_alone_per_s": round(statistics.median(judged[1:]), 1),
        "to_judged_alone": round(statistics.median(a / b for a, b in zip(whole[1:], judged[1:], strict=True)), 3),
    }


def _rate(act: Callable[[Draft], object], drafts: Sequence[Draft]) -> float:
    begun = time.perf_counter()
    for draft in drafts:
        act(draft)
    return len(drafts) / (time.perf_counter() - begun)


def _sent_per_second(url: str, home: Path, world: Path, trial: Trial, count: int) -> float:
    """The workers have begun and find everything due at once, as after an approval of many."""
    verdict = asking_about_a_promise(trial)
    place = fresh_database(url, home, f"throughput_{count}")
    with services_on(place, home, sample=world) as opened:
        services = with_verdict(opened, verdict)
        waiting = [services.gate.submit(promising(number)) for number in range(SENT)]
        for shown in waiting:
            approve(services, shown)

        with free_workers(settings_on(place, home, sample=world), verdict, count):
            await_that(lambda: sent_so_far(services) > 0, seconds=_PATIENCE, what=partial(counts, services))
            already, begun = sent_so_far(services), time.perf_counter()
            await_that(lambda: sent_so_far(services) >= SENT, seconds=_PATIENCE, what=partial(counts, services))
            return (SENT - already) / (time.perf_counter() - begun)
