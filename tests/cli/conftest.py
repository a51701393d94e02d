"""Homes that the tests of one module share: starting a process and a database takes its time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.company import found_company
from tests.cli.process import Countersign


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the module."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture(scope="module")
def countersign(place: Path) -> Countersign:
    """The command line in the small company, with a home that nobody has used."""
    return Countersign(home=place / "home", world=found_company(place / "world"))


@pytest.fixture
def alone(tmp_path: Path) -> Countersign:
    """The command line where there is nothing: no home, no world, and a database that cannot be reached."""
    return Countersign(
        home=tmp_path / "home", world=tmp_path / "nowhere", database_url="postgresql://nobody@127.0.0.1:1/nothing"
    )
