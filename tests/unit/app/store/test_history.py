"""What the gate remembers of its own mail, on both databases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.core.assessment import Assessment
from app.core.drafts import Draft, SequenceStep, Thread
from app.core.facts import History
from app.core.ports import OpenPromises
from app.policy.model import Policy
from app.store.history import Outside
from app.store.rows import DraftRow
from app.store.tables import drafts, metadata, revisions, sends, sent_recipients
from tests.support.databases import sqlite_engine
from tests.support.deciding import approve, reject
from tests.support.gates import START, Harness, ScriptedAssessor, a_draft, make_harness

DANA, LEE, RUTH = "dana@theirs.example", "lee@theirs.example", "ruth@ours.example"
THREAD = Thread(id="t-1")


@pytest.fixture
def harness(engine: sa.Engine) -> Harness:
    return make_harness(engine)


def history(harness: Harness, draft: Draft, *, row: DraftRow | None = None, since: datetime = START) -> History:
    outside = Outside(own_domains=("ours.example",), since=since)
    with harness.store.read() as reader:
        return reader.drafts.history(draft, row=row, outside=outside)


def send(harness: Harness, **changes: object) -> datetime:
    """Send a mail, and tell when it left; an hour passes."""
    harness.gate.submit(a_draft("auto_send", **changes))
    harness.wait(seconds=31)
    left = harness.clock.now()
    harness.wait(hours=1)
    return left


def test_nobody_had_anything_yet(harness: Harness) -> None:
    assert history(harness, a_draft(thread=THREAD, sequence=SequenceStep(id="seq", step=1))) == History()


def test_when_mail_left_for_each_reader_outside(harness: Harness) -> None:
    first = send(harness, to=("Dana@theirs.example",), cc=(RUTH,))
    second = send(harness, to=(DANA, LEE))
    harness.gate.submit(a_draft("review", to=(DANA,)))

    told = history(harness, a_draft(to=("DANA@theirs.example", RUTH), cc=("else@theirs.example",)))

    assert told.recent == {DANA: (first, second)}
    assert told.sent_to_recipients == 2
    assert history(harness, a_draft(to=(DANA,)), since=second).recent == {DANA: (second,)}
    assert history(harness, a_draft(to=(LEE,))).recent == {LEE: (second,)}
    assert history(harness, a_draft(to=(RUTH,))).recent == {}


def test_the_steps_that_a_reader_had(harness: Harness) -> None:
    step = {number: SequenceStep(id="seq", step=number) for number in (1, 2, 3)}
    first = send(harness, sequence=step[1])
    again = send(harness, sequence=step[1])
    send(harness, sequence=SequenceStep(id="another", step=7))
    send(harness, sequence=step[3], to=(LEE,))
    send(harness)
    second = send(harness, sequence=step[2])

    assert first < again
    assert history(harness, a_draft(sequence=step[3])).steps_sent == {1: again, 2: second}
    assert list(history(harness, a_draft(sequence=step[1], to=(LEE,))).steps_sent) == [3]
    assert history(harness, a_draft()).steps_sent == {}


def test_what_waits_in_the_thread(harness: Harness) -> None:
    asked = harness.gate.submit(a_draft("review", thread=THREAD)).row
    soon = harness.gate.submit(a_draft(thread=THREAD, send_after=START + timedelta(days=1))).row
    harness.gate.submit(a_draft("block", thread=THREAD))
    harness.gate.submit(a_draft("review", thread=Thread(id="t-2")))
    harness.gate.submit(a_draft("review"))
    reject(harness, harness.gate.submit(a_draft("review", thread=THREAD)), person="ruth")

    assert history(harness, a_draft(thread=THREAD)).waiting_in_thread == (asked.id, soon.id)
    assert history(harness, a_draft()).waiting_in_thread == ()
    harness.wait(days=2)
    assert history(harness, a_draft(thread=THREAD)).waiting_in_thread == ()
    assert history(harness, a_draft(thread=THREAD)).sent_in_thread == 1


def test_a_draft_waits_for_those_before_it_and_for_none_after(harness: Harness) -> None:
    first, second, third = (harness.gate.submit(a_draft("review", thread=THREAD)).row for _ in range(3))

    draft = a_draft(thread=THREAD)
    assert history(harness, draft, row=first).waiting_in_thread == ()
    assert history(harness, draft, row=second).waiting_in_thread == (first.id,)
    assert history(harness, draft, row=third).waiting_in_thread == (first.id, second.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listening(ScriptedAssessor):
    """A double that keeps the histories it was given."""

    heard: list[History] = field(default_factory=list)

    def assess(
        self,
        draft: Draft,
        *,
        policy: Policy,
        promises: OpenPromises,
        history: History,
        at: datetime,
        editors: frozenset[str] = frozenset(),
    ) -> Assessment:
        """The scripted verdict."""
        self.heard.append(history)
        return ScriptedAssessor.assess(
            self, draft, policy=policy, promises=promises, history=history, at=at, editors=editors
        )


def listening(harness: Harness) -> tuple[Harness, list[History]]:
    assessor = harness.gate.assessor
    world = replace(assessor.world, own_domains=("ours.example",))
    heard: list[History] = []
    ears = Listening(extractor=assessor.extractor, world=world, script=harness.script, heard=heard)
    return replace(harness, gate=replace(harness.gate, assessor=ears)), heard


def test_a_draft_never_waits_for_itself(harness: Harness) -> None:
    harness, heard = listening(harness)
    waiting = harness.gate.submit(a_draft("review", thread=THREAD))
    harness.gate.submit(a_draft("review", thread=THREAD))
    approve(harness, waiting)
    harness.wait(minutes=1)

    assert [told.waiting_in_thread for told in heard] == [(), (waiting.row.id,), ()]
    assert len(harness.mail.delivered) == 1


def test_the_gate_tells_when_mail_left_lately(harness: Harness) -> None:
    harness, heard = listening(harness)
    left = send(harness)
    harness.gate.submit(a_draft("review", to=(DANA, RUTH)))
    harness.wait(days=29)
    harness.gate.submit(a_draft("review"))

    assert heard[-2].recent == {DANA: (left,)}
    assert heard[-1].recent == {}
    assert heard[-1].sent_to_recipients == 1


@pytest.mark.parametrize("drafts_without_thread_or_key", [0, 3000])
def test_every_question_has_an_index(tmp_path: Path, drafts_without_thread_or_key: int) -> None:
    asked: list[str] = []

    with sqlite_engine(tmp_path) as engine:
        harness = make_harness(engine)
        send(harness)
        if drafts_without_thread_or_key:
            fill(engine, drafts_without_thread_or_key)
        sa.event.listen(engine, "checkout", lambda driver, *_: driver.set_trace_callback(asked.append))
        history(harness, a_draft(thread=THREAD, sequence=SequenceStep(id="seq", step=1)))
        history(harness, a_draft())
        with harness.store.read() as reader:
            assert reader.drafts.by_key(client_id="c", idempotency_key="k") is None
        with engine.connect() as connection:
            connection.connection.set_trace_callback(None)
            queries = [statement for statement in asked if statement.startswith("SELECT")]
            plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all() for query in queries]

    assert len(plans) == 8
    steps = [str(row[-1]) for plan in plans for row in plan]
    assert [step for step in steps if step.removeprefix("SCAN ").split()[0] in metadata.tables] == []
    assert any("drafts_thread" in step for step in steps)


def fill(engine: sa.Engine, count: int) -> None:
    """So many more drafts like the one that is there, which were sent; and the database knows what it holds."""
    own = {
        drafts: ("id",),
        revisions: ("draft_id",),
        sends: ("send_id", "draft_id"),
        sent_recipients: ("send_id", "email"),
    }
    with engine.begin() as connection:
        for table, names in own.items():
            kept = dict(connection.execute(sa.select(table)).mappings().one())
            kept |= {"client_id": None} if table is drafts else {}
            copies = [{**kept, **{name: f"{kept[name]}_{n}" for name in names}} for n in range(count)]
            connection.execute(sa.insert(table), copies)
        connection.exec_driver_sql("ANALYZE")
