"""One calendar with its titles: read once, and from then on only what has changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.facts import BusySlot, Person
from integrations.calendars.google.events import taken
from integrations.credentials.google.caller import Caller, Json
from integrations.credentials.google.trouble import Refusal
from integrations.http import NotAnswered

_REACH = timedelta(weeks=10)
"""How far ahead a calendar is read at once: Google repeats what recurs, so a stretch has to have an end."""
_PAGE = 2500
_FORGOTTEN = 410
_BROKEN = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """Days of a calendar; half open."""

    start: datetime
    end: datetime

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether all of that lies within."""
        return self.start <= start and end <= self.end


class Agenda:
    """The events of one person's own calendar. For one thread at a time."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.as_of: datetime | None = None
        self._stretch: Stretch | None = None
        self._token = ""
        self._slots: dict[str, BusySlot] = {}
        self._in_order: Sequence[BusySlot] = ()

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether the stretch has been read."""
        return self._stretch is not None and self._stretch.covers(start, end)

    def between(self, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start."""
        stop = bisect_left(self._in_order, end, key=lambda slot: slot.start)
        return [slot for slot in self._in_order[:stop] if start < slot.end]

    def bring_up_to_date(self, events: Any, caller: Caller, start: datetime, end: datetime, *, now: datetime) -> None:
        """Read what has changed; all of it where the stretch was not read yet, or Google has forgotten where we were.

        `events` is the API's resource. Raises what `Caller.call` raises; what was known before stays known then.
        """
        if not self._token or not self.covers(start, end):
            self._read_all(events, caller, start, end)
        else:
            try:
                self._read_changes(events, caller)
            except Refusal as refused:
                if refused.status != _FORGOTTEN:
                    raise
                self._read_all(events, caller, start, end)
        self.as_of = now

    def _read_all(self, events: Any, caller: Caller, start: datetime, end: datetime) -> None:
        stretch = Stretch(start=start - timedelta(days=1), end=max(end, start + _REACH))
        limits = {"timeMin": stretch.start.isoformat(), "timeMax": stretch.end.isoformat()}
        slots: dict[str, BusySlot] = {}
        token = self._read(events, caller, limits, slots)
        self._stretch, self._token, self._slots = stretch, token, slots
        self._put_in_order()

    def _read_changes(self, events: Any, caller: Caller) -> None:
        slots = dict(self._slots)
        token = self._read(events, caller, {"syncToken": self._token}, slots)
        changed, self._token = slots != self._slots, token
        if changed:
            self._slots = slots
            self._put_in_order()

    def _read(self, events: Any, caller: Caller, limits: dict[str, str], slots: dict[str, BusySlot]) -> str:
        """Read into `slots`, page by page; returns the token by which changes are asked for later."""
        token = ""
        for page in _pages(events, caller, limits):
            for item in page.get("items", []):
                self._take(item, slots)
            token = page.get("nextSyncToken", "")
        return token

    def _take(self, item: Json, slots: dict[str, BusySlot]) -> None:
        try:
            slot = taken(item, self.person, ZoneInfo(self.person.timezone))
            key = item["id"]
        except _BROKEN:
            raise NotAnswered("an event cannot be read") from None
        if slot is None:
            slots.pop(key, None)
        else:
            slots[key] = slot

    def _put_in_order(self) -> None:
        self._in_order = sorted(self._slots.values(), key=lambda slot: (slot.start, slot.end, slot.summary))


def _pages(events: Any, caller: Caller, limits: dict[str, str]) -> Iterator[Json]:
    """The pages of a list of events; recurring ones come one by one, as often as they take place."""
    page: dict[str, str] = {}
    while True:
        request = events.list(calendarId="primary", singleEvents=True, maxResults=_PAGE, **limits, **page)
        answer = caller.call(request)
        yield answer
        if not answer.get("nextPageToken"):
            return
        page = {"pageToken": answer["nextPageToken"]}
