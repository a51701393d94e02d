"""From a person's decision to the sent mail: ours beside LangGraph's, and beside bare commits, in turn in one run.

The drafts are judged and wait already. Ours: each is approved through the gate, then a worker's rounds judge it
again, begin it, put it into the outbox and enter its promises. LangGraph's: the flow is resumed at its interrupt,
judges again, puts the mail into the same kind of outbox and enters the promises; its checkpointer is on the same
kind of database with `durability="sync"`. Measured with the real verdict, and with one that costs nothing, to tell
the machinery from the judging. A bare commit writes one row of one column through the driver, and is durable when it
returns.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from app.core.approvals import Verdict
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.rounds import Rounds
from app.services import Services
from app.standing import Standing
from app.trial import Trial, open_trial
from tests.benchmarks import langgraph_flow
from tests.benchmarks.company import large_world
from tests.benchmarks.judging import asking_about_a_promise, with_verdict
from tests.benchmarks.letters import promising, proposal
from tests.benchmarks.rooms import fresh_database, sent_so_far, services_on

DRAFTS = 64
ROUNDS = 3
DECIDERS = 4
COMMITS = 300
_DEALS = 2 * DRAFTS * (ROUNDS + 1)


def transitions(urls: Mapping[str, str], folder: Path) -> Iterator[dict[str, object]]:
    """Drafts a second and the median of the rounds' ratios, for each database and kind of verdict."""
    home = folder / "transitions"
    home.mkdir()
    world = large_world(home, deals=_DEALS)
    trial = open_trial(world)
    for database, url in urls.items():
        for judging, remembered in (("free", asking_about_a_promise(trial)), ("real", None)):
            place = home / f"{database}-{judging}"
            ours_on = fresh_database(url, place, f"transitions_{judging}")
            theirs_on = fresh_database(url, place, f"langgraph_{judging}")
            with services_on(ours_on, place, sample=world) as services, langgraph_flow.saver_on(theirs_on) as saver:
                judge = _judge(trial, remembered)
                flow = langgraph_flow.build_flow(judge, trial, place / "their-outbox", saver)
                pair = _Pair(services=with_verdict(services, remembered), flow=flow, free=remembered is not None)
                yield {"bench": "transitions", "database": database, "judging": judging, **pair.measured()}


def _judge(trial: Trial, remembered: Assessment | None) -> langgraph_flow.Judge:
    return trial.assess if remembered is None else lambda _draft: remembered


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Ours and theirs on the same kind of database; every round is of other drafts to other contacts."""

    services: Services
    flow: Any
    free: bool
    rates: dict[str, list[float]] = field(default_factory=dict)
    worked: dict[str, list[float]] = field(default_factory=dict)
    """Milliseconds of this process's processor time for a draft: what neighbours on the machine change least."""

    def measured(self) -> dict[str, object]:
        for run in range(ROUNDS + 1):  # the first one warms up
            if run == 1:
                self.rates.clear()
                self.worked.clear()
            self._run(run)
        return {
            "drafts": DRAFTS,
            "rounds": ROUNDS,
            **{f"{name}_per_s": round(statistics.median(rates), 1) for name, rates in self.rates.items()},
            **{f"{name}_processor_ms": round(statistics.median(ms), 2) for name, ms in self.worked.items()},
            "to_langgraph": self._ratio("countersign", "langgraph"),
            "batched_to_langgraph": self._ratio("countersign_batched", "langgraph"),
            "batched_to_langgraph_batched": self._ratio("countersign_batched", "langgraph_batched"),
            "to_bare_commits": self._ratio("countersign", "bare_commits"),
            "batched_deciders": DECIDERS,
        }

    def _run(self, run: int) -> None:
        """One after the other, then in batches: a manager who approves many, whose clicks come in side by side."""
        first = 2 * run * DRAFTS
        for name, deciders, start in (("", 1, first), ("_batched", DECIDERS, first + DRAFTS)):
            write = promising if self.free else proposal
            drafts = [write(number) for number in range(start, start + DRAFTS)]
            waiting = [self.services.gate.submit(draft) for draft in drafts]
            for draft in drafts:
                langgraph_flow.ask(self.flow, draft)
            self._keep(f"countersign{name}", partial(self._ours, waiting, deciders))
            self._keep(f"langgraph{name}", partial(self._theirs, drafts, deciders))
        self._keep("bare_commits", partial(bare_commits, self.services.engine), count=COMMITS)

    def _keep(self, name: str, work: Callable[[], None], *, count: int = DRAFTS) -> None:
        begun, at_work = time.perf_counter(), time.process_time()
        work()
        self.rates.setdefault(name, []).append(count / (time.perf_counter() - begun))
        self.worked.setdefault(name, []).append(1000 * (time.process_time() - at_work) / count)

    def _ours(self, waiting: Sequence[Standing], deciders: int) -> None:
        services = self.services
        before = sent_so_far(services)
        each(waiting, deciders, lambda shown: approve(services, shown))
        Rounds(gate=services.gate, store=services.store, clock=services.clock, worker="bench").work()
        if (sent := sent_so_far(services) - before) != len(waiting):
            raise RuntimeError(f"{sent} of the benchmark's {len(waiting)} drafts were sent")

    def _theirs(self, drafts: Sequence[Draft], deciders: int) -> None:
        each(drafts, deciders, lambda draft: langgraph_flow.approve(self.flow, draft))

    def _ratio(self, ours: str, others: str) -> float:
        return round(statistics.median(a / b for a, b in zip(self.rates[ours], self.rates[others], strict=True)), 3)


def approve(services: Services, shown: Standing) -> None:
    """Whoever is asked agrees."""
    person = shown.approvals[-1].people[0]
    services.gate.decide(shown.row.id, person=person, verdict=Verdict.APPROVE, digest=shown.row.digest)


def each(those: Sequence[Any], threads: int, act: Callable[[Any], None]) -> None:
    """Act on each of them, in so many threads."""
    if threads == 1:
        for one in those:
            act(one)
        return
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(act, those))


def bare_commits(engine: sa.Engine, count: int = COMMITS) -> None:
    """So many one-row transactions through the driver itself, one after the other."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("CREATE TABLE IF NOT EXISTS bare_commits (one INTEGER)")
        connection.commit()
        for number in range(count):
            cursor.execute(f"INSERT INTO bare_commits VALUES ({number})")  # noqa: S608 - a number of our own
            connection.commit()
    finally:
        connection.close()
