"""When people are busy, without why: of up to 50 calendars at once that one account may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.core.facts import BusySlot, Person
from integrations.credentials.google.caller import Caller, Json
from integrations.http import NotAnswered

MOST_AT_ONCE = 50
"""Calendars in one question; Google answers no more."""
REACH = timedelta(weeks=6)
"""How far ahead is asked at once, so that the next drafts find it known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Busy:
    """What one person's calendar answers for a stretch. `unseen` says why it does not; empty where it does."""

    start: datetime
    end: datetime
    as_of: datetime
    slots: tuple[BusySlot, ...] = ()
    unseen: str = ""

    def covers(self, start: datetime, end: datetime) -> bool:
        """Whether it answers for all of that."""
        return self.start <= start and end <= self.end

    def between(self, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The taken slots that overlap `[start, end)`, in order of start."""
        return [slot for slot in self.slots if slot.start < end and start < slot.end]


def ask(
    freebusy: Any, caller: Caller, people: Sequence[Person], start: datetime, end: datetime, *, now: datetime
) -> Mapping[str, Busy]:
    """What the people's calendars answer, by address. `freebusy` is the API's resource.

    Raises what `Caller.call` raises.
    """
    found: dict[str, Busy] = {}
    until = max(end, start + REACH)
    for some in _in_batches(people):
        items = [{"id": person.email} for person in some]
        body = {"timeMin": start.isoformat(), "timeMax": until.isoformat(), "items": items}
        answer = caller.call(freebusy.query(body=body)).get("calendars", {})
        for person in some:
            said = answer.get(person.email, {"errors": [{"reason": "notFound"}]})
            slots, unseen = _slots(said, person), _unseen(said)
            found[person.email] = Busy(start=start, end=until, as_of=now, slots=slots, unseen=unseen)
    return found


def _in_batches(people: Sequence[Person]) -> Iterator[Sequence[Person]]:
    yield from (people[at : at + MOST_AT_ONCE] for at in range(0, len(people), MOST_AT_ONCE))


def _unseen(said: Json) -> str:
    errors = said.get("errors") or []
    return str(errors[0].get("reason", "no reason given")) if errors else ""


def _slots(said: Json, person: Person) -> tuple[BusySlot, ...]:
    zone = ZoneInfo(person.timezone)
    try:
        moments = [
            (
                datetime.fromisoformat(each["start"]).astimezone(zone),
                datetime.fromisoformat(each["end"]).astimezone(zone),
            )
            for each in said.get("busy", [])
        ]
    except (ValueError, KeyError, TypeError):
        raise NotAnswered("a busy time cannot be read") from None
    return tuple(BusySlot(start=start, end=end, summary="") for start, end in sorted(moments))


def _moment(stated: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(stated).astimezone(zone)
