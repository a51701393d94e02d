"""64 people in four processes decide about one draft at the same moment, a hundred times over."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.support.contention import decide_at_once, must_have_one_winner
from tests.support.databases import empty

ROUNDS, PROCESSES, THREADS = 100, 4, 16


@pytest.mark.crash
@pytest.mark.postgres
def test_exactly_one_of_64_decides_and_63_are_told_who_did(postgres_engine: sa.Engine, postgres_url: str) -> None:
    empty(postgres_engine)
    words = decide_at_once(postgres_engine, postgres_url, rounds=ROUNDS, processes=PROCESSES, threads=THREADS)
    must_have_one_winner(postgres_engine, words, rounds=ROUNDS, deciders=PROCESSES * THREADS)
