"""What the double answers about calendars, in Graph's words."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.support.graph.answers import Answer, Call, failed

_PAGE = 2
"""Events on a page: few, so that there are several."""
_STATES = "free tentative busy oof workingElsewhere".split()  # noqa: SIM905

Event = dict[str, Any]


def event(name: str, start: str, end: str, **more: Any) -> Event:
    """An event as Graph shows it; the times in UTC, such as `2026-11-18T09:00`."""
    times = {"start": _time(start), "end": _time(end)}
    usual = {"subject": name, "showAs": "busy", "isAllDay": False, "isCancelled": False, "type": "singleInstance"}
    place = {"location": {"displayName": more.pop("location", "")}}
    answer = {"responseStatus": {"response": more.pop("response", "none"), "time": "0001-01-01T00:00:00Z"}}
    return {"@odata.etag": 'W/"1"', "id": f"AAMk-{name}", **usual, **times, **place, **answer, **more}


def occurrence(name: str, start: str, end: str, *, of: str) -> Event:
    """One of a series: of it a delta says little more than when it is."""
    times = {"start": _time(start), "end": _time(end)}
    return {"id": f"AAMk-{name}", "type": "occurrence", "seriesMasterId": f"AAMk-{of}", **times}


def _time(words: str) -> dict[str, str]:
    return {"dateTime": f"{words}:00.0000000", "timeZone": "UTC"}


class Diaries:
    """Answers about calendars."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.says: Answer | None = None
        """Instead of what it would answer."""
        self.no_delta = False
        self.shows_items = True
        self.calls: list[str] = []
        self._events: dict[str, dict[str, Event]] = defaultdict(dict)
        self._log: dict[str, list[Event]] = defaultdict(list)
        self._forgotten: set[str] = set()

    def put(self, mailbox: str, *events: Event) -> None:
        """Write events into a calendar, or write them anew."""
        with self.lock:
            for one in events:
                self._events[mailbox][one["id"]] = one
                self._log[mailbox].append(one)

    def strike(self, mailbox: str, name: str) -> None:
        """Take an event out."""
        with self.lock:
            del self._events[mailbox][f"AAMk-{name}"]
            self._log[mailbox].append({"id": f"AAMk-{name}", "@removed": {"reason": "deleted"}})

    def forget(self, mailbox: str) -> None:
        """No more know what was told about the calendar."""
        self._forgotten.add(mailbox)

    def clear(self) -> None:
        """Start anew."""
        self.__init__()  # type: ignore[misc] # that is what it means

    def knows(self, call: Call) -> bool:
        """Whether the call is about a calendar."""
        return call.path[0] in ("calendar", "calendarView")

    def answer(self, call: Call) -> Answer:
        """What Graph would say."""
        with self.lock:
            if self.says is not None:
                return self.says
            self.calls.append(f"{call.method} {'/'.join(call.path)}")
            match call.path:
                case ("calendar", "getSchedule"):
                    return self._schedules(call.value())
                case ("calendarView",):
                    at = int(call.query.get("$skip", "0"))
                    whole = [self._whole(call.mailbox, one) for one in self._events[call.mailbox].values()]
                    shown = [one for one in whole if one["type"] != "seriesMaster"]
                    wanted = {*call.query["$select"].split(","), "@odata.etag"}
                    return self._page(call, [{k: v for k, v in one.items() if k in wanted} for one in shown], at)
                case ("calendarView", "delta"):
                    return self._delta(call)
        return failed(400, "BadRequest")

    def _delta(self, call: Call) -> Answer:
        """First all events, page by page, then what was written down since."""
        if self.no_delta:
            return failed(403, "ErrorAccessDenied")
        since = call.query.get("$deltatoken")
        if since is not None and call.mailbox in self._forgotten:
            self._forgotten.discard(call.mailbox)
            return failed(410, "SyncStateNotFound")
        if since is not None:
            return self._page(call, self._log[call.mailbox][int(since) :], int(call.query.get("$skip", "0")))
        events = list(self._events[call.mailbox].values())
        return self._page(call, events, int(call.query.get("$skiptoken", "0")))

    def _page(self, call: Call, events: list[Event], at: int) -> Answer:
        path = "/".join(call.path)
        body: dict[str, Any] = {"@odata.context": "$metadata#events", "value": events[at : at + _PAGE]}
        token = call.query.get("$deltatoken")
        if at + _PAGE < len(events):
            kept = {"$deltatoken": token, "$skip": str(at + _PAGE)} if token else {"$skiptoken": str(at + _PAGE)}
            if path == "calendarView":
                kept = {"$skip": str(at + _PAGE), "$select": call.query["$select"]}
            body["@odata.nextLink"] = f"{call.address}/v1.0/me/{path}?{_query(kept)}"
        elif path.endswith("delta"):
            latest = {"$deltatoken": str(len(self._log[call.mailbox]))}
            body["@odata.deltaLink"] = f"{call.address}/v1.0/me/{path}?{_query(latest)}"
        return Answer(status=200, body=body)

    def _whole(self, mailbox: str, one: Event) -> Event:
        return {**self._events[mailbox].get(one.get("seriesMasterId", ""), {}), **one}

    def _schedules(self, value: Mapping[str, Any]) -> Answer:
        start, end = (datetime.fromisoformat(value[name]["dateTime"]) for name in ("StartTime", "EndTime"))
        if end - start > timedelta(days=62) or len(value["Schedules"]) > 20:
            return failed(400, "ErrorInvalidParameter")
        found = [self._schedule(one, start, end, value["AvailabilityViewInterval"]) for one in value["Schedules"]]
        return Answer(status=200, body={"@odata.context": "$metadata#schedules", "value": found})

    def _schedule(self, address: str, start: datetime, end: datetime, minutes: int) -> dict[str, Any]:
        if address not in self._events:
            error = {"message": "The double does not know the mailbox.", "responseCode": "ErrorMailRecipientNotFound"}
            return {"scheduleId": address, "scheduleItems": [], "availabilityView": "", "error": error}
        view = ["0"] * int((end - start) / timedelta(minutes=minutes))
        items = []
        for one in (self._whole(address, one) for one in self._events[address].values()):
            first, last = (datetime.fromisoformat(one[name]["dateTime"][:19]) for name in ("start", "end"))
            for number in range(len(view)):
                at = start + number * timedelta(minutes=minutes)
                if first < at + timedelta(minutes=minutes) and at < last:
                    view[number] = str(_STATES.index(one["showAs"]))
            shown = {"isPrivate": False, "status": one["showAs"], "subject": one["subject"]}
            items.append({**shown, "location": "", "start": one["start"], "end": one["end"]})
        shown_items = items if self.shows_items else []
        return {"scheduleId": address, "availabilityView": "".join(view), "scheduleItems": shown_items}


def _query(parts: Mapping[str, Any]) -> str:
    return "&".join(f"{name}={value}" for name, value in parts.items())
