"""Whoever changes, deletes, inserts or reorders anything in the trail is found out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.audit.chain import Head
from app.audit.service import export_lines, verify_lines, verify_store
from app.core.approvals import Verdict
from app.core.errors import AuditBroken, InvalidInput
from app.store.store import NoWakeUps, Reader, Store
from app.store.tables import audit, audit_head, drafts
from app.trail import happened
from tests.support.gates import START, a_draft, make_harness

FIELDS = [column.name for column in audit.columns if column.name != "seq"]


@pytest.fixture
def trail(engine: sa.Engine) -> sa.Engine:
    """A database with a trail of about a dozen events."""
    harness = make_harness(engine)
    harness.gate.submit(a_draft())
    shown = harness.gate.submit(a_draft("review"))
    harness.gate.submit(a_draft("block ünïcode — “quoted”"))
    harness.gate.decide(shown.row.id, person="ruth", verdict=Verdict.APPROVE, digest=shown.row.digest)
    harness.wait(minutes=1)
    return engine


@contextmanager
def tampering(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection whose changes are forgotten afterwards."""
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def seqs(engine: sa.Engine) -> list[int]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(audit.c.seq).order_by(audit.c.seq)).scalars())


def expect_broken(connection: sa.Connection) -> None:
    with pytest.raises(AuditBroken):
        verify_store(Reader(connection))


def test_an_untouched_trail_verifies(trail: sa.Engine) -> None:
    with trail.connect() as connection:
        verified = verify_store(Reader(connection))
    assert verified.head.seq == len(seqs(trail)) > 8
    assert verified.drafts == 3


@pytest.mark.parametrize("field", FIELDS)
def test_changing_any_field_of_any_event_is_found_out(trail: sa.Engine, field: str) -> None:
    for seq in seqs(trail):
        with tampering(trail) as connection:
            before = connection.execute(sa.select(audit.c[field]).where(audit.c.seq == seq)).scalar()
            after = {"forged": True} if field == "facts" else "dr_x" if before is None else before[:-1] + "~"
            connection.execute(sa.update(audit).where(audit.c.seq == seq).values({field: after}))
            expect_broken(connection)


def test_changing_any_single_fact_is_found_out(trail: sa.Engine) -> None:
    for seq in seqs(trail):
        with tampering(trail) as connection:
            facts = connection.execute(sa.select(audit.c.facts).where(audit.c.seq == seq)).scalar_one()
        for name in facts:
            with tampering(trail) as connection:
                forged = {**facts, name: "forged"}
                connection.execute(sa.update(audit).where(audit.c.seq == seq).values(facts=forged))
                expect_broken(connection)


def test_renumbering_an_event_is_found_out(trail: sa.Engine) -> None:
    for seq in seqs(trail):
        with tampering(trail) as connection:
            connection.execute(sa.update(audit).where(audit.c.seq == seq).values(seq=1_000))
            expect_broken(connection)


def test_deleting_any_event_is_found_out(trail: sa.Engine) -> None:
    for seq in seqs(trail):
        with tampering(trail) as connection:
            connection.execute(sa.delete(audit).where(audit.c.seq == seq))
            expect_broken(connection)


def test_deleting_an_event_and_closing_the_gap_is_found_out(trail: sa.Engine) -> None:
    for seq in seqs(trail):
        with tampering(trail) as connection:
            connection.execute(sa.delete(audit).where(audit.c.seq == seq))
            for later in [s for s in seqs(trail) if s > seq]:
                connection.execute(sa.update(audit).where(audit.c.seq == later).values(seq=later - 1))
            expect_broken(connection)


def test_cutting_off_the_tail_is_found_out(trail: sa.Engine) -> None:
    for seq in seqs(trail):
        with tampering(trail) as connection:
            connection.execute(sa.delete(audit).where(audit.c.seq >= seq))
            expect_broken(connection)


def test_cutting_off_the_tail_and_moving_the_head_is_found_out_by_the_drafts_or_the_noted_head(
    trail: sa.Engine,
) -> None:
    with trail.connect() as connection:
        noted = verify_store(Reader(connection)).head
    for seq in seqs(trail)[1:]:
        with tampering(trail) as connection:
            connection.execute(sa.delete(audit).where(audit.c.seq >= seq))
            last = connection.execute(sa.select(audit.c.hash).where(audit.c.seq == seq - 1)).scalar_one()
            connection.execute(sa.update(audit_head).values(seq=seq - 1, hash=last))
            with pytest.raises(AuditBroken):
                verify_store(Reader(connection), expected=noted)


def test_inserting_a_copy_of_any_event_anywhere_is_found_out(trail: sa.Engine) -> None:
    with trail.connect() as connection:
        rows = [dict(row._mapping) for row in connection.execute(sa.select(audit))]
    end = len(rows) + 1
    for row in rows:
        with tampering(trail) as connection:
            connection.execute(sa.insert(audit).values({**row, "seq": end}))
            expect_broken(connection)


def test_swapping_any_two_neighbours_is_found_out(trail: sa.Engine) -> None:
    for seq in seqs(trail)[:-1]:
        with tampering(trail) as connection:
            for source, target in ((seq, 5_000), (seq + 1, seq), (5_000, seq + 1)):
                connection.execute(sa.update(audit).where(audit.c.seq == source).values(seq=target))
            expect_broken(connection)


@pytest.mark.parametrize("changes", [{"seq": 3}, {"hash": "sha256:other"}, {"seq": 99}])
def test_changing_the_head_is_found_out(trail: sa.Engine, changes: dict[str, object]) -> None:
    with tampering(trail) as connection:
        connection.execute(sa.update(audit_head).values(changes))
        expect_broken(connection)


@pytest.mark.parametrize("changes", [{"state": "sent"}, {"version": 99}, {"digest": "sha256:other"}])
def test_changing_where_a_draft_stands_is_found_out(trail: sa.Engine, changes: dict[str, object]) -> None:
    with tampering(trail) as connection:
        blocked = drafts.c.state == "blocked"
        connection.execute(sa.update(drafts).where(blocked).values(changes))
        expect_broken(connection)


def test_an_export_is_ascii_and_holds_any_text(trail: sa.Engine) -> None:
    with Store(trail, NoWakeUps()).write(now=START) as tx:
        tx.record(happened("test", "gate", text="half a pair \ud800, a line\u2028 and an é"))
    with trail.connect() as connection:
        reader = Reader(connection)
        lines, head = list(export_lines(reader)), reader.audit.head()
    assert verify_lines(line.encode("ascii").decode() for line in lines) == head


def test_an_export_verifies_without_the_database(trail: sa.Engine) -> None:
    with trail.connect() as connection:
        reader = Reader(connection)
        lines, head = list(export_lines(reader)), reader.audit.head()
    assert verify_lines(lines, expected=head) == head
    for number, line in enumerate(lines):
        event = json.loads(line)
        for field in event:
            forged = json.dumps(
                {
                    **event,
                    field: {"a": 1} if field == "facts" else 7 if field == "seq" and event[field] != 7 else "forged",
                }
            )
            with pytest.raises(AuditBroken):
                verify_lines([*lines[:number], forged, *lines[number + 1 :]], expected=head)
        with pytest.raises(AuditBroken):
            verify_lines([*lines[:number], *lines[number + 1 :]], expected=head)


@pytest.mark.parametrize("line", ["not json", "[]", '{"seq": 1}'])
def test_a_file_that_is_no_export_is_named_by_its_line(line: str) -> None:
    with pytest.raises(InvalidInput, match="line 1"):
        verify_lines([line])


def test_an_empty_export_has_an_empty_head() -> None:
    assert verify_lines([]) == Head()
