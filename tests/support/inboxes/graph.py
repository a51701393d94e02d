"""A double of our own of what Graph says about folders that have changed, on top of its mail.

Its links hold the state that it has told of; it follows creations alone, and forgets links where it is told to.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from tests.support.graph.answers import Answer, Call, Mail, failed, shown
from tests.support.graph.server import GraphDouble
from tests.support.graph.state import DRAFTS, SENT, Exchange, Message

NOW = datetime(2026, 11, 18, 15, 30, tzinfo=UTC)
INBOX = "folder-inbox"
_FOLDERS = {"inbox": INBOX, "sentitems": SENT}
_SINCE = re.compile(r"receivedDateTime ge (\S+)")
_MOST = re.compile(r"odata\.maxpagesize=(\d+)")


class MailWithChanges(Mail):
    """Answers about messages, and about what has changed in folders."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(exchange)
        self._kept = exchange
        self.received_at: dict[str, datetime] = {}
        self.removed: list[str] = []
        """Ids that the next answer tells of as removed."""
        self.forgets = False
        self.refuses = False
        """Whether it finds fault with every link of its own."""
        self.says: Answer | None = None
        """Instead of what it would say about changes."""

    def arrive(self, mailbox: str, raw: bytes, *, folder: str = INBOX, at: datetime = NOW) -> Message:
        """A mail comes in, or was sent."""
        message = self._kept.lay(mailbox, raw)
        message.folder, message.draft = folder, folder == DRAFTS
        self.received_at[message.id] = at
        return message

    def answer(self, call: Call) -> Answer:
        """What Graph would say."""
        match call.method, *call.path:
            case "GET", "mailFolders", name, "messages", "delta":
                with self._kept.lock:
                    return self.says or self._changed(call, name)
            case "GET", "messages", key if call.query.get("$select") == "internetMessageHeaders":
                message = self._kept.messages.get(key)
                return Answer(status=200, body=_headers(message)) if message else failed(404, "ErrorItemNotFound")
        return super().answer(call)

    def _changed(self, call: Call, name: str) -> Answer:
        begun = "$deltatoken" in call.query or "$skiptoken" in call.query
        if begun and self.forgets:
            return failed(410, "SyncStateNotFound")
        if begun and self.refuses:
            return failed(400, "ErrorInvalidUrlQuery")
        asked = _SINCE.fullmatch(call.query.get("$filter", ""))
        token = call.query.get("$deltatoken", call.query.get("$skiptoken", "0_"))
        reached, _, since = token.partition("_")
        since = asked[1] if asked else since
        most = _MOST.search(call.headers.get("Prefer", ""))
        limit = int(most[1]) if most else 100
        fitting = [
            (number, one)
            for number, one in enumerate(self._kept.messages.values(), start=1)
            if number > int(reached) and one.folder == _FOLDERS[name] and one.mailbox == call.mailbox
        ]
        if since:
            fitting = [(n, one) for n, one in fitting if self._received(one) >= datetime.fromisoformat(since)]
        page = fitting[:limit]
        last = page[-1][0] if len(fitting) > limit else len(self._kept.messages)
        kind, name_of_token = ("nextLink", "$skiptoken") if len(fitting) > limit else ("deltaLink", "$deltatoken")
        link = f"{call.address}/v1.0/me/mailFolders/{name}/messages/delta?{name_of_token}={last}_{since}"
        removed = [{"id": each, "@removed": {"reason": "deleted"}} for each in self.removed]
        self.removed = []
        return Answer(
            status=200, body={"value": [*removed, *(self._told(one) for _, one in page)], f"@odata.{kind}": link}
        )

    def _told(self, message: Message) -> dict[str, Any]:
        mail = message.parsed
        sender = [one for header in mail.get_all("From", []) for one in header.addresses]
        written = [{"emailAddress": {"name": one.display_name, "address": one.addr_spec}} for one in sender]
        known = {"from": written[0]} if written else {}
        whole = shown(message, {})
        del whole["hasAttachments"]
        return {**whole, **known, "receivedDateTime": f"{self._received(message):%Y-%m-%dT%H:%M:%SZ}"}

    def _received(self, message: Message) -> datetime:
        return self.received_at.get(message.id, NOW)


def with_changes(double: GraphDouble) -> MailWithChanges:
    """Have a running double tell what has changed, too."""
    mail = MailWithChanges(double.exchange)
    double.mail = mail
    return mail


def _headers(message: Message) -> dict[str, Any]:
    pairs = [{"name": name, "value": str(value)} for name, value in message.parsed.raw_items()]
    return {"id": message.id, "internetMessageHeaders": pairs}
