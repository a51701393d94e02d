"""A double of our own of Gmail, held to Google's published contract: what its documentation promises, in memory.

Unlike the emulator it gives a sent mail an id of its own, writes its own Message-ID where it is told to, takes
resumable uploads, searches by Message-ID, forgets old history, and keeps to the scopes of a token.
"""

from __future__ import annotations

import base64
import itertools
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tests.emulators.google.calls import Call, Reply, refuse, reply
from tests.emulators.google.contract import Method, method_of
from tests.emulators.google.oauth import Agreed, SignInDouble

METADATA = "https://www.googleapis.com/auth/gmail.metadata"
_BCC = re.compile(rb"^Bcc:.*\r\n(?:[ \t].*\r\n)*", re.MULTILINE)
_GONE = refuse(404, "notFound")
_TOP = b"Received: from 1 named unknown by gmailapi.google.com with HTTPREST; Wed, 18 Nov 2026 09:00:00 +0000\r\n"

Answer = Callable[[Call, str], Reply]


@dataclass(frozen=True, kw_only=True)
class Stored:
    """A mail in the mailbox."""

    id: str
    thread: str
    raw: bytes
    labels: tuple[str, ...]
    history: int

    def header(self, name: str) -> str:
        """The first header of this name."""
        return next((each["value"] for each in self.headers if each["name"].lower() == name), "")

    @property
    def headers(self) -> list[dict[str, str]]:
        """As Gmail lists them."""
        head = self.raw.partition(b"\r\n\r\n")[0].decode().replace("\r\n ", " ").replace("\r\n\t", " ")
        pairs = (line.partition(":") for line in head.split("\r\n") if line)
        return [{"name": name, "value": value.strip()} for name, _, value in pairs]


