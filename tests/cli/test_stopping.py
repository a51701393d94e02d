"""Real processes at their end: in good order, at once, past the bound, and where the tables have outgrown them."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.company import found_company, write_draft
from tests.cli.process import Countersign, until
from tests.support.databases import lay_tables

pytestmark = pytest.mark.processes


@pytest.fixture
def house(tmp_path: Path) -> Countersign:
    """A company of its own for each test."""
    return Countersign(home=lay_tables(tmp_path / "home"), world=found_company(tmp_path / "world"))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_a_worker_tells_how_it_goes_on_a_port_of_its_own(house: Countersign, tmp_path: Path) -> None:
    port = free_port()
    with house.running("worker", "--metrics-port", port) as worker:
        assert worker.stdout is not None
        assert f"metrics are at http://127.0.0.1:{port}/metrics" in worker.stdout.readline()
        house.here("submit", write_draft(tmp_path, "Send this", "w-1"))
        until(lambda: 'sends_total{outcome="sent"} 1.0' in httpx.get(f"http://127.0.0.1:{port}/metrics").text)
        assert httpx.get(f"http://127.0.0.1:{port}/readyz").json()["status"] == "ready"
        assert httpx.get(f"http://127.0.0.1:{port}/drafts").status_code == 404
        taken = house.here("worker", "--metrics-port", port).refusal(2)
        worker.send_signal(signal.SIGTERM)
        out, _err = worker.communicate(timeout=60)
    assert (worker.returncode, out) == (0, "worker has stopped; nothing it held is left undone\n")
    assert f"127.0.0.1:{port}: cannot be listened on" in taken


_STUCK = """
import sys, threading

import app.cli.house, app.runtime
from app.cli.main import run
from app.services import open_services
from integrations.mail.outbox import OutboxMail


class Stuck(OutboxMail):
    def send(self, mail, handle):
        print("sending", flush=True)
        threading.Event().wait()

for module in (app.cli.house, app.runtime):
    module.open_services = lambda settings: open_services(settings, mail=Stuck(settings.outbox))
sys.exit(run(sys.argv[1:]))
"""


@contextmanager
def stuck_in_a_send(house: Countersign, folder: Path, command: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has told its provider to let a mail go, and will never hear back."""
    house.here("submit", write_draft(folder, "Send this", "stuck-1"))
    port = ("--port", str(free_port())) if command == "serve" else ()
    process = subprocess.Popen(
        [sys.executable, "-c", _STUCK, command, *port],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=house.environment,
        cwd=house.home.parent,
        text=True,
    )
    try:
        assert process.stdout is not None
        while "sending" not in process.stdout.readline():
            assert process.poll() is None
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("command", ["worker", "serve"])
def test_a_second_signal_ends_it_at_once(command: str, house: Countersign, tmp_path: Path) -> None:
    with stuck_in_a_send(house, tmp_path, command) as process:
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode in {128 + signal.SIGTERM, 128 + signal.SIGINT}


@pytest.mark.parametrize("command", ["worker", "serve"])
def test_what_cannot_be_finished_in_time_is_left_to_others(command: str, house: Countersign, tmp_path: Path) -> None:
    (tmp_path / "countersign.toml").write_text("stop_seconds = 0.5\n", encoding="utf-8")
    with stuck_in_a_send(house, tmp_path, command) as process:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "has stopped" not in out
    assert json.loads(err.splitlines()[-1])["event"].startswith("not finished in time")
    assert house.here("show", "stuck-1", "--json").records[0]["state"] == "sending"


def test_a_worker_stops_where_a_newer_version_took_the_tables_over(house: Countersign) -> None:
    with house.running("worker") as worker:
        assert worker.stdout is not None
        assert "is running" in worker.stdout.readline()
        with sqlite3.connect(house.home / "countersign.db", timeout=30) as newer:
            newer.execute("UPDATE settings SET value = '9999' WHERE name = 'oldest_code'")
            newer.execute("UPDATE countersign_migrations SET version_num = '9999'")
        newer.close()
        out, err = worker.communicate(timeout=60)
    assert (worker.returncode, out) == (1, "")
    last = err.splitlines()[-1]
    assert last.startswith("countersign: the tables are at version 9999, which needs code that knows 9999")
    assert last.endswith("install the newer version and start again")
    assert "needs code that knows 9999" in house.here("queue").refusal(1)
    assert any("install the newer version" in part["mend"] for part in house.here("doctor", "--json").records)
