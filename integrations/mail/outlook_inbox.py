"""What comes into mailboxes at Microsoft, by what Graph says has changed in each folder."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.core.clock import Clock
from app.core.inbox import Changes, Incoming
from app.core.ports import CALL_BUDGET
from integrations.addresses import address_key
from integrations.graph import Graph, GraphStep, Reply, Unreadable
from integrations.mail.inboxes import DAYS_BACK, in_words_of_the_port, kept_headers
from integrations.mail.outlook import drafts
from integrations.mail.outlook.changes import Following
from integrations.mail.outlook.wire import not_yet, there

_NEEDS = ("Mail.ReadWrite",)
"""What sending needs as well, so that nobody is asked for more."""
_STEP_SECONDS = CALL_BUDGET.total_seconds() - 2
FOLDERS = {"inbox": False, "sentitems": True}
"""The folders that are followed, and whether what lies there was sent by the mailbox's owner."""
_PAGE = {"Prefer": "odata.maxpagesize=10"}
_SELECT = ",".join(
    (
        "conversationId",
        "from",
        "toRecipients",
        "ccRecipients",
        "subject",
        "internetMessageId",
        "receivedDateTime",
        "isDraft",
    )
)
_HEADERS = {"$select": "internetMessageHeaders"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """What one folder has told."""

    messages: tuple[Incoming, ...]
    link: str
    is_full: bool
    has_more: bool


class OutlookInbox:
    """The inboxes of everybody who has connected a mailbox at Microsoft."""

    def __init__(
        self, graph: Graph, *, clock: Clock, days_back: timedelta = DAYS_BACK, seconds: float = _STEP_SECONDS
    ) -> None:
        """A call gives up after so many `seconds`."""
        self._graph = graph
        self._clock = clock
        self._days_back = days_back
        self._seconds = seconds
        self._following = Following(clock=clock)

    def changes(self, account: str, cursor: str) -> Changes:
        """Raises InboxClosed where its owner has to connect it, InboxUnavailable where Graph cannot tell now."""
        links = _links(cursor)
        with self._step(account) as step:
            pages = {folder: self._page(step, folder, links.get(folder, "")) for folder in FOLDERS}
        found = (mail for page in pages.values() for mail in page.messages)
        return Changes(
            messages=tuple(sorted(found, key=lambda mail: mail.received_at)),
            cursor=json.dumps({folder: page.link for folder, page in pages.items()}),
            is_full=any(page.is_full for page in pages.values()),
            has_more=any(page.has_more for page in pages.values()),
        )

    def raw(self, account: str, key: str) -> bytes | None:
        """The mail, as Exchange writes it; None where it is gone. Raises as `changes` does."""
        with self._step(account) as step:
            return drafts.raw_of(step, key)

    def _page(self, step: GraphStep, folder: str, link: str) -> _Page:
        """What has changed since the link was given; where Graph takes that no more, the last days."""
        told = self._following.page(step, link, first=lambda: self._first(step, folder), size=_PAGE, folder=folder)
        mails = (self._incoming(step, each, is_own=FOLDERS[folder]) for each in told.values)
        messages = tuple(mail for mail in mails if mail is not None)
        return _Page(messages=messages, link=told.link, is_full=told.is_full, has_more=told.has_more)

    def _first(self, step: GraphStep, folder: str) -> Reply:
        since = (self._clock.now() - self._days_back).strftime("%Y-%m-%dT%H:%M:%SZ")
        query = {"changeType": "created", "$filter": f"receivedDateTime ge {since}", "$select": _SELECT}
        return step.call("GET", f"/mailFolders/{folder}/messages/delta", query=query, headers=_PAGE)

    def _incoming(self, step: GraphStep, message: Mapping[str, Any], *, is_own: bool) -> Incoming | None:
        """None for what is gone again, and for drafts."""
        if "@removed" in message or message.get("isDraft") is True:
            return None
        key = _text(message, "id")
        headers: tuple[tuple[str, str], ...] = ()
        if not is_own:  # Exchange keeps no headers of what it has sent itself
            reply = there(step.call("GET", f"/messages/{key}", query=_HEADERS), "show a mail's headers")
            if reply is None:
                return None
            headers = kept_headers(_pairs(reply.value().get("internetMessageHeaders")))
        to, copied = (_addresses(message.get(name)) for name in ("toRecipients", "ccRecipients"))
        return Incoming(
            key=key,
            message_id=str(message.get("internetMessageId") or ""),
            thread_id=_text(message, "conversationId"),
            sender=next(iter(_addresses([message.get("from")])), ""),
            recipients=tuple(dict.fromkeys((*to, *copied))),
            subject=str(message.get("subject") or ""),
            headers=headers,
            received_at=_moment(_text(message, "receivedDateTime")),
            is_own=is_own,
        )

    @contextmanager
    def _step(self, account: str) -> Iterator[GraphStep]:
        with in_words_of_the_port(), not_yet(), self._graph.step(account, _NEEDS, seconds=self._seconds) as step:
            yield step


def _links(cursor: str) -> Mapping[str, str]:
    try:
        known = json.loads(cursor)
    except ValueError:
        return {}
    return {str(name): str(link) for name, link in known.items()} if isinstance(known, dict) else {}


def _pairs(headers: object) -> Iterator[tuple[str, str]]:
    for each in headers if isinstance(headers, list) else []:
        if isinstance(each, dict):
            yield str(each.get("name", "")), str(each.get("value", ""))


def _addresses(recipients: object) -> Sequence[str]:
    found = []
    for each in recipients if isinstance(recipients, list) else []:
        mailbox = each.get("emailAddress") if isinstance(each, dict) else None
        address = mailbox.get("address") if isinstance(mailbox, dict) else None
        if isinstance(address, str) and address.count("@") == 1:
            found.append(address_key(address))
    return found


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("a mail with a moment that is none") from None
    if moment.tzinfo is None:
        raise Unreadable("a mail with a moment without a zone")
    return moment


def _text(message: Mapping[str, Any], name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not value:
        raise Unreadable(f"a mail without {name}")
    return value
