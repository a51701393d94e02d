"""Questions that go straight to the driver: the same answers, and the same complaints, as SQLAlchemy's own."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.store import lookups
from app.store.ledger import LedgerRepository
from app.store.prepared import rows_of
from tests.unit.app.store.test_ledger_lookups import ENTRIES

_OF_DEAL = {"deal_id": "D-1"}


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
