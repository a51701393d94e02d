"""A database knows that it came from a back-up, and of which drafts that means they may have left."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from app.store.restored import Restored, mark_restored, read_restored
from tests.support.gates import a_draft, make_harness


def test_drafts_from_the_back_up_may_have_left_and_later_ones_have_not(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    before = harness.gate.submit(a_draft("review", client_id="before")).row
    with engine.connect() as connection:
        assert read_restored(connection) == Restored()
    assert not Restored().may_have_left(before)

    with engine.begin() as connection:
        restored = mark_restored(connection)
    harness.clock.advance(timedelta(seconds=1))
    after = harness.gate.submit(a_draft("review", client_id="after")).row

    assert (restored.may_have_left(before), restored.may_have_left(after)) == (True, False)
    decided = replace(before, version=9, updated_at=after.updated_at)
    assert restored.may_have_left(decided), "whatever becomes of it"
    with engine.connect() as connection:
        assert read_restored(connection) == restored


def test_a_second_restore_never_forgets_the_first(engine: sa.Engine) -> None:
    harness = make_harness(engine)
    harness.gate.submit(a_draft("review"))
    with engine.begin() as connection:
        first = mark_restored(connection)
        assert mark_restored(connection) == first
    harness.clock.advance(timedelta(hours=1))
    harness.gate.submit(a_draft("review", client_id="later"))
    with engine.begin() as connection:
        second = mark_restored(connection)
    assert first.until is not None
    assert second.until == first.until + timedelta(hours=1)


def test_an_empty_database_has_nothing_to_remember(engine: sa.Engine) -> None:
    make_harness(engine)
    with engine.begin() as connection:
        assert mark_restored(connection) == read_restored(connection) == Restored()
