"""Every row of approvals, decisions, outcomes, stops and the like is vouched for, in every column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.audit.chain import GENESIS, Event
from app.audit.service import verify_store
from app.audit.taking_over import VOUCHED_FOR, take_over_rows
from app.autonomy import samples as looks
from app.core.absences import Absence
from app.core.autonomy import Look, Promotion
from app.core.errors import AuditBroken
from app.core.limits import StopScope
from app.core.remarks import RemarkKind
from app.limits import switch
from app.policy.proposals import propose
from app.store.columns import Moment
from app.store.store import NoWakeUps, Reader, Store
from app.store.tables import (
    absences,
    approvals,
    audit,
    audit_head,
    decisions,
    incidents,
    outcomes,
    policy_proposals,
    promotions,
    remarks,
    samples,
    settings,
    stops,
)
from app.store.vouched import OF_DRAFTS, OF_THE_HOUSE
from app.trail import happened
from tests.support.gates import START
from tests.unit.app.autonomy.scenes import GO, GRANTING, LOOK, REPLIES, incident, sent
from tests.unit.app.policy.house import House, opened_house, policy_text

TABLES = (
    approvals,
    decisions,
    remarks,
    outcomes,
    incidents,
    samples,
    stops,
    absences,
    promotions,
    policy_proposals,
)
NAMED = {
    "approvals": "approval ap_",
    "decisions": "decision ap_",
    "remarks": "remark rm_",
    "outcomes": "the outcome of draft dr_",
    "incidents": "incident in_",
    "samples": "the sample of draft dr_",
    "stops": "stop st_",
    "absences": "absence ab_",
    "promotions": "promotion au_",
    "policy_proposals": "proposed policy pp_",
}


def signed(house: House) -> None:
    """A signature with its event, without the many drafts that it takes to earn one."""
    facts: dict[str, Any] = {"level": 0.9, "unchanged": 40, "decided": 40, "bound": 0.912, "reason": "earned"}
    now = house.clock.now()
    made = Promotion(id="au_1", subject=REPLIES, signed_by="ruth", signed_at=now, **facts)
    about = {"agent": REPLIES.agent, "action": REPLIES.action, "tier": REPLIES.tier.value}
    with house.store.write(now=now) as tx:
        tx.autonomy.put_promotion(made)
        tx.record(happened("autonomy.signed", "person:ruth", promotion=made.id, **about, **facts))


def live_through(house: House) -> None:
    """Something of everything: asked, answered, away, stopped, promoted, incident, sample, proposal."""
    store, ids, gate = house.store, house.gate.ids, house.gate
    house.publish(2, LOOK, GO, more="sampling: {auto_send: 1}\n")
    sent(house)
    signed(house)
    bad = sent(house, "Send it")
    looks.look(
        store,
        ids,
        gate.assessor.world.people,
        bad.row.id,
        seen=Look.FINE,
        person=house.person("ruth"),
        now=house.clock.now(),
    )
    incident(house, bad)
    waits = house.submit("Review the question")
    asked = gate.reviews.questions.ask(waits.row.id, person="ruth", text="Which plan?")
    (question,) = (remark for remark in asked.remarks if remark.kind is RemarkKind.QUESTION)
    gate.reviews.questions.answer(waits.row.id, question.id, author="sam", text="The blue one.")
    house.submit("Review what waits")
    away(house, "ruth", delegate="ada")
    over = away(house, "tom", delegate=None)
    gate.reviews.absences.end(over.id, by="tom")
    for subject in ("bot", "scribe"):
        switch.stop(
            store,
            ids,
            scope=StopScope.AGENT,
            subject=subject,
            reason="it insults people",
            person=house.person("ada"),
            now=house.clock.now(),
        )
    switch.resume(store, scope=StopScope.AGENT, subject="scribe", person=house.person("ada"), now=house.clock.now())
    propose(
        store,
        policy_text(3, LOOK, more=GRANTING),
        person=house.person("ruth"),
        note="to be read",
        ids=ids,
        now=house.clock.now(),
    )


def away(house: House, person: str, *, delegate: str | None) -> Absence:
    start = house.clock.now()
    return house.gate.reviews.absences.add(
        person=person, start=start, until=start + timedelta(days=2), delegate=delegate, by=person
    )


@pytest.fixture
def house(engine: sa.Engine, tmp_path: Path) -> Iterator[House]:
    with opened_house(engine, tmp_path) as opened:
        live_through(opened)
        yield opened


@contextmanager
def tampering(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose changes are forgotten afterwards."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def every(connection: sa.Connection, table: sa.Table) -> list[Mapping[str, Any]]:
    return [dict(row._mapping) for row in connection.execute(sa.select(table))]


def same(table: sa.Table, row: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == row[column.name] for column in table.primary_key.columns))


def other(column: sa.Column[Any], value: object) -> object:
    """Another value that the column can hold."""
    if isinstance(column.type, Moment):
        return START - timedelta(days=400)
    if isinstance(column.type, sa.Boolean):
        return not value
    if isinstance(column.type, sa.Integer | sa.Float):
        return (value if isinstance(value, int | float) else 0) + 1
    return ["eve"] if isinstance(value, list) else "eve"


def test_what_nobody_touched_is_vouched_for_row_by_row(house: House, engine: sa.Engine) -> None:
    with tampering(engine) as connection:
        counts = {table.name: len(every(connection, table)) for table in TABLES}
        assert min(counts.values()) > 0, counts
        of_actions = {"action_approvals", "action_decisions", "action_remarks"}
        assert {table.name for table in TABLES} == {*OF_DRAFTS, *OF_THE_HOUSE} - of_actions
        assert verify_store(Reader(connection)).drafts == 4


def test_changing_any_column_of_any_row_is_found_out_and_the_row_is_named(house: House, engine: sa.Engine) -> None:
    for table in TABLES:
        with tampering(engine) as connection:
            rows = every(connection, table)
        free = [c for c in table.columns if not c.primary_key and not c.foreign_keys]
        assert rows
        for row in rows:
            for column in free:
                with tampering(engine) as connection:
                    changed = {column.name: other(column, row[column.name])}
                    connection.execute(sa.update(table).where(same(table, row)).values(changed))
                    with pytest.raises(AuditBroken) as found:
                        verify_store(Reader(connection))
                assert NAMED[table.name] in str(found.value), column.name


def test_taking_out_any_row_is_found_out_and_the_row_is_named(house: House, engine: sa.Engine) -> None:
    for table in TABLES:
        with tampering(engine) as connection:
            rows = every(connection, table)
        for row in rows:
            with tampering(engine) as connection:
                _let_go(connection, table, row)
                connection.execute(sa.delete(table).where(same(table, row)))
                with pytest.raises(AuditBroken, match="is in the trail but its row is gone"):
                    verify_store(Reader(connection))


def _let_go(connection: sa.Connection, table: sa.Table, row: Mapping[str, Any]) -> None:
    """Take out whatever else of the row's own hangs on it."""
    if table is approvals:
        connection.execute(sa.delete(decisions).where(decisions.c.approval_id == row["id"]))
        connection.execute(
            sa.delete(remarks).where(remarks.c.approval_id == row["id"], remarks.c.answers.is_not(None))
        )
        connection.execute(sa.delete(remarks).where(remarks.c.approval_id == row["id"]))
    if table is remarks:
        connection.execute(sa.delete(remarks).where(remarks.c.answers == row["id"]))