class GmailDouble:
    """One mailbox. Every call is one transaction."""

    def __init__(self, *, rewrites_message_id: bool = False, hides_sent: bool = False) -> None:
        """`hides_sent`: sent mail is not to be seen, as while searches lag."""
        self.sign_in = SignInDouble()
        self.delivered: list[bytes] = []
        self.aliases = ["sam@ours.example"]
        self.forgets_before = 0
        self.rewrites_message_id = rewrites_message_id
        self.hides_sent = hides_sent
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._mails: dict[str, Stored] = {}
        self._drafts: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._uploads: dict[str, dict[str, Any]] = {}

    def __call__(self, call: Call) -> Reply:
        """Its answer."""
        signing_in = self.sign_in(call)
        if signing_in is not None:
            return signing_in
        agreed, method = self.sign_in.who(call.bearer), method_of(call)
        if agreed is None:
            return refuse(401, "authError")
        with self._lock:
            if "upload_id" in call.query:
                return self._create(call, "")
            assert method is not None, f"{call.method} {call.path} is no method"
            may = bool(method.scopes & {*agreed.scopes}) and not _too_much(call, agreed)
            return self._answer(call, method) if may else refuse(403, "insufficientPermissions")

    def receive(self, raw: bytes, *, thread: str | None = None) -> str:
        """A mail comes in; returns its thread."""
        return self._store(raw, ("INBOX",), thread or f"t{next(self._numbers)}").thread

    def _answer(self, call: Call, method: Method) -> Reply:
        answers: dict[str, Answer] = {
            "drafts.list": self._list_drafts,
            "drafts.create": self._create,
            "drafts.get": self._get_draft,
            "drafts.update": self._update,
            "drafts.delete": self._delete,
            "drafts.send": self._send,
            "messages.get": self._get_mail,
            "messages.list": self._search,
            "messages.modify": self._modify,
            "threads.list": self._list_threads,
            "threads.get": self._get_thread,
            "history.list": self._history,
            "settings.sendAs.list": self._list_aliases,
            "labels.list": self._list_labels,
            "labels.create": self._create_label,
        }
        return answers[method.id.removeprefix("gmail.users.")](call, method.arguments(call).get("id", ""))

    # ── drafts ────────────────────────────────────────────────────────────────────────────────────────────

    def _list_drafts(self, call: Call, _: str) -> Reply:
        newest = [{"id": key, "message": self._brief(mail)} for key, mail in reversed(self._drafts.items())]
        return reply({"drafts": newest[: int(call.parameter("maxResults", "100"))]})

    def _get_draft(self, call: Call, key: str) -> Reply:
        if key not in self._drafts:
            return _GONE
        mail = self._mails[self._drafts[key]]
        return reply({"id": key, "message": _written(mail, call.parameter("format", "full"))})

    def _update(self, call: Call, key: str) -> Reply:
        self._replace(key, _unpacked(call.json["message"]["raw"]))
        return reply({"id": key})

    def _delete(self, _: Call, key: str) -> Reply:
        self._mails.pop(self._drafts.pop(key))
        return Reply(status=204)

    def _create(self, call: Call, _: str) -> Reply:
        if call.parameter("uploadType") != "resumable":
            return self._created(call.json["message"], _unpacked(call.json["message"]["raw"]))
        key = call.parameter("upload_id")
        if key:
            return self._created(self._uploads.pop(key), call.body)
        key = f"u{next(self._numbers)}"
        self._uploads[key] = call.json.get("message", {})
        return Reply(status=200, headers={"Location": f"http://{call.headers['host']}{call.target}&upload_id={key}"})

    def _created(self, place: dict[str, Any], raw: bytes) -> Reply:
        mail = self._store(raw, ("DRAFT",), place.get("threadId") or f"t{next(self._numbers)}")
        key = f"r{next(self._numbers)}"
        self._drafts[key] = mail.id
        return reply({"id": key, "message": self._brief(mail.id)})

    def _replace(self, draft: str, raw: bytes) -> None:
        self._keep(replace(self._mails[self._drafts[draft]], raw=raw, history=next(self._numbers)))

    def _send(self, call: Call, _: str) -> Reply:
        told = call.json
        if told["id"] not in self._drafts:
            return _GONE
        if "message" in told:
            self._replace(told["id"], _unpacked(told["message"]["raw"]))
        draft = self._mails.pop(self._drafts.pop(told["id"]))
        raw = draft.raw
        if self.rewrites_message_id:
            own = f"Message-ID: <CA{next(self._numbers)}@mail.gmail.com>\r\n".encode()
            raw = own + raw.replace(b"Message-ID:", b"X-Google-Original-Message-ID:")
        mail = self._store(_TOP + raw, ("SENT",), draft.thread)
        self.delivered.append(_BCC.sub(b"", draft.raw))
        return reply({**self._brief(mail.id), "labelIds": list(mail.labels)})

    # ── mail ──────────────────────────────────────────────────────────────────────────────────────────────

    def _get_mail(self, call: Call, key: str) -> Reply:
        return reply(_written(self._mails[key], call.parameter("format", "full"))) if self._is_seen(key) else _GONE

    def _modify(self, call: Call, key: str) -> Reply:
        mail = self._mails[key]
        self._keep(replace(mail, labels=(*mail.labels, *call.json["addLabelIds"])))
        return reply(self._brief(key))

    def _list_threads(self, call: Call, _: str) -> Reply:
        threads = dict.fromkeys(mail.thread for mail in reversed(self._mails.values()))
        return reply({"threads": [{"id": each} for each in threads][: int(call.parameter("maxResults"))]})

    def _get_thread(self, _: Call, key: str) -> Reply:
        mine = [mail for mail in self._mails.values() if mail.thread == key]
        seen = [_written(mail, "metadata") for mail in mine if self._is_seen(mail.id)]
        return reply({"id": key, "messages": seen}) if mine else _GONE

    def _search(self, call: Call, _: str) -> Reply:
        labels, query = {*call.query.get("labelIds", [])}, call.parameter("q").removeprefix("rfc822msgid:")
        found = [
            mail for mail in reversed(self._mails.values()) if labels <= {*mail.labels} and self._is_seen(mail.id)
        ]
        if query:
            found = [mail for mail in found if mail.header("message-id").strip("<>") == query]
        limit = int(call.parameter("maxResults"))
        more = {"nextPageToken": "more"} if len(found) > limit else {}
        return reply({"messages": [self._brief(mail.id) for mail in found[:limit]], **more})

    def _history(self, call: Call, _: str) -> Reply:
        if int(call.parameter("startHistoryId")) < self.forgets_before:
            return _GONE
        since, label = int(call.parameter("startHistoryId")), call.parameter("labelId")
        new = [m for m in self._mails.values() if m.history > since and label in m.labels and self._is_seen(m.id)]
        steps = [{"id": str(mail.history), "messages": [self._brief(mail.id)]} for mail in new]
        return reply({"history": steps, "historyId": str(next(self._numbers))})

    # ── the mailbox ───────────────────────────────────────────────────────────────────────────────────────

    def _list_aliases(self, _: Call, __: str) -> Reply:
        return reply({"sendAs": [{"sendAsEmail": each, "verificationStatus": "accepted"} for each in self.aliases]})

    def _list_labels(self, _: Call, __: str) -> Reply:
        return reply({"labels": [{"id": key, "name": name} for key, name in self._labels.items()]})

    def _create_label(self, call: Call, _: str) -> Reply:
        key = f"Label_{next(self._numbers)}"
        self._labels[key] = call.json["name"]
        return reply({"id": key, "name": call.json["name"]})

    def _is_seen(self, key: str) -> bool:
        return key in self._mails and not (self.hides_sent and "SENT" in self._mails[key].labels)

    def _brief(self, key: str) -> dict[str, str]:
        return {"id": key, "threadId": self._mails[key].thread}

    def _store(self, raw: bytes, labels: tuple[str, ...], thread: str) -> Stored:
        number = next(self._numbers)
        return self._keep(Stored(id=f"m{number}", thread=thread, raw=raw, labels=labels, history=number))

    def _keep(self, mail: Stored) -> Stored:
        with self._lock:
            self._mails[mail.id] = mail
        return mail


def _too_much(call: Call, agreed: Agreed) -> bool:
    """Whether it asks for more than a token with the metadata scope may have."""
    return METADATA in agreed.scopes and (call.parameter("format") in ("raw", "full") or "q" in call.query)


def _written(mail: Stored, format: str) -> dict[str, Any]:
    brief = {"id": mail.id, "threadId": mail.thread, "labelIds": list(mail.labels), "historyId": str(mail.history)}
    if format == "raw":
        return {**brief, "raw": base64.urlsafe_b64encode(mail.raw).decode()}
    return brief if format == "minimal" else {**brief, "payload": {"headers": mail.headers}}


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
