"""A few people in two processes decide at the same moment; `make crash` does it with 64, a hundred times."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.contention import decide_at_once, must_have_one_winner
from tests.support.databases import empty, sqlite_engine

ROUNDS, PROCESSES, THREADS = 1, 2, 8


@pytest.mark.postgres
def test_exactly_one_decides_on_postgres(postgres_engine: sa.Engine, postgres_url: str) -> None:
    empty(postgres_engine)
    words = decide_at_once(postgres_engine, postgres_url, rounds=ROUNDS, processes=PROCESSES, threads=THREADS)
    must_have_one_winner(postgres_engine, words, rounds=ROUNDS, deciders=PROCESSES * THREADS)


def test_exactly_one_decides_on_sqlite(tmp_path: Path) -> None:
    with sqlite_engine(tmp_path) as engine:
        url = str(engine.url)
        words = decide_at_once(engine, url, rounds=ROUNDS, processes=PROCESSES, threads=THREADS)
        must_have_one_winner(engine, words, rounds=ROUNDS, deciders=PROCESSES * THREADS)
