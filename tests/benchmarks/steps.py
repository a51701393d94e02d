"""The same four steps, ours and LangGraph's, in turn: judge a draft, have it approved, send it, enter its promises.

Here one draft goes the whole way before the next one comes, without a worker; `transitions` measures the way from the
decision on, as a worker goes it. Ours is on SQLite with trail, ledger and wake-ups; LangGraph's on its SQLite
checkpointer with `durability="sync"`. Both judge again right before sending.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.core.approvals import Verdict
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.services import Services
from app.trial import Trial, open_trial
from tests.benchmarks import langgraph_flow
from tests.benchmarks.company import large_world
from tests.benchmarks.judging import asking_about_a_promise, with_verdict
from tests.benchmarks.letters import promising, proposal
from tests.benchmarks.rooms import fresh_database, sent_so_far, services_on

DRAFTS = 60
ROUNDS = 3


def four_steps(folder: Path) -> Iterator[dict[str, object]]:
    """Drafts a second for ours and LangGraph's, and the median of the rounds' ratios."""
    home = folder / "four-steps"
    home.mkdir()
    world = large_world(home, deals=DRAFTS * (ROUNDS + 1))
    trial = open_trial(world)
    yield _pair("real verdict", home / "real", trial, world, None)
    yield _pair("free verdict", home / "free", trial, world, asking_about_a_promise(trial))


def _pair(judging: str, folder: Path, trial: Trial, world: Path, remembered: Assessment | None) -> dict[str, object]:
    folder.mkdir(parents=True)
    write = proposal if remembered is None else promising
    ours, theirs = [], []
    with (
        services_on(fresh_database("sqlite:///", folder, "ours"), folder, sample=world) as opened,
        langgraph_flow.saver_on(fresh_database("sqlite:///", folder, "theirs")) as saver,
    ):
        services = with_verdict(opened, remembered)
        judge = trial.assess if remembered is None else lambda _draft: remembered
        flow = langgraph_flow.build_flow(judge, trial, folder / "their-outbox", saver)
        for round_number in range(ROUNDS + 1):  # the first round warms up
            drafts = [write(number) for number in range(round_number * DRAFTS, (round_number + 1) * DRAFTS)]
            ours.append(_rate(lambda draft: _our_steps(services, draft), drafts))
            theirs.append(_rate(lambda draft: _their_steps(flow, draft), drafts))
        _must_have_sent(services, DRAFTS * (ROUNDS + 1))
    ratios = [a / b for a, b in zip(ours[1:], theirs[1:], strict=True)]
    return {
        "bench": "four_steps",
        "judging": judging,
        "drafts": DRAFTS,
        "rounds": ROUNDS,
        "countersign_per_s": round(statistics.median(ours[1:]), 1),
        "langgraph_per_s": round(statistics.median(theirs[1:]), 1),
        "ratio": round(statistics.median(ratios), 2),
    }


def _rate(steps: Callable[[Draft], None], drafts: list[Draft]) -> float:
    begun = time.perf_counter()
    for draft in drafts:
        steps(draft)
    return len(drafts) / (time.perf_counter() - begun)


def _our_steps(services: Services, draft: Draft) -> None:
    shown = services.gate.submit(draft)
    person = shown.approvals[-1].people[0]
    approved = services.gate.decide(shown.row.id, person=person, verdict=Verdict.APPROVE, digest=shown.row.digest)
    services.gate.wake(approved.row.id, approved.row.version)


def _must_have_sent(services: Services, count: int) -> None:
    if (sent := sent_so_far(services)) != count:
        raise RuntimeError(f"{sent} of the benchmark's {count} drafts were sent")


def _their_steps(flow: langgraph_flow.Compiled, draft: Draft) -> None:
    langgraph_flow.ask(flow, draft)
    langgraph_flow.approve(flow, draft)
