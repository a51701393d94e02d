"""Statements that go straight to the driver: the same answers, and the same complaints, as SQLAlchemy's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from app.store import lookups
from app.store.ledger import LedgerRepository
from app.store.prepared import read, returned, rows_of, write, write_each
from app.store.tables import drafts, sends
from tests.unit.app.store.test_ledger_lookups import ENTRIES

_OF_DEAL = {"deal_id": "D-1"}
_NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)


def test_the_rows_are_those_that_sqlalchemy_reads(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        LedgerRepository(connection).add(ENTRIES)
        for question, values in ((lookups.OPEN_OF_DEAL, _OF_DEAL), (lookups.HOURS_SPENT, {})):
            expected = [tuple(row) for row in connection.execute(question, values)]

            assert expected
            assert [tuple(row) for row in rows_of(connection, question, values)] == expected


def test_what_was_just_written_in_the_same_transaction_is_seen(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        assert list(rows_of(connection, lookups.OPEN_OF_DEAL, _OF_DEAL)) == []
        LedgerRepository(connection).add(ENTRIES)
        assert len(rows_of(connection, lookups.OPEN_OF_DEAL, _OF_DEAL)) == 2
        connection.rollback()
        assert list(rows_of(connection, lookups.OPEN_OF_DEAL, _OF_DEAL)) == []


def test_a_complaint_of_the_driver_comes_as_sqlalchemys(engine: sa.Engine) -> None:
    nowhere = sa.select(sa.table("nowhere", sa.column("a")))

    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError) as raised:
        rows_of(connection, nowhere, {})

    assert raised.value.statement is not None
    assert "nowhere" in raised.value.statement


# ── changes, and rows with their values converted ─────────────────────────────────────────────────────────────


def _as_kept(**changed: object) -> dict[str, object]:
    columns = dict.fromkeys((column.name for column in sends.columns), None)
    return columns | {
        "send_id": "sn_1",
        "draft_id": None,
        "digest": "sha256:1",
        "raw": b"To: \x00\xff",
        "raw_sha256": "1",
        "sender": "zoë@northwind.example",
        "recipients": ["a@b.example", "ü@b.example"],
        "worker": "w",
        "begun_at": _NOON,
        "fence": 1,
        "called": True,
        **changed,
    }


@pytest.fixture
def a_draft(engine: sa.Engine) -> str:
    """The id of a draft, to which sends may belong."""
    row = {column.name: "x" for column in drafts.columns} | {
        "id": "dr_1",
        "version": 1,
        "revision": 1,
        "attempts": 0,
        "due_at": _NOON,
        "slot_at": None,
        "permit": None,
        "created_at": _NOON,
        "updated_at": _NOON,
    }
    with engine.begin() as connection:
        connection.execute(sa.insert(drafts), row)
    return "dr_1"


def test_what_is_written_is_what_sqlalchemy_would_write_and_is_read_as_it_would_read_it(
    engine: sa.Engine, a_draft: str
) -> None:
    row = _as_kept(draft_id=a_draft)
    with engine.begin() as connection:
        write(connection, sa.insert(sends), row)
        write_each(connection, sa.insert(sends), [_as_kept(draft_id=a_draft, send_id=f"sn_{n}") for n in (2, 3)])
    with engine.connect() as connection:
        question = sa.select(sends).order_by(sends.c.send_id)
        expected = [dict(found) for found in connection.execute(question).mappings()]
        assert read(connection, question, {}) == expected
        assert expected[0] == row
        assert [type(value) for value in read(connection, question, {})[0].values()] == [
            type(value) for value in expected[0].values()
        ]


def test_a_change_tells_how_many_rows_it_touched_and_what_it_returns(engine: sa.Engine, a_draft: str) -> None:
    move = sa.update(drafts).where(drafts.c.id == sa.bindparam("which"), drafts.c.state == "x")
    touched: list[int] = []
    with engine.begin() as connection:
        write(connection, move, {"which": a_draft, "due_at": None, "state": "y"}, heard=touched.append)
        write(connection, move, {"which": a_draft, "due_at": None, "state": "z"}, heard=touched.append)
        assert read(connection, sa.select(drafts.c.state), {}) == [{"state": "y"}]
        assert touched == [1, 0]
        count = sa.update(drafts).values(version=drafts.c.version + sa.bindparam("more", type_=sa.Integer))
        assert returned(connection, count.returning(drafts.c.version, drafts.c.state), {"more": 4}) == (5, "y")
        with pytest.raises(sa.exc.NoResultFound):
            returned(connection, count.where(drafts.c.id == "none").returning(drafts.c.id), {"more": 4})


def test_a_change_outside_any_transaction_begins_one_that_can_be_rolled_back(engine: sa.Engine, a_draft: str) -> None:
    with engine.connect() as connection:
        write(connection, sa.delete(drafts).where(drafts.c.id == sa.bindparam("which")), {"which": a_draft})
        connection.rollback()
        assert read(connection, sa.select(drafts.c.id), {}) == [{"id": a_draft}]


def test_no_rows_to_write_are_no_statement(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        write_each(connection, sa.insert(sa.table("nowhere", sa.column("a"))), [])


def test_a_taken_key_is_sqlalchemys_integrity_error_and_tells_no_value(engine: sa.Engine, a_draft: str) -> None:
    row = _as_kept(draft_id=a_draft)
    with engine.begin() as connection:
        write(connection, sa.insert(sends), row)
    with pytest.raises(sa.exc.IntegrityError) as raised, engine.begin() as connection:
        write(connection, sa.insert(sends), row)
    assert "zoë" not in str(raised.value)


def test_a_moment_without_a_time_zone_is_refused(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(ValueError, match="time zone"):
        write(connection, sa.update(drafts), {"due_at": datetime(2026, 1, 5)})  # noqa: DTZ001 - that is the point


def test_a_list_of_values_is_left_to_sqlalchemy(engine: sa.Engine) -> None:
    with engine.connect() as connection, pytest.raises(ValueError, match="let SQLAlchemy run"):
        read(connection, sa.select(drafts.c.id).where(drafts.c.state.in_(["x"])), {})


def test_a_connection_that_was_lost_is_never_used_again(postgres_engine: sa.Engine) -> None:
    with postgres_engine.connect() as connection:
        backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with postgres_engine.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({backend})")
        with pytest.raises(sa.exc.OperationalError) as raised:
            read(connection, sa.select(drafts.c.id), {})
        assert raised.value.connection_invalidated
        assert connection.invalidated
