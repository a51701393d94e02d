"""Drafts that were left in mailboxes at Gmail under the label `Countersign/submit`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.core.clock import Clock
from app.core.inbox import InboxClosed
from app.core.left_drafts import FOLDER, SUBMIT, Waiting
from app.core.ports import CALL_BUDGET, Handle
from integrations.credentials.google.app import MODIFY
from integrations.credentials.google.caller import Caller, Json, api
from integrations.credentials.google.tokens import Keys
from integrations.http import GRACE_SECONDS
from integrations.mail.gmail.answers import bytes_of, look, text_in
from integrations.mail.gmail.content import first_header
from integrations.mail.gmail.words import told
from integrations.mail.inboxes import in_words_of_the_port
from integrations.mail.turns import Turns

_ME = "me"
_STEP_SECONDS = CALL_BUDGET.total_seconds() - GRACE_SECONDS
_ENOUGH_SECONDS = 3.0
"""With less left no further draft is read: it has its turn at the next look."""
_PAGE = 500
"""The most that Gmail lists at once."""
_MOST_PAGES = 10
"""Of each list, in one go."""


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
        self._turns = Turns()

    def waiting(self, account: str) -> Waiting:
        """As the port says. Raises InboxClosed where the owner has not let the gate label, InboxUnavailable."""
        with self._open(account) as caller:
            label = self._labels(caller).get(SUBMIT)
            marked = self._marked(caller, label) if label is not None else ()

            def read(key: str) -> bytes | None:
                with told(account):
                    return self._raw(caller, key)

            return self._turns.read(account, marked, read, deadline=caller.deadline, enough=_ENOUGH_SECONDS)

    def mark(self, account: str, key: str, word: str) -> None:
        """Raises as `waiting` does."""
        with self._open(account) as caller:
            labels, name = self._labels(caller), f"{FOLDER}/{word}"
            draft = self._draft(caller, key, "minimal")
            if draft is None:
                return
            if name not in labels:
                made = caller.call(self._users.labels().create(userId=_ME, body={"name": name}))
                labels[name] = text_in(made, "id")
            there = {*draft.get("labelIds", [])}
            ours = {label for each, label in labels.items() if each.startswith(f"{FOLDER}/")}
            old = sorted((ours & there) - {labels.get(SUBMIT), labels[name]})
            body = {"addLabelIds": [labels[name]], "removeLabelIds": old}
            look(caller, self._users.messages().modify(userId=_ME, id=text_in(draft, "id"), body=body))

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
            "message": text_in(draft, "id"),
            "thread": text_in(draft, "threadId"),
            "history": str(draft.get("historyId", "")),
            "message_id": first_header(headers, "message-id"),
            "draft_id": "",
        }

    def raw(self, account: str, key: str) -> bytes | None:
        """Raises as `waiting` does."""
        with self._open(account) as caller:
            return self._raw(caller, key)

    def is_same(self, judged: bytes, lying: bytes) -> bool:
        """Gmail shows a draft as it was written."""
        return judged == lying

    def _marked(self, caller: Caller, label: str) -> tuple[str, ...]:
        """The ids of the drafts under the label, oldest first. Labels are told of mails, so all drafts are listed."""
        mails = {
            text_in(each, "id")
            for each in self._listed(caller, self._users.messages(), "messages", labelIds=[label, "DRAFT"])
        }
        found: list[str] = []
        for each in self._listed(caller, self._users.drafts(), "drafts") if mails else ():
            if text_in(each.get("message", {}), "id") in mails:
                found.append(text_in(each, "id"))
            if len(found) == len(mails):
                break
        return tuple(reversed(found))

    def _listed(self, caller: Caller, resource: Any, kind: str, **which: object) -> Iterator[Json]:
        """Page after page, each asked for once it is wanted; newest first."""
        page: dict[str, str] = {}
        for _ in range(_MOST_PAGES):
            answer = caller.call(resource.list(userId=_ME, maxResults=_PAGE, **which, **page))
            yield from answer.get(kind, [])
            following = answer.get("nextPageToken")
            if not following:
                break
            page = {"pageToken": str(following)}

    def _draft(self, caller: Caller, key: str, format: str) -> Json | None:
        answer = look(caller, self._users.drafts().get(userId=_ME, id=key, format=format))
        return answer.get("message", {}) if answer is not None else None

    def _raw(self, caller: Caller, key: str) -> bytes | None:
        draft = self._draft(caller, key, "raw")
        return _as_written(bytes_of(text_in(draft, "raw"))) if draft is not None else None

    def _labels(self, caller: Caller) -> dict[str, str]:
        if MODIFY not in caller.scopes:
            again = f"countersign accounts connect google --account {caller.account} --for send,label"
            raise InboxClosed(f"{caller.account} has not let drafts be labelled; run `{again}`")
        found = caller.call(self._users.labels().list(userId=_ME)).get("labels", [])
        return {str(each.get("name")): text_in(each, "id") for each in found}

    @contextmanager
    def _open(self, account: str) -> Iterator[Caller]:
        opened = Caller.open(self._keys, account, seconds=self._seconds, clock=self._clock, ca_file=self._ca_file)
        with in_words_of_the_port(), told(account), opened as caller:
            yield caller


def _as_written(raw: bytes) -> bytes:
    """With CRLF line ends, as every mail travels."""
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
