"""A server of npm's, run by the Node of the second environment until the tests are done."""

from __future__ import annotations

import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from socket import socket

import pytest

from tests.support.processes import ROOT

DOUBLES = ROOT / ".venv-doubles"
_PATIENCE = 60.0
_MOMENT = 0.05


def free_port() -> int:
    """A port of loopback on which nobody listens."""
    with closing(socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*arguments: str, port: int, folder: Path, host: str = "127.0.0.1") -> Iterator[str]:
    """Node with these arguments, from when it answers on the port; yields its address."""
    node = DOUBLES / "bin" / "node"
    if not node.exists():
        pytest.fail("the second environment is not there: run make emulators")
    log = folder / "node.log"
    with log.open("w") as output:
        environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
        process = subprocess.Popen(
            [str(node), *arguments], cwd=DOUBLES, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        try:
            _wait_until_it_answers(process, host, port, log)
            yield f"http://{host}:{port}"
        finally:
            process.kill()
            process.wait()


def _wait_until_it_answers(process: subprocess.Popen[bytes], host: str, port: int, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"it has ended: {log.read_text()}"
        with closing(http.client.HTTPConnection(host, port, timeout=1)) as connection:
            try:
                connection.request("GET", "/")
                connection.getresponse().read()
                return
            except OSError:
                time.sleep(_MOMENT)
    pytest.fail(f"it does not answer: {log.read_text()}")
