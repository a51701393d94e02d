"""What Graph says of a person's time, as taken slots: taken or free, tentative, away, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.facts import BusySlot, Person
from integrations.graph import Unreadable

_FREE = frozenset({"free", "workingelsewhere"})
_TENTATIVE, _AWAY = "tentative", "oof"
_UNANSWERED = frozenset({"tentativelyaccepted", "notresponded"})
_IN_A_VIEW = {"1": _TENTATIVE, "2": "busy", "3": _AWAY}
"""What the figures of a view mean; 0 is free, 4 is working elsewhere, and whatever else comes counts as busy."""
_FREE_IN_A_VIEW = frozenset({"0", "4"})
VIEW_INTERVAL = timedelta(minutes=15)
_HALF_A_DAY = timedelta(hours=12)


def of_event(event: Mapping[str, Any], person: Person) -> BusySlot | None:
    """One event of the person's own calendar; None where it takes no time: free, cancelled, or declined.

    A status that nobody knows is busy. Raises Unreadable where it has no times.
    """
    status, answer = _word(event.get("showAs")), _word(_inner(event, "responseStatus").get("response"))
    if event.get("isCancelled") is True or answer == "declined" or status in _FREE:
        return None
    zone, all_day = ZoneInfo(person.timezone), event.get("isAllDay") is True
    start, end = (_moment(event.get(name)) for name in ("start", "end"))
    if all_day:
        start, end = _midnight(start, zone), _midnight(end, zone)
    return BusySlot(
        start=start.astimezone(zone),
        end=end.astimezone(zone),
        summary=str(event.get("subject") or ""),
        all_day=all_day,
        tentative=status == _TENTATIVE or answer in _UNANSWERED,
        away=status == _AWAY,
        location=_place(_inner(event, "location").get("displayName")),
    )


def of_schedule(schedule: Mapping[str, Any], person: Person, start: datetime) -> Iterator[BusySlot]:
    """A colleague's time since `start`, as far as the one who asks may see it: items, else the view of figures.

    Raises Unreadable where it has neither.
    """
    items, view = schedule.get("scheduleItems"), schedule.get("availabilityView")
    if isinstance(items, list) and items:
        yield from _of_items(items, person)
    elif isinstance(view, str):
        yield from _of_view(view, person, start)
    elif not isinstance(items, list):
        raise Unreadable("a schedule without anything in it")


def _of_items(items: Iterable[object], person: Person) -> Iterator[BusySlot]:
    zone = ZoneInfo(person.timezone)
    for item in items:
        if not isinstance(item, dict):
            raise Unreadable("a schedule with an item that is none")
        status = _word(item.get("status"))
        if status not in _FREE:
            start, end = (_moment(item.get(name)).astimezone(zone) for name in ("start", "end"))
            yield BusySlot(
                start=start,
                end=end,
                summary=str(item.get("subject") or ""),
                all_day=start < end and start.time() == end.time() == time(),
                tentative=status == _TENTATIVE,
                away=status == _AWAY,
                location=_place(item.get("location")),
            )


def _of_view(view: str, person: Person, start: datetime) -> Iterator[BusySlot]:
    """One slot for each run of the same figure."""
    zone, begin = ZoneInfo(person.timezone), 0
    for at in range(1, len(view) + 1):
        if at < len(view) and view[at] == view[begin]:
            continue
        if view[begin] not in _FREE_IN_A_VIEW:
            status = _IN_A_VIEW.get(view[begin], "busy")
            first, last = (start + number * VIEW_INTERVAL for number in (begin, at))
            yield BusySlot(
                start=first.astimezone(zone),
                end=last.astimezone(zone),
                summary="",
                tentative=status == _TENTATIVE,
                away=status == _AWAY,
            )
        begin = at


def _moment(value: object) -> datetime:
    """A time in UTC, as it was asked for."""
    stated = value if isinstance(value, dict) else {}
    words, zone = stated.get("dateTime"), stated.get("timeZone", "UTC")
    try:
        moment = datetime.fromisoformat(str(words)[:19])
    except ValueError:
        raise Unreadable("an event without a time that can be read") from None
    if zone != "UTC":
        raise Unreadable("an event whose times are not in UTC, as was asked for")
    return moment.replace(tzinfo=UTC)


def _midnight(moment: datetime, zone: ZoneInfo) -> datetime:
    """The midnight that an all-day event means, in the person's zone.

    It comes as midnight UTC, or as what was midnight where it was written: the nearest one in the zone is meant.
    """
    day = moment.date() if moment.time() == time() else (moment.astimezone(zone) + _HALF_A_DAY).date()
    return datetime.combine(day, time(), zone)


def _inner(event: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = event.get(name)
    return value if isinstance(value, dict) else {}


def _word(value: object) -> str:
    return value.lower() if isinstance(value, str) else ""


def _place(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
