"""A double of our own of Gmail's history and lists, held to Google's published contract by the front before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.core.left_drafts import SUBMIT
from tests.emulators.google.calls import Call, Reply, refuse, reply
from tests.emulators.google.contract import Method
from tests.emulators.google.double import GmailDouble, Stored

NOW = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
_GONE = refuse(404, "notFound")


class GmailInboxDouble(GmailDouble):
    """One mailbox whose history is told as Gmail does: by steps, in pages, and only as far back as it remembers."""

    def __init__(self, *, rewrites_message_id: bool = False) -> None:
        super().__init__(rewrites_message_id=rewrites_message_id)
        self.received_at: dict[str, datetime] = {}
        self.size: dict[str, int] = {}
        self.most_listed = 500
        """How many drafts, or mails under labels, it lists at once, however many it is asked for."""
        self.vanished: set[str] = set()
        """Mails that the history still tells of, and that are not there any more."""

    def arrive(
        self, raw: bytes, *, labels: tuple[str, ...] = ("INBOX",), thread: str | None = None, at: datetime = NOW
    ) -> str:
        """A mail comes in; returns what Gmail calls it."""
        mail = self._store(raw, labels, thread or f"t{next(self._numbers)}")
        self.received_at[mail.id] = at
        return mail.id

    def leave(self, raw: bytes, *, to_be_judged: bool = True) -> str:
        """An agent lays a draft, and labels it unless told otherwise; returns what Gmail calls the draft."""
        self._labels.setdefault("Label_submit", SUBMIT)
        marks = ("Label_submit", "Label_of_its_owner") if to_be_judged else ("Label_of_its_owner",)
        mail = self._store(raw, ("DRAFT", *marks), f"t{next(self._numbers)}")
        key = f"r{next(self._numbers)}"
        self._drafts[key] = mail.id
        return key

    def edit(self, key: str, raw: bytes) -> None:
        """Somebody saves other words in the draft."""
        self._replace(key, raw)

    def delete(self, key: str) -> None:
        """Its owner deletes it."""
        self._mails.pop(self._drafts.pop(key))

    def lies(self, key: str) -> bool:
        """Whether the draft is there."""
        return key in self._drafts

    def shown(self, key: str) -> set[str]:
        """The labels of the draft, by their names."""
        return {self._labels.get(label, label) for label in self._mails[self._drafts[key]].labels}

    def _modify(self, call: Call, key: str) -> Reply:
        removed = {*call.json.get("removeLabelIds", [])}
        answer = super()._modify(call, key)
        mail = self._mails[key]
        self._keep(replace(mail, labels=tuple(label for label in mail.labels if label not in removed)))
        return answer

    def _answer(self, call: Call, method: Method) -> Reply:
        if method.id == "gmail.users.getProfile":
            return reply({"emailAddress": "sam@ours.example", "historyId": str(next(self._numbers))})
        return super()._answer(call, method)

    def _history(self, call: Call, key: str) -> Reply:
        if call.parameter("labelId"):
            return super()._history(call, key)
        since, limit = int(call.parameter("startHistoryId")), int(call.parameter("maxResults"))
        if since < self.forgets_before:
            return _GONE
        new = sorted((m for m in self._mails.values() if m.history > since), key=lambda mail: mail.history)
        steps = [
            {"id": str(m.history), "messages": [self._brief(m.id)], "messagesAdded": [{"message": self._labelled(m)}]}
            for m in new[:limit]
        ]
        more = {"nextPageToken": "2"} if len(new) > limit else {}
        return reply({"history": steps, "historyId": str(next(self._numbers)), **more})

    def _search(self, call: Call, key: str) -> Reply:
        wanted = re.fullmatch(r"after:(\d+) -in:drafts -in:chats", call.parameter("q"))
        if "labelIds" in call.query:
            return self._in_pages(call, "messages", super()._search(_for_all(call), key))
        if wanted is None:
            return super()._search(call, key)
        newest_first = [m for m in reversed(self._mails.values()) if not {"DRAFT", "SPAM", "TRASH"} & {*m.labels}]
        found = [m for m in newest_first if self._received(m).timestamp() >= int(wanted[1])]
        begin, limit = int(call.parameter("pageToken", "0")), int(call.parameter("maxResults"))
        more = {"nextPageToken": str(begin + limit)} if len(found) > begin + limit else {}
        return reply({"messages": [self._brief(m.id) for m in found[begin : begin + limit]], **more})

    def _list_drafts(self, call: Call, key: str) -> Reply:
        return self._in_pages(call, "drafts", super()._list_drafts(_for_all(call), key))

    def _in_pages(self, call: Call, kind: str, whole: Reply) -> Reply:
        every = whole.json[kind]
        begin = int(call.parameter("pageToken", "0"))
        end = begin + min(int(call.parameter("maxResults", "100")), self.most_listed)
        more = {"nextPageToken": str(end)} if end < len(every) else {}
        return reply({kind: every[begin:end], **more})

    def _get_mail(self, call: Call, key: str) -> Reply:
        answer = super()._get_mail(call, key)
        if answer.status != 200 or key in self.vanished:
            return _GONE
        told: Mapping[str, Any] = answer.json
        dated = {"internalDate": str(int(self._received(self._mails[key]).timestamp() * 1000))}
        return reply({**told, **dated, "sizeEstimate": self.size.get(key, len(self._mails[key].raw))})

    def _received(self, mail: Stored) -> datetime:
        return self.received_at.get(mail.id, NOW)

    def _labelled(self, mail: Stored) -> dict[str, Any]:
        return {**self._brief(mail.id), "labelIds": list(mail.labels)}


def _for_all(call: Call) -> Call:
    return replace(call, target=re.sub(r"maxResults=\d+", "maxResults=1000000", call.target))
