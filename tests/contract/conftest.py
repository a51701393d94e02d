"""Fixtures of the contract suites, and the table at the end of a run."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from tests.contract import table
from tests.contract.delivery import DeliveryContract
from tests.contract.mail_provider import MailProviderContract
from tests.support.databases import empty, sqlite_engine
from tests.support.provider.process import ServerProcess


@pytest.fixture(scope="session")
def one_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """One migrated SQLite database for all: a new engine would compile every statement anew."""
    with sqlite_engine(tmp_path_factory.mktemp("one")) as engine:
        yield engine


@pytest.fixture
def database(request: pytest.FixtureRequest) -> sa.Engine:
    """A migrated, empty database: SQLite, unless the test is one of a `kind`."""
    kind = request.getfixturevalue("kind") if "kind" in request.fixturenames else "sqlite"
    engine: sa.Engine = request.getfixturevalue("postgres_engine" if kind == "postgres" else "one_sqlite")
    empty(engine)
    return engine


@pytest.fixture(scope="session")
def mail_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """A mailbox server; each test takes a mailbox of its own."""
    server = ServerProcess(tmp_path_factory.mktemp("mail") / "state.db")
    try:
        yield server
    finally:
        server.stop()


def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: object) -> None:
    """Say what a subclass of a contract has left out: pytest passes over an abstract class without a word."""
    if inspect.isclass(obj) and name.startswith("Test") and issubclass(obj, DeliveryContract | MailProviderContract):
        missing = sorted(getattr(obj, "__abstractmethods__", ()))
        if missing:
            raise pytest.UsageError(
                f"{collector.nodeid}::{name} does not say {', '.join(missing)} (docs/providers.md)"
            )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what became of every fault, and how many came to which end."""
    reports = [*terminalreporter.stats.get("passed", ()), *terminalreporter.stats.get("failed", ())]
    lines = [value for report in reports for name, value in report.user_properties if name == table.PROPERTY]
    if lines:
        terminalreporter.section("what became of every fault")
        for one in sorted(lines):
            terminalreporter.write_line(one)
        terminalreporter.write_line(table.counted(lines))
