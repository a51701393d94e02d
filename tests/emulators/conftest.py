"""The servers that stand in for providers, each once for a run, and the table at its end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.contract.conftest import database, one_sqlite, pytest_terminal_summary
from tests.emulators.google.emulated import Emulated, seed
from tests.emulators.google.front import Front
from tests.emulators.google.owner import Owner, let_in_by_form
from tests.emulators.google.suite import CLIENT
from tests.emulators.node import free_port, running

__all__ = ["database", "one_sqlite", "pytest_terminal_summary"]


@pytest.fixture(scope="session")
def google(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    """The emulator of Google's sign-in, mail and calendars."""
    folder, port = tmp_path_factory.mktemp("google"), free_port()
    (folder / "seed.yaml").write_text(seed())
    options = ["--host", "127.0.0.1", "-p", str(port), "--seed", str(folder / "seed.yaml")]
    with running(
        "node_modules/emulate/dist/index.js", "start", "-s", "google", *options, port=port, folder=folder
    ) as at:
        yield Emulated(at)


@pytest.fixture
def owner(google: Emulated) -> Owner:
    """The owner of a mailbox that is empty."""
    made = Owner(google, let_in_by_form(google, CLIENT))
    made.clear()
    return made


@pytest.fixture
def front(google: Emulated, owner: Owner) -> Iterator[Front]:
    """What the product talks to."""
    with Front(google, by_hand=owner.touch) as made:
        yield made
