"""The owner of a mailbox: lets the gate in, and does things by hand, past the gate and past every fault."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from integrations.credentials.google import scopes_for
from tests.emulators.google.calls import Call, Reply, Upstream
from tests.emulators.google.keys import MemoryGrants
from tests.emulators.google.tokens import LetIn, keep
from tests.support.provider.faults import Fault

ACCOUNT = "sam@ours.example"

_GMAIL = "/gmail/v1/users/me"


class Owner:
    """Somebody with a mailbox on the server behind the front. `let_in` gives an access and a refresh token."""

    def __init__(self, upstream: Upstream, let_in: LetIn, *, account: str = ACCOUNT) -> None:
        self.account = account
        self.grants = MemoryGrants()
        self._upstream = upstream
        self._let_in = let_in
        self._token, _ = let_in(account, scopes_for("send", "label"))

    def sign_in(self, *scopes: str) -> None:
        """Let the gate in, with these scopes or those that sending needs."""
        asked = scopes or scopes_for("send")
        keep(self.grants, self._let_in, self.account, asked)

    def drafts(self) -> list[bytes]:
        """What lies in the drafts, oldest first."""
        return [_raw(self._call("GET", f"drafts/{each}?format=raw")["message"]) for each in reversed(self._drafts())]

    def sent(self) -> list[bytes]:
        """What lies among the sent mail, oldest first."""
        ids = list(self._ids("messages?labelIds=SENT&maxResults=100", "messages"))
        return [_raw(self._call("GET", f"messages/{each}?format=raw")) for each in reversed(ids)]

    def threads(self) -> int:
        """How many threads there are."""
        return len(list(self._ids("threads?maxResults=100", "threads")))

    def touch(self, how: Fault) -> None:
        """Edit, delete or send every draft by hand."""
        for each in self._drafts():
            if how is Fault.EDITED:
                edited = _raw(self._call("GET", f"drafts/{each}?format=raw")["message"]) + b"PS: 20 % off!\r\n"
                self.rewrite(each, edited)
            elif how is Fault.DELETED:
                self._call("DELETE", f"drafts/{each}")
            else:
                self._call("POST", "drafts/send", {"id": each})

    def rewrite(self, draft: str, raw: bytes) -> None:
        """Save other bytes in the draft."""
        self._call("PUT", f"drafts/{draft}", {"message": {"raw": base64.urlsafe_b64encode(raw).decode()}})

    def put_in(self, raw: bytes, *, label: str = "INBOX") -> dict[str, Any]:
        """A mail that came some other way."""
        packed = base64.urlsafe_b64encode(raw).decode()
        return self._call("POST", "messages", {"raw": packed, "labelIds": [label]})

    def clear(self) -> None:
        """Delete everything."""
        for each in list(self._ids("messages?maxResults=500&includeSpamTrash=true", "messages")):
            self._call("DELETE", f"messages/{each}")

    def _drafts(self) -> list[str]:
        return list(self._ids("drafts?maxResults=100", "drafts"))

    def _ids(self, what: str, name: str) -> Iterator[str]:
        return (each["id"] for each in self._call("GET", what).get(name, []))

    def _call(self, method: str, what: str, body: object = None) -> dict[str, Any]:
        content = b"" if body is None else json.dumps(body).encode()
        headers = {"authorization": f"Bearer {self._token}", "content-type": "application/json"}
        found = self._upstream(Call(method=method, target=f"{_GMAIL}/{what}", headers=headers, body=content))
        assert found.status in (200, 204), f"{method} {what}: {found.status}"
        answer: dict[str, Any] = found.json if found.body else {}
        return answer


def let_in_by_form(upstream: Callable[[Call], Reply], client: tuple[str, str]) -> LetIn:
    """Sign-in as the emulator's page does it: a form, a code, and the tokens in exchange."""

    def let_in(email: str, scopes: tuple[str, ...]) -> tuple[str, str]:
        key, secret = client
        back = "http://127.0.0.1:1/"
        form = {"email": email, "redirect_uri": back, "scope": " ".join(scopes), "client_id": key}
        came = upstream(_form("/o/oauth2/v2/auth/callback", form))
        code = came.headers["location"].partition("code=")[2].partition("&")[0]
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
        given = upstream(_form("/oauth2/token", {**asked, "client_id": key, "client_secret": secret})).json
        return given["access_token"], given["refresh_token"]

    return let_in


def _form(path: str, values: dict[str, str]) -> Call:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return Call(method="POST", target=path, headers=headers, body=urlencode(values).encode())


def _raw(message: dict[str, Any]) -> bytes:
    text = message["raw"]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
