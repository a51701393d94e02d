"""What one of Google's events says about its owner's time, by the rules that hold for every calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Event, vCalAddress

from app.core.facts import BusySlot, Person
from integrations.calendars.events import slot_of, takes_time

_ANSWERS = {"needsAction": "NEEDS-ACTION", "declined": "DECLINED", "tentative": "TENTATIVE", "accepted": "ACCEPTED"}
_PLACE_ONLY = "workingLocation"
_AWAY = "outOfOffice"


def taken(item: dict[str, Any], person: Person, zone: ZoneInfo) -> BusySlot | None:
    """The stretch that the event takes of the person's time; None where it takes none.

    Raises ValueError, KeyError or TypeError for what is no event.
    """
    if item.get("status") == "cancelled" or item.get("eventType") == _PLACE_ONLY:
        return None
    event = _event(item, person)
    if not takes_time(event, person):
        return None
    slot = slot_of(event, person, zone)
    return slot if slot.start < slot.end else None


def _event(item: dict[str, Any], person: Person) -> Event:
    """The event as iCalendar has it, so that one set of rules reads them all."""
    event = Event()
    event.add("summary", str(item.get("summary", "")))
    event.add("dtstart", _moment(item["start"]))
    event.add("dtend", _moment(item["end"]))
    event.add("status", str(item.get("status", "confirmed")).upper())
    event.add("transp", str(item.get("transparency", "opaque")).upper())
    if item.get("location"):
        event.add("location", str(item["location"]))
    if item.get("eventType") == _AWAY:
        event.add("x-microsoft-cdo-busystatus", "OOF")
    for attendee in item.get("attendees", []):
        if attendee.get("self"):
            own = vCalAddress(f"mailto:{person.email}")
            own.params["PARTSTAT"] = _ANSWERS.get(str(attendee.get("responseStatus")), "NEEDS-ACTION")
            event.add("attendee", own, encode=False)
    return event


def _moment(stated: dict[str, str]) -> date | datetime:
    """A day, or a moment with its offset."""
    if "date" in stated:
        return date.fromisoformat(stated["date"])
    moment = datetime.fromisoformat(stated["dateTime"])
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(stated["timeZone"]))
