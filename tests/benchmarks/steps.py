"""The same four steps, ours and LangGraph's, in turn: judge a draft, have it approved, send it, enter its promises.

Both judge with the same function and put the mail into the same kind of outbox, and both are durable after every
step: ours in the gate's own rows on SQLite, with trail, ledger and wake-ups; LangGraph's in its SQLite checkpointer
with `durability="sync"`. Both judge again right before sending. Each pair is measured twice: with the real verdict,
and with one that costs nothing, to tell the machinery from the judging.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt

from app.assess import Assessor
from app.core.approvals import Verdict
from app.core.assessment import Assessment
from app.core.codec import from_record, to_record
from app.core.digest import draft_digest
from app.core.drafts import Draft
from app.core.facts import History
from app.core.ids import RandomIds
from app.core.lifecycle import State
from app.core.ports import OpenPromises, OutgoingMail
from app.delivery.message import compose
from app.delivery.recheck import objections
from app.ledger.entries import entries_of
from app.policy import Policy
from app.services import Services
from app.store.rows import Permit
from app.trial import Trial, open_trial
from integrations.mail.outbox import OutboxMail
from tests.benchmarks.rooms import REVIEWED, numbered, sample_draft, services_on
from tests.support.processes import ROOT

DRAFTS = 60
ROUNDS = 3

Judge = Callable[[Draft], Assessment]


@dataclass(frozen=True, kw_only=True, slots=True)
class RememberingAssessor(Assessor):
    """A double of the assessor that gives one remembered verdict to every draft, at no cost."""

    verdict: Assessment

    def assess(
        self,
        draft: Draft,
        *,
        policy: Policy,
        promises: OpenPromises,  # noqa: ARG002
        history: History,  # noqa: ARG002
        at: datetime,  # noqa: ARG002
        editors: frozenset[str] = frozenset(),  # noqa: ARG002
    ) -> Assessment:
        return replace(self.verdict, digest=draft_digest(draft, policy.version))


class Flow(TypedDict, total=False):
    """The state of LangGraph's flow."""

    number: str
    draft: dict[str, Any]
    verdict: dict[str, Any]
    approved: bool
    sent: str
    entered: list[dict[str, Any]]


def four_steps(folder: Path) -> Iterator[dict[str, object]]:
    """Drafts a second for ours and LangGraph's, and the median of the rounds' ratios."""
    trial = open_trial(ROOT / "sample_data")
    remembered = trial.assess(sample_draft(REVIEWED))
    yield _pair("real verdict", folder / "real", trial, trial.assess, None)
    yield _pair("free verdict", folder / "free", trial, lambda _draft: remembered, remembered)


def _pair(judging: str, folder: Path, trial: Trial, judge: Judge, remembered: Assessment | None) -> dict[str, object]:
    folder.mkdir(parents=True)
    ours, theirs = [], []
    with (
        services_on(f"sqlite:///{folder}/ours.db", folder) as opened,
        closing(sqlite3.connect(folder / "theirs.db", check_same_thread=False)) as connection,
    ):
        services = opened if remembered is None else _with_verdict(opened, remembered)
        flow = _flow(judge, trial, OutboxMail(folder / "their-outbox"), SqliteSaver(connection))
        for round_number in range(ROUNDS + 1):  # the first round warms up
            drafts = [numbered(sample_draft(REVIEWED), f"{judging}-{round_number}", n) for n in range(DRAFTS)]
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


def _with_verdict(services: Services, verdict: Assessment) -> Services:
    assessor = RememberingAssessor(
        extractor=services.gate.assessor.extractor, world=services.gate.assessor.world, verdict=verdict
    )
    return replace(services, gate=replace(services.gate, assessor=assessor))


def _rate(steps: Callable[[Draft], None], drafts: list[Draft]) -> float:
    begun = time.perf_counter()
    for draft in drafts:
        steps(draft)
    return len(drafts) / (time.perf_counter() - begun)


def _our_steps(services: Services, draft: Draft) -> None:
    shown = services.gate.submit(draft)
    person = shown.assessment.approvers[0]
    approved = services.gate.decide(shown.row.id, person=person, verdict=Verdict.APPROVE, digest=shown.row.digest)
    services.gate.wake(approved.row.id, approved.row.version)


def _must_have_sent(services: Services, count: int) -> None:
    with services.store.read() as reader:
        sent = reader.drafts.counts().get(State.SENT, 0)
    if sent != count:
        raise RuntimeError(f"{sent} of the benchmark's {count} drafts were sent")


def _their_steps(flow: Any, draft: Draft) -> None:
    config = {"configurable": {"thread_id": draft.client_id}}
    flow.invoke({"number": draft.client_id, "draft": to_record(draft)}, config, durability="sync")
    result = flow.invoke(Command(resume=True), config, durability="sync")
    if "entered" not in result:
        raise RuntimeError("the benchmark's flow did not come to its end")


def _flow(judge: Judge, trial: Trial, outbox: OutboxMail, saver: SqliteSaver) -> Any:
    people = trial.assessor.world.people

    def assess(state: Flow) -> Flow:
        return {"verdict": to_record(judge(from_record(Draft, state["draft"])))}

    def review(state: Flow) -> Flow:
        return {"approved": bool(interrupt({"digest": state["verdict"]["digest"]}))}

    def send(state: Flow) -> Flow:
        draft, approved = from_record(Draft, state["draft"]), from_record(Assessment, state["verdict"])
        permit = Permit(digest=approved.digest, granted_by="approval:bench")
        if not state["approved"] or objections(permit, approved, judge(draft)):
            raise RuntimeError("the benchmark's facts do not change")
        sender = people.person(draft.on_behalf_of)
        if sender is None:
            raise RuntimeError("the benchmark's sender is nobody")
        send_id = f"sn_{state['number'].replace(' ', '-')}"
        raw = compose(draft, draft_id=state["number"], send_id=send_id, sender=sender, at=trial.clock.now())
        mail = OutgoingMail(
            send_id=send_id, draft_id=state["number"], raw=raw, sender=sender.email, recipients=draft.recipients
        )
        return {"sent": outbox.send(mail).provider_id}

    def enter(state: Flow) -> Flow:
        draft, verdict = from_record(Draft, state["draft"]), from_record(Assessment, state["verdict"])
        entries = entries_of(verdict, draft, draft_id=state["number"], ids=ids, at=trial.clock.now())
        return {"entered": [to_record(entry) for entry in entries]}

    ids = RandomIds()
    graph = StateGraph(Flow)
    graph.add_node("assess", assess)
    graph.add_node("review", review)
    graph.add_node("send", send)
    graph.add_edge(START, "assess")
    graph.add_edge("assess", "review")
    graph.add_edge("review", "send")
    graph.add_node("enter", enter)
    graph.add_edge("send", "enter")
    graph.add_edge("enter", END)
    return graph.compile(checkpointer=saver)
