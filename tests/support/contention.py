"""Many people who decide about one draft at the same moment, in several processes."""

from __future__ import annotations

import multiprocessing
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.synchronize import Barrier
from typing import Any

import sqlalchemy as sa

from app.core.approvals import Requirement, Resolver, ResolverKind, Verdict
from app.core.errors import CountersignError
from app.core.facts import Person
from app.core.ids import RandomIds
from app.store.database import open_engine
from tests.support.gates import Harness, a_draft, make_harness

JURY = Requirement(resolver=Resolver(kind=ResolverKind.ROLE, argument="jury"))
_PATIENCE = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What became of one person's try."""

    draft_id: str
    person: str
    outcome: str
    """`decided`, or the name of the error and what it says."""


def jury(size: int) -> tuple[Person, ...]:
    """A seller and so many colleagues who may decide."""
    seller = Person(id="sam", email="sam@ours.example", name="Sam")
    names = [f"j{n:02d}" for n in range(size)]
    return (seller, *(Person(id=n, email=f"{n}@ours.example", name=n, roles=("jury",)) for n in names))


def house(engine: sa.Engine, *, size: int, publish: bool) -> Harness:
    """The house in one process; every process makes ids of its own."""
    harness = make_harness(engine, people=jury(size), publish=publish)
    harness.script.requirement = JURY
    return replace(harness, gate=replace(harness.gate, ids=RandomIds()))


def decide_at_once(engine: sa.Engine, url: str, *, rounds: int, processes: int, threads: int) -> list[Word]:
    """Every juror decides about each draft, all of them at the same moment. Every third one rejects."""
    harness = house(engine, size=processes * threads, publish=True)
    drafts = [harness.gate.submit(a_draft("review")).row for _ in range(rounds)]
    shown = [(row.id, row.digest) for row in drafts]
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(processes * threads), context.Queue()
    workers = [
        context.Process(
            target=_decide_in_threads,
            args=(url, shown, barrier, answers),
            kwargs={"part": part, "processes": processes, "threads": threads},
        )
        for part in range(processes)
    ]
    for worker in workers:
        worker.start()
    words = [Word(**answer) for _ in workers for answer in answers.get(timeout=_PATIENCE + 2 * rounds)]
    for worker in workers:
        worker.join()
    return words


def _decide_in_threads(
    url: str,
    shown: Sequence[tuple[str, str]],
    barrier: Barrier,
    answers: Any,
    *,
    part: int,
    processes: int,
    threads: int,
) -> None:
    engine = open_engine(url)
    harness = house(engine, size=processes * threads, publish=False)
    said: list[dict[str, str]] = []

    def sit(number: int) -> None:
        person, verdict = f"j{number:02d}", Verdict.REJECT if number % 3 == 0 else Verdict.APPROVE
        for draft_id, digest in shown:
            barrier.wait(timeout=_PATIENCE)
            try:
                harness.gate.decide(draft_id, person=person, verdict=verdict, digest=digest, reason="mine")
                outcome = "decided"
            except CountersignError as error:
                outcome = f"{type(error).__name__}: {error}"
            said.append({"draft_id": draft_id, "person": person, "outcome": outcome})

    running = [threading.Thread(target=sit, args=(part * threads + n,)) for n in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    engine.dispose()
    answers.put(said)


def must_have_one_winner(engine: sa.Engine, words: Sequence[Word], *, rounds: int, deciders: int) -> None:
    """Exactly one word counted about each draft, and everybody else was told whose, and when."""
    assert len(words) == rounds * deciders
    wins = Counter(word.draft_id for word in words if word.outcome == "decided")
    assert len(wins) == rounds
    assert set(wins.values()) == {1}
    for word in words:
        clear = word.outcome.startswith("AlreadyDecided: ") and " was already decided: j" in word.outcome
        assert word.outcome == "decided" or clear, word.outcome
    harness = house(engine, size=deciders, publish=False)
    with harness.store.read() as reader:
        for draft_id in wins:
            (request,) = reader.approvals.of_draft(draft_id)
            assert len(request.decisions) == 1
            decided = [e for e in reader.audit.events(draft_id=draft_id) if e.kind != "draft.submitted"]
            assert len(decided) == 1
