"""A double of our own of Google Calendar, held to Google's published contract: lists, changes, and who is busy."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.emulators.google.calls import Call, Reply, refuse, reply
from tests.emulators.google.contract import method_of
from tests.emulators.google.oauth import SignInDouble

Event = dict[str, Any]
_WEEK = timedelta(weeks=1)


@dataclass(kw_only=True)
class Book:
    """One person's calendar. Each change has a number; `forgotten` are those that no token can go back to."""

    events: dict[str, Event] = field(default_factory=dict)
    weekly: frozenset[str] = frozenset()
    changes: list[str] = field(default_factory=list)
    forgotten: int = 0


class CalendarDouble:
    """The calendars of a house. `shows` says whose free and busy times an account may see."""

    def __init__(self) -> None:
        self.sign_in = SignInDouble()
        self.books: dict[str, Book] = {}
        self.shows: dict[str, set[str]] = {}
        self._lists: dict[str, Iterator[list[Event]]] = {}
        self._numbers = itertools.count(1)

    def book(self, email: str) -> Book:
        """The person's calendar; made where there is none."""
        self.shows.setdefault(email, {email})
        return self.books.setdefault(email, Book())

    def put(self, email: str, event: Event) -> None:
        """Write an event, or another version of it."""
        book = self.book(email)
        book.events[event["id"]] = event
        book.changes.append(event["id"])

    def __call__(self, call: Call) -> Reply:
        """Its answer."""
        signing_in = self.sign_in(call)
        if signing_in is not None:
            return signing_in
        agreed, method = self.sign_in.who(call.bearer), method_of(call)
        if agreed is None:
            return refuse(401, "authError")
        assert method is not None, f"{call.path} is no method"
        if not method.scopes & {*agreed.scopes}:
            return refuse(403, "insufficientPermissions")
        if method.id == "calendar.freebusy.query":
            return self._busy(agreed.email, call.json)
        return self._list(self.books[agreed.email], call)

    # ── events ────────────────────────────────────────────────────────────────────────────────────────────

    def _list(self, book: Book, call: Call) -> Reply:
        page, since = call.parameter("pageToken"), call.parameter("syncToken")
        if since and int(since) < book.forgotten:
            return refuse(410, "fullSyncRequired")
        if not page:
            page = f"p{next(self._numbers)}"
            found = self._changed(book, int(since)) if since else self._within(book, call)
            self._lists[page] = _in_pages(found, int(call.parameter("maxResults", "250")))
        items = next(self._lists[page], [])
        more = len(items) == int(call.parameter("maxResults", "250"))
        told = {"nextPageToken": page} if more else {"nextSyncToken": str(len(book.changes))}
        return reply({"kind": "calendar#events", "items": items, **told})

    def _within(self, book: Book, call: Call) -> Iterator[Event]:
        start, end = (datetime.fromisoformat(call.parameter(name)) for name in ("timeMin", "timeMax"))
        for event in book.events.values():
            if event.get("status") != "cancelled":
                yield from self._repeated(book, event, start, end)

    def _changed(self, book: Book, since: int) -> Iterator[Event]:
        for key in dict.fromkeys(book.changes[since:]):
            yield book.events[key]

    def _repeated(self, book: Book, event: Event, start: datetime, end: datetime) -> Iterator[Event]:
        if event["id"] not in book.weekly:
            if _moment(event["start"]) < end and start < _moment(event["end"]):
                yield event
            return
        for week in range(int((end - _moment(event["start"])) / _WEEK) + 1):
            begins, ends = (_moment(event[name]) + week * _WEEK for name in ("start", "end"))
            if begins < end and start < ends:
                moments = {"start": {"dateTime": begins.isoformat()}, "end": {"dateTime": ends.isoformat()}}
                yield {**event, **moments, "id": f"{event['id']}_{week}", "recurringEventId": event["id"]}

    # ── free and busy ─────────────────────────────────────────────────────────────────────────────────────

    def _busy(self, account: str, asked: Mapping[str, Any]) -> Reply:
        if len(asked["items"]) > 50:
            return refuse(400, "tooManyCalendarsRequested")
        start, end = (datetime.fromisoformat(asked[name]) for name in ("timeMin", "timeMax"))
        said = {item["id"]: self._of_one(account, item["id"], start, end) for item in asked["items"]}
        return reply({"kind": "calendar#freeBusy", "calendars": said})

    def _of_one(self, account: str, email: str, start: datetime, end: datetime) -> dict[str, Any]:
        book = self.books.get(email)
        if book is None or email not in self.shows.get(account, set()):
            return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
        found = itertools.chain.from_iterable(self._repeated(book, e, start, end) for e in book.events.values())
        opaque = [each for each in found if each.get("transparency") != "transparent"]
        return {"busy": [{"start": each["start"]["dateTime"], "end": each["end"]["dateTime"]} for each in opaque]}


def _in_pages(events: Iterator[Event], size: int) -> Iterator[list[Event]]:
    while page := list(itertools.islice(events, size)):
        yield page


def _moment(stated: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(stated.get("dateTime") or f"{stated['date']}T00:00:00+00:00")
