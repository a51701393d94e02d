"""What comes into mailboxes at Gmail, by the history of each, or by a list where Gmail has forgotten it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from app.core.clock import Clock
from app.core.inbox import Changes, Incoming
from app.core.ports import CALL_BUDGET
from integrations.credentials.google.caller import Caller, Json, api
from integrations.credentials.google.tokens import Keys
from integrations.http import GRACE_SECONDS, NotAnswered
from integrations.mail.gmail.answers import bytes_of, look, text_in
from integrations.mail.gmail.words import told
from integrations.mail.inboxes import DAYS_BACK, addresses_of, in_words_of_the_port, kept_headers

_ME = "me"
_STEP_SECONDS = CALL_BUDGET.total_seconds() - GRACE_SECONDS
_ENOUGH_SECONDS = 3.0
"""With less time than this left, what has been looked at is handed over."""
_STEPS_AT_ONCE = 25
_LISTED_AT_ONCE = 10
"""Of a list, a page is looked at whole or not at all."""
_LEFT_ASIDE = frozenset({"DRAFT", "SPAM", "TRASH", "CHAT"})
_MOST_BYTES = 5_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class _Cursor:
    """Where to go on: after a step of the history, or, before that is begun, at a page of the list."""

    history: str
    since: int | None = None
    """Seconds of the epoch, while the last days are listed."""
    page: str = ""

    def written(self) -> str:
        listing = {"since": self.since, "page": self.page} if self.since is not None else {}
        return json.dumps({"history": self.history, **listing})

    @classmethod
    def read(cls, text: str) -> _Cursor | None:
        """None where there is none yet, or it is of another kind."""
        try:
            known = json.loads(text)
            return cls(history=str(known["history"]), since=known.get("since"), page=str(known.get("page", "")))
        except (ValueError, TypeError, KeyError, AttributeError):
            return None


class GmailInbox:
    """The inboxes of everybody who has connected a mailbox at Google."""

    def __init__(
        self,
        keys: Keys,
        *,
        clock: Clock,
        root: str | None = None,
        ca_file: str | None = None,
        days_back: timedelta = DAYS_BACK,
        seconds: float = _STEP_SECONDS,
    ) -> None:
        """`root` replaces Gmail's address, `ca_file` the authorities; a call gives up after so many `seconds`."""
        self._keys = keys
        self._clock = clock
        self._users: Any = api("gmail", "v1", root=root).users()
        self._ca_file = ca_file
        self._days_back = days_back
        self._seconds = seconds

    def changes(self, account: str, cursor: str) -> Changes:
        """Raises InboxClosed where its owner has to connect it, InboxUnavailable where Gmail cannot tell now."""
        with self._open(account) as caller:
            known = _Cursor.read(cursor)
            found = self._since(caller, known) if known is not None and known.since is None else None
            return found or self._listed(caller, known if known is not None and known.since is not None else None)

    def raw(self, account: str, key: str) -> bytes | None:
        """The mail, unless it is gone or longer than some 5 MB. Raises as `changes` does."""
        with self._open(account) as caller:
            messages = self._users.messages()
            brief = look(caller, messages.get(userId=_ME, id=key, format="minimal"))
            if brief is None or int(brief.get("sizeEstimate", 0)) > _MOST_BYTES:
                return None
            answer = look(caller, messages.get(userId=_ME, id=key, format="raw"))
            return bytes_of(text_in(answer, "raw")) if answer is not None else None

    def _since(self, caller: Caller, cursor: _Cursor) -> Changes | None:
        """What the history has after the cursor; None where Gmail has forgotten it (404)."""
        request = self._users.history().list(
            userId=_ME, startHistoryId=cursor.history, historyTypes=["messageAdded"], maxResults=_STEPS_AT_ONCE
        )
        answer = look(caller, request)
        if answer is None:
            return None
        found: list[Incoming] = []
        reached, steps = cursor.history, answer.get("history", [])
        for done, step in enumerate(steps):
            if done and caller.deadline.left() < _ENOUGH_SECONDS:
                return _changes(found, _Cursor(history=reached), is_full=False, has_more=True)
            found += self._mails(caller, _added(step))
            reached = str(step.get("id", reached))
        has_more = bool(answer.get("nextPageToken"))
        newest = reached if has_more else str(answer.get("historyId", reached))
        return _changes(found, _Cursor(history=newest), is_full=False, has_more=has_more)

    def _listed(self, caller: Caller, cursor: _Cursor | None) -> Changes:
        """A page of the last days. Where history begins is asked first: what comes meanwhile is told by that."""
        if cursor is None:
            profile = caller.call(self._users.getProfile(userId=_ME))
            since = int((self._clock.now() - self._days_back).timestamp())
            cursor = _Cursor(history=text_in(profile, "historyId"), since=since)
        query = f"after:{cursor.since} -in:drafts -in:chats"
        page = {"pageToken": cursor.page} if cursor.page else {}
        request = self._users.messages().list(userId=_ME, q=query, maxResults=_LISTED_AT_ONCE, **page)
        answer = caller.call(request)
        found = [*self._mails(caller, answer.get("messages", []))]
        following = str(answer.get("nextPageToken", ""))
        after = _Cursor(history=cursor.history, since=cursor.since if following else None, page=following)
        return _changes(found, after, is_full=True, has_more=bool(following))

    def _mails(self, caller: Caller, briefs: Iterable[Json]) -> Iterator[Incoming]:
        for brief in briefs:
            if _LEFT_ASIDE & {*brief.get("labelIds", [])}:
                continue
            # All headers: nobody says whether those that are named are found in whichever case they are written.
            answer = look(caller, self._users.messages().get(userId=_ME, id=text_in(brief, "id"), format="metadata"))
            if answer is not None and not _LEFT_ASIDE & {*answer.get("labelIds", [])}:
                yield _incoming(answer)

    @contextmanager
    def _open(self, account: str) -> Iterator[Caller]:
        opened = Caller.open(self._keys, account, seconds=self._seconds, clock=self._clock, ca_file=self._ca_file)
        with in_words_of_the_port(), told(account), opened as caller:
            yield caller


