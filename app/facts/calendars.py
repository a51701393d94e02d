"""Whose calendar a draft needs, and from when until when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.core.errors import InvalidWorld
from app.core.facts import BusySlot, Person, Schedule
from app.core.findings import Commitment, DateMention, Due, Findings, Kind
from app.core.ports import Calendars
from app.facts.asker import Asked, Asker
from extractors.lazily import compiled

CALENDAR_MARGIN = timedelta(days=7)
"""How far past the latest day of a draft its sender's calendar is read, so that there is a free slot to suggest."""
CALENDAR_LIMIT = timedelta(days=60)
"""No calendar is read further ahead than this."""
_SOURCE = "calendar"
_CLOCK_GRAINS = frozenset({"minute", "hour"})
_OF_FREE_TIME = compiled(
    r"\b(?:free|availab\w+|diary|calendar|agenda|schedule|wide open|any ?time|whenever|all (?:day|morning|afternoon)"
    r"|any hour|clear|nothing on)\b",
    re.IGNORECASE,
)
"""Whoever speaks of a day with one of these may be saying that it is free."""
_MEETING_KINDS = frozenset({Kind.MEETING, Kind.FOLLOW_UP})


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """The days for which calendars are read."""

    start: datetime
    until: datetime
    beyond: tuple[str, ...]
    """The words of the draft that name a time too far ahead to look up."""
    limit: datetime


def stretch(findings: Findings, sender: Person, at: datetime) -> Stretch | None:
    """From the start of today to past the last time that the draft names; None where it names none."""
    scheduled = tuple(_scheduled(findings))
    if not scheduled and not any(c.kind is Kind.MEETING for c in findings.commitments):
        return None
    zone = zone_of(sender)
    limit = at + CALENDAR_LIMIT
    latest = max([at, *(_end(when, zone) for when in scheduled)])
    timed = (when for when in scheduled if when.grain in _CLOCK_GRAINS and when.from_ is not None)
    return Stretch(
        start=datetime.combine(at.astimezone(zone).date(), time(), zone),
        until=min(limit, latest + CALENDAR_MARGIN),
        beyond=tuple(when.text for when in timed if when.from_ is not None and when.from_ >= limit),
        limit=limit,
    )


def proposes_a_time(findings: Findings) -> bool:
    """Whether there is a time at which those on the mail would meet or speak, and not only one to be done by."""
    done_by = [c for c in findings.commitments if c.kind not in _MEETING_KINDS]
    return any(c.kind is Kind.MEETING for c in findings.commitments) or any(
        mention.grain in _CLOCK_GRAINS and mention.kind != "duration" and not _within(mention, done_by)
        for mention in findings.dates
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class AskedCalendars:
    """Questions under way, the sender's first."""

    days: Stretch
    questions: tuple[tuple[Person, Asked[tuple[BusySlot, ...]]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """When those who are needed are taken. `busy_until` is None where the sender's calendar is not known."""

    busy: tuple[BusySlot, ...] = ()
    busy_until: datetime | None = None
    others: tuple[Schedule, ...] = ()


def put_calendars(people: Sequence[Person], days: Stretch, calendars: Calendars, ask: Asker) -> AskedCalendars:
    """Ask for the calendars of these people, the sender first, all at the same time."""
    sources = [_SOURCE, *(f"{_SOURCE} of {person.id}" for person in people[1:])]
    questions = [_put(person, source, days, calendars, ask) for person, source in zip(people, sources, strict=True)]
    return AskedCalendars(days=days, questions=tuple(zip(people, questions, strict=True)))


def _put(person: Person, source: str, days: Stretch, calendars: Calendars, ask: Asker) -> Asked[tuple[BusySlot, ...]]:
    def question() -> Iterator[tuple[BusySlot, ...]]:
        yield tuple(calendars.busy(person, days.start, days.until))

    return ask.put(
        source,
        question,
        port=calendars,
        as_of=lambda: calendars.as_of(person),
        room=_SOURCE,
        about=person.id,
    )


def take_calendars(asked: AskedCalendars, ask: Asker) -> Taken:
    """The calendars that came. A time that nobody can look up yet is not free but unknown."""
    (sender, question), *rest = asked.questions
    busy = ask.take(question)
    others = [(person, ask.take(theirs)) for person, theirs in rest]
    known = tuple(Schedule(person=person, busy=taken) for person, taken in others if taken is not None)
    if busy is None:
        return Taken(others=known)
    for words in asked.days.beyond:
        day = asked.days.limit.astimezone(zone_of(sender)).date()
        ask.note(f"{_SOURCE} beyond {day}", f"nobody can say yet whether '{words}' is free")
    return Taken(busy=busy, busy_until=asked.days.until, others=known)


def zone_of(person: Person) -> ZoneInfo:
    """The person's time zone. Raises InvalidWorld where there is no such zone."""
    try:
        return ZoneInfo(person.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = f"'{person.timezone}' is no IANA time zone; write one such as Europe/Berlin"
        raise InvalidWorld(message, field=f"people: {person.id}.timezone") from error


def _scheduled(findings: Findings) -> Iterator[DateMention | Due]:
    """What of the draft stands in somebody's calendar: due days, times of day, and days said to be free."""
    yield from (c.due for c in findings.commitments if c.due and (c.due.due_day or c.due.grain in _CLOCK_GRAINS))
    any_day = any(_OF_FREE_TIME.search(findings.text, start, end) for start, end in findings.authored)
    for mention in findings.dates:
        if mention.grain in _CLOCK_GRAINS or (any_day and mention.due_day is not None and mention.kind != "duration"):
            yield mention


def _end(when: DateMention | Due, zone: ZoneInfo) -> datetime:
    if when.to is not None:
        return when.to
    if when.due_day is not None:
        return datetime.combine(when.due_day, time.max, zone)
    return datetime.min.replace(tzinfo=zone)


def _within(mention: DateMention, commitments: Iterable[Commitment]) -> bool:
    return any(c.start <= mention.start and mention.end <= c.end for c in commitments)
