"""The mailbox server: HTTP on loopback, one answer a connection, and faults where it was told to have them.

    GET    /mail/M/drafts?send_id=S      POST /mail/M/drafts           (the raw mail; X-Send-Id)
    GET    /mail/M/drafts/ID             POST /mail/M/drafts/ID/send   (leaves once)
    GET    /mail/M/sent?send_id=S        POST /mail/M/drafts/ID/accept (202; leaves as often as it is accepted)
    GET    /mail/M/sent/ID               POST /mail/M/submit           (the raw mail; leaves as often as it is called)
    POST   /token/M                      a token for the mailbox
    *      /control/M/…                  what only tests do

A call names the step of the port that it belongs to in `X-Step`; that is how a test says where it hurts.
`If-Match` on `send` and `accept` holds the SHA-256 of what may leave.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.support.provider.faults import BY_HAND, RETRY_AFTER, Fault
from tests.support.provider.state import Mailboxes, Ready

_WAIT = {"Retry-After": str(int(RETRY_AFTER.total_seconds()))}
_HANGS_UP = frozenset({Fault.UNANSWERED, Fault.DROPPED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A status and a JSON value, or bytes."""

    status: int
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The body as it is written."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


_BEFORE = {
    Fault.ERROR_BEFORE: Answer(status=500),
    Fault.THROTTLED: Answer(status=429, headers=_WAIT),
    Fault.BUSY: Answer(status=503, headers=_WAIT),
    Fault.NO_QUOTA: Answer(status=403, body={"error": "quota"}, headers=_WAIT),
}
_GONE = Answer(status=404, body={"error": "no such thing"})


class Handler(BaseHTTPRequestHandler):
    """Answers one call."""

    mailboxes: Mailboxes

    def do_GET(self) -> None:
        """Look at something."""
        self._handle()

    def do_POST(self) -> None:
        """Do something."""
        self._handle()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def _handle(self) -> None:
        url = urlsplit(self.path)
        self.query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        _, room, self.mailbox, *self.rest = url.path.split("/")
        if room == "control":
            self._write(self._control())
        elif room == "token":
            token = self.mailboxes.token(self.mailbox)
            self._write(Answer(status=200, body={"token": token}) if token else Answer(status=400))
        else:
            self._mail()

    # ── calls, and what goes wrong with them ──────────────────────────────────────────────────────────────

    def _mail(self) -> None:
        if self.headers.get("Authorization") != f"Bearer {self.mailboxes.token(self.mailbox)}":
            return self._write(Answer(status=401))
        step = self.headers.get("X-Step")
        fault = self.mailboxes.next_fault(self.mailbox, step) if step else None
        if fault in BY_HAND:
            self.mailboxes.touch(self.mailbox, fault)
        if fault in (Fault.EXPIRED, Fault.REVOKED):
            self.mailboxes.void_tokens(self.mailbox, close=fault is Fault.REVOKED)
            return self._write(Answer(status=401))
        if fault in _BEFORE:
            return self._write(_BEFORE[fault])
        answer = self._act() if fault is not Fault.DROPPED else _GONE
        if fault is Fault.REPEATED:
            self._act()
        return None if fault in _HANGS_UP else self._answer(answer, fault)

    def _answer(self, answer: Answer, fault: Fault | None) -> None:
        match fault:
            case Fault.ERROR_AFTER:
                self._write(Answer(status=500))
            case Fault.SLOW_DOWN:
                self._write(Answer(status=202, body=answer.body, headers=_WAIT))
            case Fault.SLOW:
                self.rfile.read(1)  # until the caller has lost patience and hangs up
            case Fault.TRUNCATED:
                self._write(answer, of=max(1, len(answer.content) // 2))
            case Fault.GARBAGE:
                self._write(Answer(status=200, body=b"<html>welcome</html>"))
            case _:
                self._write(answer)

    def _write(self, answer: Answer, *, of: int | None = None) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.content)))
        self.end_headers()
        self.wfile.write(answer.content[:of])

    # ── the mailbox ───────────────────────────────────────────────────────────────────────────────────────

    def _act(self) -> Answer:
        return self._look() if self.command == "GET" else self._do()

    def _look(self) -> Answer:
        found: object = None
        match self.rest:
            case ["drafts"]:
                mine = [one for one in self.mailboxes.drafts(self.mailbox) if one.send_id == self.query["send_id"]]
                found = [one.id for one in mine]
            case ["drafts", number]:
                ready = self._draft(number)
                found = {"raw": _text(ready.raw)} if ready else None
            case ["sent"]:
                found = self.mailboxes.sent(self.mailbox, self.query["send_id"])
            case ["sent", number]:
                known = [one for one, _, _ in self.mailboxes.deliveries(self.mailbox) if one == int(number)]
                found = {"id": known[0]} if known else None
        return _GONE if found is None else Answer(status=200, body=found)

    def _do(self) -> Answer:
        send_id = self.headers.get("X-Send-Id", "")
        match self.rest:
            case ["drafts"]:
                return Answer(status=201, body={"id": self.mailboxes.create(self.mailbox, send_id, self.body)})
            case ["drafts", number, ("send" | "accept") as how]:
                return self._let_go(number, how)
            case ["submit"]:
                return Answer(status=200, body={"id": self.mailboxes.submit(self.mailbox, send_id, self.body)})
        return _GONE

    def _let_go(self, number: str, how: str) -> Answer:
        ready = self._draft(number)
        if ready is not None and self.headers["If-Match"] != hashlib.sha256(ready.raw).hexdigest():
            return Answer(status=412)
        if how == "send":
            left = self.mailboxes.send_once(self.mailbox, int(number))
            return Answer(status=200, body={"id": left}) if left else _GONE
        return Answer(status=202) if self.mailboxes.accept(self.mailbox, int(number)) else _GONE

    def _draft(self, number: str) -> Ready | None:
        return next((one for one in self.mailboxes.drafts(self.mailbox) if one.id == int(number)), None)

    # ── what only tests do ────────────────────────────────────────────────────────────────────────────────

    def _control(self) -> Answer:
        mailbox, mailboxes = self.mailbox, self.mailboxes
        match self.command, *self.rest:
            case "POST", "open":
                mailboxes.open(mailbox)
            case "POST", "lag":
                mailboxes.lag(mailbox, int(self.query["searches"]))
            case "POST", "hurt":
                mailboxes.hurt(mailbox, self.query["step"], Fault(self.query["fault"]), int(self.query["times"]))
            case "POST", "touch":
                mailboxes.touch(mailbox, Fault(self.query["how"]))
            case "GET", "drafts":
                return Answer(status=200, body=[_text(ready.raw) for ready in mailboxes.drafts(mailbox)])
            case "GET", "deliveries":
                return Answer(status=200, body=[[s, _text(raw)] for _, s, raw in mailboxes.deliveries(mailbox)])
            case _:
                return _GONE
        return Answer(status=200)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


class Server(ThreadingHTTPServer):
    """Many callers at once; none of them keeps it alive."""

    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hung up is no news; anything else is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def main(arguments: list[str]) -> None:
    """Serve: the file of the state, and a port (0 for any). Prints the port when it is ready."""
    Handler.mailboxes = Mailboxes(Path(arguments[0]))
    with Server(("127.0.0.1", int(arguments[1])), Handler) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1:])
