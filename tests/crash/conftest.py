"""A world that does not make tests wait, and a home and a database for each of them."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.support.processes import ROOT, Installation

_numbers = itertools.count(1)


@pytest.fixture
def world(tmp_path: Path) -> Path:
    """The sample world, with an undo window that does not make the test wait."""
    world = tmp_path / "world"
    shutil.copytree(ROOT / "sample_data", world)
    policy = world / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    assert "undo_window: 10s" in text
    policy.write_text(text.replace("undo_window: 10s", "undo_window: 0s"), encoding="utf-8")
    return world


@pytest.fixture
def postgres_installation(tmp_path: Path, world: Path, postgres_url: str) -> Installation:
    """A home of its own, on a PostgreSQL database of its own."""
    name = f"crash_{next(_numbers)}"
    engine = sa.create_engine(
        sa.make_url(postgres_url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return Installation(
        home=tmp_path / "home", world=world, database_url=postgres_url.replace("/postgres?", f"/{name}?")
    )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def installation(request: pytest.FixtureRequest, tmp_path: Path, world: Path) -> Installation:
    """A home of its own, on SQLite and on a PostgreSQL database of its own."""
    if request.param == "sqlite":
        return Installation(home=tmp_path / "home", world=world)
    on_postgres: Installation = request.getfixturevalue("postgres_installation")
    return on_postgres
