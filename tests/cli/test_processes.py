"""`worker` and `serve`: real processes, stopped the way an operator stops them."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import httpx
import pytest

from tests.cli.company import draft, write_draft
from tests.cli.process import Countersign, until

pytestmark = pytest.mark.processes


def test_a_worker_sends_what_may_leave_and_stops_when_told(countersign: Countersign, tmp_path: Path) -> None:
    outbox = countersign.home / "outbox"
    with countersign.running("worker") as worker:
        countersign.here("submit", write_draft(tmp_path, "Send this", "w-1"))
        until(lambda: len(list(outbox.glob("*.eml"))) == 1)
        worker.send_signal(signal.SIGTERM)
        out, err = worker.communicate(timeout=30)

    assert worker.returncode == 0
    assert "worker has stopped" in out
    (line,) = [json.loads(line) for line in err.splitlines()]
    assert (line["event"], line["state"], line["level"]) == ("draft moved", "sent", "info")
    assert line["worker"] in out, "the line names the worker"
    assert not {"Send this", "lee@acme.example"} & set(err.split('"')), "nothing of the mail is logged"
    (mail,) = outbox.glob("*.eml")
    assert b"X-Countersign-Client-Id: w-1" in mail.read_bytes()
    assert countersign.here("show", "w-1", "--json").records[0]["state"] == "sent"


def test_page_api_and_worker_are_one_process(countersign: Countersign) -> None:
    secret = countersign.here("tokens", "issue", "--as", "sam", "--scope", "drafts:submit,drafts:read").out.split()[
        -1
    ]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"

    with countersign.running("serve", "--port", port) as server:
        assert server.stdout is not None
        assert url in server.stdout.readline()
        with httpx.Client(base_url=url, headers={"Authorization": f"Bearer {secret}"}, timeout=30) as client:
            until(lambda: _answers(client))
            assert "<title>Streamlit</title>" in client.get("/").text
            assert client.get("/api/readyz").json()["status"] == "ready"
            assert client.get("/api/docs").status_code == 200
            posted = client.post("/api/drafts", json=draft("Send this too", "serve-1"))
            assert posted.status_code == 201
            assert posted.headers["Location"].startswith("/api/drafts/dr_")
            until(lambda: client.get("/api/drafts/serve-1").json()["state"] == "sent")
        taken = countersign.here("serve", "--port", port).refusal(2)
        server.send_signal(signal.SIGTERM)
        _out, err = server.communicate(timeout=30)

    assert f"127.0.0.1:{port}: cannot be listened on" in taken
    assert server.returncode == 0
    assert [json.loads(line)["state"] for line in err.splitlines()] == ["sent"]


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/api/healthz").status_code == 200
    except httpx.TransportError:
        return False


def test_a_reader_that_goes_away_is_no_error(countersign: Countersign) -> None:
    """As in `countersign people --json | head -1`."""
    with countersign.running("people", "--json") as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""
        process.stdout = None
