"""The mailbox server as a process: started, killed and started again, and told what to do wrong."""

from __future__ import annotations

import base64
import http.client
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.support.processes import ROOT
from tests.support.provider.faults import Fault, Step

_PATIENCE = 20.0


class ServerProcess:
    """One server. Its state is in a file, so that `restart` changes nothing but the process."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.port = 0
        self._start()

    def _start(self) -> None:
        command = [sys.executable, "-m", "tests.support.provider.server", str(self._file), str(self.port)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        """Kill it."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()

    def restart(self) -> None:
        """Kill it, and start it again at the same port."""
        self.stop()
        self._start()

    def mailbox(self, name: str) -> Mailbox:
        """A mailbox that the gate is let into; made where there is none."""
        mailbox = Mailbox(server=self, name=name)
        mailbox.sign_in()
        return mailbox


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailbox:
    """What tests do to one mailbox, and what they see in it, past the port."""

    server: ServerProcess
    name: str

    def hurt(self, step: Step, fault: Fault, *, times: int = 1) -> None:
        """Have the next so many calls of the step go wrong."""
        self._control("POST", "hurt", step=step, fault=fault, times=times)

    def lag(self, searches: int) -> None:
        """Mail that leaves from now on is found only after so many searches in vain."""
        self._control("POST", "lag", searches=searches)

    def touch(self, how: Fault) -> None:
        """The owner edits, deletes or sends what lies in the drafts."""
        self._control("POST", "touch", how=how)

    def sign_in(self) -> None:
        """The owner lets the gate in."""
        self._control("POST", "open")

    def drafts(self) -> list[bytes]:
        """What lies in the drafts."""
        return [base64.b64decode(raw) for raw in self._control("GET", "drafts")]

    def deliveries(self, send_id: str | None = None) -> list[bytes]:
        """What has left, of this send or of all."""
        found = self._control("GET", "deliveries")
        return [base64.b64decode(raw) for mine, raw in found if send_id in (None, mine)]

    def _control(self, method: str, what: str, **query: object) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=_PATIENCE)
        try:
            connection.request(method, f"/control/{self.name}/{what}?{urlencode(query)}")
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        assert answer.status == 200, f"the server says {answer.status} to {what}"
        return json.loads(content)
