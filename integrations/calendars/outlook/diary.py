"""One person's own calendar, read once in full and from then on by what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from app.core.errors import FactUnavailable
from app.core.facts import BusySlot, Person
from integrations.calendars.outlook.slots import of_event
from integrations.graph import GraphStep, Reply, Unreadable

Event = Mapping[str, Any]

SOURCE = "calendar"
_UTC = {"Prefer": 'outlook.timezone="UTC", odata.maxpagesize=200'}
_MOST_PAGES = 200
_SELECT = "id,subject,start,end,isAllDay,isCancelled,showAs,responseStatus,location,type"


class Silent(Exception):
    """Graph does not answer now: what is known may still be good enough."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Diary:
    """The events of a stretch of days, and where to ask what has changed in it; empty where that is not to be had."""

    start: datetime
    end: datetime
    as_of: datetime
    """When Graph was asked."""
    events: Mapping[str, Event] = field(default_factory=dict)
    link: str = ""

    def slots(self, person: Person) -> tuple[BusySlot, ...]:
        """The taken ones, in order of start. Raises Unreadable where an event has no times."""
        found = (of_event(self._whole(event), person) for event in self.events.values() if _is_one(event))
        taken = (slot for slot in found if slot is not None and slot.start < slot.end)
        return tuple(sorted(taken, key=lambda slot: (slot.start, slot.end, slot.summary)))

    def _whole(self, event: Event) -> Event:
        """An occurrence of a series says only when it is; all else its series says."""
        master = self.events.get(str(event.get("seriesMasterId") or ""))
        return {**master, **event} if master else event


def read(step: GraphStep, *, start: datetime, end: datetime, at: datetime) -> Diary:
    """The whole stretch; by changes from then on, where Graph lets this account follow them."""
    query = {"startDateTime": _in_utc(start), "endDateTime": _in_utc(end)}
    diary = Diary(start=start, end=end, as_of=at)
    first = step.call("GET", "/calendarView/delta", query=query, headers=_UTC)
    if first.status in (400, 403, 501):  # it takes more permission than reading does
        first = step.call("GET", "/calendarView", query={**query, "$select": _SELECT, "$top": "200"}, headers=_UTC)
    return _followed(step, diary, first)


def refreshed(step: GraphStep, diary: Diary, *, at: datetime) -> Diary:
    """The same stretch, as it is now. Where Graph has forgotten what it told us, it is read anew."""
    if not diary.link:
        return read(step, start=diary.start, end=diary.end, at=at)
    reply = step.follow(diary.link, headers=_UTC)
    if reply.status == 410:
        return read(step, start=diary.start, end=diary.end, at=at)
    return _followed(step, replace(diary, as_of=at), reply)


def _followed(step: GraphStep, diary: Diary, reply: Reply) -> Diary:
    """The diary with what this page and those after it say."""
    events = dict(diary.events)
    for _ in range(_MOST_PAGES):
        page = told(reply).value()
        for event in reply.values():
            _take(events, event)
        onward = page.get("@odata.nextLink")
        if not isinstance(onward, str):
            link = page.get("@odata.deltaLink")
            return replace(diary, events=events, link=link if isinstance(link, str) else "")
        reply = step.follow(onward, headers=_UTC)
    raise Unreadable("a calendar without an end")


def told(reply: Reply) -> Reply:
    """The reply, where it is an answer. Raises Silent where there may be one later, FactUnavailable elsewhere."""
    if reply.is_success:
        return reply
    if reply.status == 429 or reply.status >= 500:
        waiting = f"; it wants to be asked again in {reply.pause.total_seconds():.0f} s" if reply.pause else ""
        raise Silent(f"Graph says {reply.in_words}{waiting}")
    reason = f"Graph says {reply.in_words}; see that the account has a calendar in Outlook and agreed to show it"
    raise FactUnavailable(SOURCE, reason)


def _take(events: dict[str, Event], event: Event) -> None:
    name = event.get("id")
    if not isinstance(name, str):
        raise Unreadable("an event without an id")
    if "@removed" in event:
        events.pop(name, None)
    else:
        events[name] = event


def _is_one(event: Event) -> bool:
    """Whether it takes place itself: a series does by its occurrences."""
    return event.get("type") != "seriesMaster"


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"
