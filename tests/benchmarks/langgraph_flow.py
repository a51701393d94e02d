"""What the gate is measured beside: four nodes of LangGraph with an interrupt, durable after every step.

Judge a draft, wait for a person, judge it again and put it into the outbox, enter its promises.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypedDict

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph
from langgraph.types import Command, interrupt
from psycopg.rows import DictRow, dict_row

from app.core.assessment import Assessment
from app.core.codec import from_record, to_record
from app.core.drafts import Draft
from app.core.ids import RandomIds
from app.core.ports import OutgoingMail
from app.delivery.message import compose
from app.delivery.recheck import objections
from app.ledger.entries import entries_of
from app.store.rows import Permit
from app.trial import Trial
from integrations.mail.outbox import OutboxMail
from tests.support.mail import deliver

Judge = Callable[[Draft], Assessment]
Saver = SqliteSaver | PostgresSaver
Compiled = Any
"""A compiled graph; what it is exactly depends on types that only LangGraph knows."""


class Flow(TypedDict, total=False):
    """The state of the flow."""

    number: str
    draft: dict[str, Any]
    verdict: dict[str, Any]
    approved: bool
    sent: str
    entered: list[dict[str, Any]]


@contextmanager
def saver_on(url: str) -> Iterator[Saver]:
    """LangGraph's checkpointer on a database of its own, as its makers open it."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False)) as connection:
            yield SqliteSaver(connection)
        return
    opened = psycopg.Connection[DictRow].connect(url, autocommit=True, prepare_threshold=0, row_factory=dict_row)
    with opened as connected:
        saver = PostgresSaver(connected)
        saver.setup()
        yield saver


def ask(flow: Compiled, draft: Draft) -> None:
    """Judge the draft, and stop where a person is asked."""
    flow.invoke({"number": draft.client_id, "draft": to_record(draft)}, _thread(draft), durability="sync")


def approve(flow: Compiled, draft: Draft) -> None:
    """Resume, judge again, send, enter what was promised. Raises RuntimeError where it came to no end."""
    result = flow.invoke(Command(resume=True), _thread(draft), durability="sync")
    if "entered" not in result:
        raise RuntimeError("the benchmark's flow did not come to its end")


def build_flow(judge: Judge, trial: Trial, outbox_folder: Path, saver: Saver) -> Compiled:
    """The compiled graph."""
    people, outbox = trial.assessor.world.people, OutboxMail(outbox_folder)

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
        return {"sent": deliver(outbox, mail).provider_id}

    def enter(state: Flow) -> Flow:
        draft, verdict = from_record(Draft, state["draft"]), from_record(Assessment, state["verdict"])
        entries = entries_of(verdict, draft, draft_id=state["number"], ids=ids, at=trial.clock.now())
        return {"entered": [to_record(entry) for entry in entries]}

    ids = RandomIds()
    graph = StateGraph(Flow)
    graph.add_node("assess", assess)
    graph.add_node("review", review)
    graph.add_node("send", send)
    graph.add_node("enter", enter)
    for source, target in ((START, "assess"), ("assess", "review"), ("review", "send"), ("send", "enter")):
        graph.add_edge(source, target)
    graph.add_edge("enter", END)
    return graph.compile(checkpointer=saver)


def _thread(draft: Draft) -> dict[str, Any]:
    return {"configurable": {"thread_id": draft.client_id}}
