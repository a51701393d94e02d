"""Drafts that were left in mailboxes at Gmail under the label `Countersign/submit`."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from googleapiclient.http import HttpRequest  # type: ignore[import-untyped]

from app.core.clock import Clock
from app.core.inbox import InboxClosed
from app.core.left_drafts import FOLDER, SUBMIT, LeftDraft
from app.core.ports import CALL_BUDGET, Handle
from integrations.credentials.google.app import MODIFY
from integrations.credentials.google.caller import Caller, Json, api
from integrations.credentials.google.tokens import Keys
from integrations.credentials.google.trouble import Refusal
from integrations.http import GRACE_SECONDS, NotAnswered
from integrations.mail.gmail.content import first_header
from integrations.mail.gmail.words import told
from integrations.mail.inboxes import in_words_of_the_port

_ME = "me"
_STEP_SECONDS = CALL_BUDGET.total_seconds() - GRACE_SECONDS
_MOST = 20
"""Marked drafts that are looked at in one go."""
_MOST_DRAFTS = 500


class GmailLeftDrafts:
    """The marked drafts of everybody who has connected a mailbox with `--for send,label`."""

    def __init__(
        self,
        keys: Keys,
        *,
        clock: Clock,
        root: str | None = None,
        ca_file: str | None = None,
        seconds: float = _STEP_SECONDS,
    ) -> None:
        """`root` replaces Gmail's address, `ca_file` the authorities; a call gives up after so many `seconds`."""
        self._keys = keys
        self._clock = clock
        self._users: Any = api("gmail", "v1", root=root).users()
        self._ca_file = ca_file
        self._seconds = seconds

    def waiting(self, account: str) -> Sequence[LeftDraft]:
        """As they are now. Raises InboxClosed where the owner has not let the gate label, InboxUnavailable."""
        with self._open(account) as caller:
            label = self._labels(caller).get(SUBMIT)
            if label is None:
                return ()
            request = self._users.messages().list(userId=_ME, labelIds=[label, "DRAFT"], maxResults=_MOST)
            marked = {_text(each, "id") for each in caller.call(request).get("messages", [])}
            if not marked:
                return ()
            found = (self._raw(caller, key) for key, message in self._drafts(caller) if message in marked)
            return tuple(LeftDraft(key=key, raw=raw) for key, raw in found if raw is not None)

    def mark(self, account: str, key: str, word: str) -> None:
        """Raises as `waiting` does."""
        with self._open(account) as caller:
            labels, name = self._labels(caller), f"{FOLDER}/{word}"
            draft = self._draft(caller, key, "minimal")
            if draft is None:
                return
            if name not in labels:
                made = caller.call(self._users.labels().create(userId=_ME, body={"name": name}))
                labels[name] = _text(made, "id")
            there = {*draft.get("labelIds", [])}
            ours = {label for each, label in labels.items() if each.startswith(f"{FOLDER}/")}
            old = sorted((ours & there) - {labels.get(SUBMIT), labels[name]})
            body = {"addLabelIds": [labels[name]], "removeLabelIds": old}
            _look(caller, self._users.messages().modify(userId=_ME, id=_text(draft, "id"), body=body))

    def handle(self, account: str, key: str) -> Handle | None:
        """As the mail provider for Gmail names drafts of its own. Raises as `waiting` does."""
        with self._open(account) as caller:
            draft = self._draft(caller, key, "metadata")
        if draft is None:
            return None
        headers = draft.get("payload", {}).get("headers", [])
        return {
            "mailbox": account,
            "draft": key,
            "message": _text(draft, "id"),
            "thread": _text(draft, "threadId"),
            "history": str(draft.get("historyId", "")),
            "message_id": first_header(headers, "message-id"),
            "draft_id": "",
        }

    def raw(self, account: str, key: str) -> bytes | None:
        """Raises as `waiting` does."""
        with self._open(account) as caller:
            return self._raw(caller, key)[1]

    def is_same(self, judged: bytes, lying: bytes) -> bool:
        """Gmail shows a draft as it was written."""
        return judged == lying

    def _drafts(self, caller: Caller) -> Iterator[tuple[str, str]]:
        """The ids of drafts and of their mails."""
        answer = caller.call(self._users.drafts().list(userId=_ME, maxResults=_MOST_DRAFTS))
        return ((_text(each, "id"), _text(each.get("message", {}), "id")) for each in answer.get("drafts", []))

    def _draft(self, caller: Caller, key: str, format: str) -> Json | None:
        answer = _look(caller, self._users.drafts().get(userId=_ME, id=key, format=format))
        return answer.get("message", {}) if answer is not None else None

    def _raw(self, caller: Caller, key: str) -> tuple[str, bytes | None]:
        draft = self._draft(caller, key, "raw")
        return key, _as_written(_bytes(_text(draft, "raw"))) if draft is not None else None

    def _labels(self, caller: Caller) -> dict[str, str]:
        if MODIFY not in caller.scopes:
            again = f"countersign accounts connect google --account {caller.account} --for send,label"
            raise InboxClosed(f"{caller.account} has not let drafts be labelled; run `{again}`")
        found = caller.call(self._users.labels().list(userId=_ME)).get("labels", [])
        return {str(each.get("name")): _text(each, "id") for each in found}

    @contextmanager
    def _open(self, account: str) -> Iterator[Caller]:
        opened = Caller.open(self._keys, account, seconds=self._seconds, clock=self._clock, ca_file=self._ca_file)
        with in_words_of_the_port(), told(account), opened as caller:
            yield caller


def _as_written(raw: bytes) -> bytes:
    """With CRLF line ends, as every mail travels."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _look(caller: Caller, request: HttpRequest) -> Json | None:
    try:
        return caller.call(request)
    except Refusal as refused:
        if refused.status == 404 and refused.pause is None:
            return None
        raise


def _text(answer: Mapping[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise NotAnswered(f"Gmail answers without {name}")
    return value


def _bytes(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise NotAnswered("Gmail answers with bytes that are none") from None