def test_putting_in_a_forged_row_is_found_out_and_the_row_is_named(house: House, engine: sa.Engine) -> None:
    for table in TABLES:
        with tampering(engine) as connection:
            row = every(connection, table)[0]
            untold = connection.execute(sa.text("SELECT MAX(id) FROM drafts WHERE state = 'in_review'")).scalar_one()
            forged = {
                "draft_id": {"draft_id": untold},
                "approval_id": {"person": "eve"},
                "id": {"id": f"{row.get('id', '')}_forged", "lifted_at": START, "answers": None, "ended_at": START},
            }[next(iter(table.primary_key.columns)).name]
            columns = {name: value for name, value in forged.items() if name in table.columns}
            connection.execute(sa.insert(table).values({**row, **columns}))
            with pytest.raises(AuditBroken, match=f"{NAMED[table.name]}.*(the trail does not know it)"):
                verify_store(Reader(connection))


def test_a_decision_that_is_moved_to_another_request_is_found_out(house: House, engine: sa.Engine) -> None:
    with tampering(engine) as connection:
        other_one = connection.execute(sa.select(sa.func.max(approvals.c.id))).scalar_one()
        first = connection.execute(sa.select(sa.func.min(decisions.c.approval_id))).scalar_one()
        moved = sa.update(decisions).where(decisions.c.approval_id == first).values(approval_id=other_one)
        connection.execute(moved)
        with pytest.raises(AuditBroken, match="decision"):
            verify_store(Reader(connection))


def test_rows_from_before_are_taken_over_once_and_vouched_for_from_then_on(house: House, engine: sa.Engine) -> None:
    store = as_if_from_before(engine)
    with store.snapshot() as reader, pytest.raises(AuditBroken, match="the trail does not know it"):
        verify_store(reader)
    for _ in range(2):
        take_over_rows(store, now=START)
    with store.snapshot() as reader:
        assert verify_store(reader).drafts == 4
    with tampering(engine) as connection:
        connection.execute(sa.update(decisions).values(person="eve"))
        with pytest.raises(AuditBroken, match="decision"):
            verify_store(Reader(connection))


def test_taking_rows_over_again_cannot_hide_a_forged_one(house: House, engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.delete(settings).where(settings.c.name == VOUCHED_FOR))
        connection.execute(sa.update(decisions).values(reason="forged"))
    store = Store(engine, NoWakeUps())
    take_over_rows(store, now=START)
    with store.snapshot() as reader, pytest.raises(AuditBroken, match="takes rows over as they are, long after"):
        verify_store(reader)


def as_if_from_before(engine: sa.Engine) -> Store:
    """The same house with a trail that knows no sums, as older versions wrote it."""
    store = Store(engine, NoWakeUps())
    with store.read() as reader:
        events = list(reader.audit.events())
    with engine.begin() as connection:
        connection.execute(sa.delete(audit))
        connection.execute(sa.update(audit_head).values(seq=0, hash=GENESIS))
        connection.execute(sa.delete(settings).where(settings.c.name == VOUCHED_FOR))
        for event in events:
            bare = {name: value for name, value in event.facts.items() if name != "rows"}
            bare_event = Event(kind=event.kind, actor=event.actor, draft_id=event.draft_id, facts=bare)
            Reader(connection).audit.append([bare_event], at=event.at)
    return store


@pytest.mark.parametrize("table", [approvals, absences], ids=str)
def test_a_row_that_cannot_be_read_any_more_is_named(house: House, engine: sa.Engine, table: sa.Table) -> None:
    moment = {"approvals": "opened_at", "absences": "until"}[table.name]
    with tampering(engine) as connection:
        connection.execute(sa.text(f"UPDATE {table.name} SET {moment} = 'some day'"))  # noqa: S608 - two constants
        with pytest.raises(AuditBroken, match=NAMED[table.name]):
            verify_store(Reader(connection))
