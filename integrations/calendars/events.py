"""What one iCalendar event says about its owner's time: taken or free, tentative, away, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Event, vCalAddress

from app.core.facts import BusySlot, Person
from integrations.addresses import address_key

_BUSY_STATUS = "X-MICROSOFT-CDO-BUSYSTATUS"
_FREE = frozenset({"FREE", "WORKINGELSEWHERE"})
_LEAVE = (
    r"(?:(?:annual|parental|maternity|paternity|sick|medical|compassionate|unpaid|family)\s+)?"
    r"(?:leave|vacation|holidays?|pto|time\s+off|days?\s+off|sick(?:\s+day)?|sabbatical|urlaub|abwesend|cong[eé]s?)"
)
_OUT = r"(?:out\s+of\s+(?:the\s+)?office|ooo|away|travel(?:l?ing)?|absent|on\s+(?:\w+\s+)?(?:leave|vacation|holiday))"
_NOTHING_ELSE = r"(?=\s*(?:$|[^\w\s]|\d|(?:in|to|until|till|from|with|and|this|all|today)\b))"
"""What follows may say where or until when, but no noun: "leave planning" and "vacation rentals" are meetings."""
_AWAY_ALL_DAY = re.compile(rf"(?:{_LEAVE}|{_OUT})\b{_NOTHING_ELSE}", re.IGNORECASE)
_AWAY_ANY_TIME = re.compile(rf"(?:out\s+of\s+(?:the\s+)?office|ooo)\b{_NOTHING_ELSE}", re.IGNORECASE)
_AWAY_CATEGORY = re.compile(rf"(?:{_LEAVE}|{_OUT}|absence)", re.IGNORECASE)


def takes_time(event: Event, person: Person) -> bool:
    """Whether the event is not free: neither transparent, cancelled nor declined by its owner."""
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or _answer(event, person) == "DECLINED":
        return False
    if _busy_status(event) == "OOF":
        return True
    return str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT" and _busy_status(event) not in _FREE


def slot_of(event: Event, person: Person, zone: ZoneInfo) -> BusySlot:
    """The event in the person's zone; all-day and floating ones stand in it."""
    all_day = not isinstance(event.start, datetime)
    return BusySlot(
        start=_moment(event.start, zone),
        end=_moment(event.end, zone),
        summary=str(event.get("SUMMARY", "")),
        all_day=all_day,
        tentative=_is_tentative(event, person),
        away=_is_away(event, person, all_day=all_day),
        location=" ".join(str(event.get("LOCATION", "")).split()),
    )


def _is_tentative(event: Event, person: Person) -> bool:
    stated = {str(event.get("STATUS", "")).upper(), _busy_status(event), _answer(event, person)}
    return "TENTATIVE" in stated


def _is_away(event: Event, person: Person, *, all_day: bool) -> bool:
    """Whether the owner is absent. A colleague's leave in a shared calendar names the colleague first."""
    if _busy_status(event) == "OOF":
        return True
    summary = _without_owner(str(event.get("SUMMARY", "")), person)
    if (_AWAY_ALL_DAY if all_day else _AWAY_ANY_TIME).match(summary):
        return True
    return all_day and any(_AWAY_CATEGORY.fullmatch(category) for category in _categories(event))


def _without_owner(summary: str, person: Person) -> str:
    """The title without the owner's own name around it: "Priya - annual leave", "Annual leave Priya"."""
    names = "|".join(re.escape(name) for name in (person.name, person.name.split()[0] if person.name else "") if name)
    summary = re.sub(rf"^[\W_]*(?:(?:{names})\b(?:['’]s|\s+is)?[\s:–—-]*)?", "", summary, flags=re.IGNORECASE)
    return re.sub(rf"\s+(?:{names})\W*$", "", summary, flags=re.IGNORECASE)


def _categories(event: Event) -> Iterator[str]:
    found = event.get("CATEGORIES", [])
    for each in found if isinstance(found, list) else [found]:
        yield from (str(category).strip() for category in getattr(each, "cats", [each]))


def _busy_status(event: Event) -> str:
    return str(event.get(_BUSY_STATUS, "")).upper()


def _answer(event: Event, person: Person) -> str:
    """How the owner has answered the invitation, such as `ACCEPTED`; empty where nobody asked."""
    own = address_key(person.email)
    found = event.get("ATTENDEE", [])
    attendees = [a for a in (found if isinstance(found, list) else [found]) if isinstance(a, vCalAddress)]
    answers = [a for a in attendees if address_key(str(a).lower().removeprefix("mailto:")) == own]
    return str(answers[-1].params.get("PARTSTAT", "")).upper() if answers else ""


def _moment(value: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)
