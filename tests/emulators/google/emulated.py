"""The emulator of Google behind the front, and what it leaves out of what Google documents."""

from __future__ import annotations

import http.client
from contextlib import closing
from dataclasses import replace
from urllib.parse import quote, urlsplit

import yaml

from tests.emulators.google.calls import Call, Reply
from tests.emulators.google.owner import ACCOUNT
from tests.emulators.google.suite import CLIENT

REGISTERED = "http://127.0.0.1:1/"
"""The emulator sends browsers nowhere else."""
_PATIENCE = 20.0
_DROPPED = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "date"})


class Emulated:
    """Hands calls on to the emulator."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port

    def __call__(self, call: Call) -> Reply:
        """Its answer. A draft that is sent with a message in it is updated first, and an application of the kind
        "Desktop app" is sent back to any port of loopback, as Google documents both.
        """
        if call.path == "/o/oauth2/v2/auth":
            return self._at_any_port(call)
        if call.method == "POST" and call.path.endswith("/drafts/send") and "message" in call.json:
            update = Call(
                method="PUT",
                target=call.target.replace("/drafts/send", f"/drafts/{call.json['id']}"),
                headers=call.headers,
                body=call.body,
            )
            self._handed_on(update)
        return self._handed_on(call)

    def _at_any_port(self, call: Call) -> Reply:
        asked = call.parameter("redirect_uri")
        assert urlsplit(asked).hostname in ("127.0.0.1", "localhost"), "only loopback has any port"
        target = call.target.replace(quote(asked, safe=""), quote(REGISTERED, safe=""))
        page = self._handed_on(replace(call, target=target))
        return replace(page, body=page.body.replace(REGISTERED.encode(), asked.encode()))

    def _handed_on(self, call: Call) -> Reply:
        with closing(http.client.HTTPConnection(self._host, self._port, timeout=_PATIENCE)) as connection:
            headers = {name: value for name, value in call.headers.items() if name not in _DROPPED}
            connection.request(call.method, call.target, call.body or None, headers)
            answer = connection.getresponse()
            content = answer.read()
        told = {name.lower(): value for name, value in answer.getheaders() if name.lower() not in _DROPPED}
        return Reply(status=answer.status, body=content, headers=told)


def seed() -> str:
    """What the emulator begins with: the owner, a colleague, the house's application, two calendars."""
    hour = {"user_email": ACCOUNT, "calendar_id": ACCOUNT}
    google = {
        "users": [{"email": ACCOUNT, "name": "Sam"}, {"email": "ruth@ours.example", "name": "Ruth"}],
        "oauth_clients": [{"client_id": CLIENT[0], "client_secret": CLIENT[1], "redirect_uris": [REGISTERED]}],
        "calendars": [{"id": ACCOUNT, "user_email": ACCOUNT, "summary": ACCOUNT, "primary": True}],
        "calendar_events": [
            {
                "id": "review",
                "summary": "Pipeline review",
                "location": "Room 4",
                "start_date_time": "2026-11-19T10:00:00.000Z",
                "end_date_time": "2026-11-19T11:00:00.000Z",
                **hour,
            },
            {"id": "leave", "summary": "Annual leave", "start_date": "2026-11-23", "end_date": "2026-11-25", **hour},
        ],
    }
    return str(yaml.safe_dump({"google": google}))