def _added(step: Mapping[str, Any]) -> list[Json]:
    return [each["message"] for each in step.get("messagesAdded", []) if isinstance(each.get("message"), dict)]


def _changes(found: Iterable[Incoming], cursor: _Cursor, *, is_full: bool, has_more: bool) -> Changes:
    each = {mail.key: mail for mail in found}
    oldest_first = sorted(each.values(), key=lambda mail: mail.received_at)
    return Changes(messages=tuple(oldest_first), cursor=cursor.written(), is_full=is_full, has_more=has_more)


def _incoming(answer: Json) -> Incoming:
    pairs = [(str(each.get("name", "")), str(each.get("value", ""))) for each in _headers(answer)]
    first: dict[str, str] = {}
    for name, value in pairs:
        first.setdefault(name.lower(), value)
    return Incoming(
        key=text_in(answer, "id"),
        message_id=first.get("message-id", "").strip(),
        thread_id=text_in(answer, "threadId"),
        sender=next(iter(addresses_of(first.get("from", ""))), ""),
        recipients=addresses_of(first.get("to", ""), first.get("cc", "")),
        subject=first.get("subject", ""),
        headers=kept_headers(pairs),
        received_at=_moment(answer),
        is_own="SENT" in answer.get("labelIds", []),
    )


def _headers(answer: Json) -> list[Json]:
    found = answer.get("payload", {}).get("headers", [])
    return [each for each in found if isinstance(each, dict)]


def _moment(answer: Json) -> datetime:
    try:
        return datetime.fromtimestamp(int(text_in(answer, "internalDate")) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise NotAnswered("Gmail answers with a moment that is none") from None
