"""Mails that propose a time, and calendars to hold them against."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.core.facts import Account, BusySlot, Facts, Person, Recipient, Schedule
from app.core.findings import Findings, Kind
from tests.unit.app.checks.builders import ACME, DANA, at, busy, facts, found, promise

TOM = Person(id="tom", email="tom@ours.example", name="Tom Whitaker", timezone="America/New_York", holidays="US")
LENA = Person(id="lena", email="lena@ours.example", name="Lena Fuchs", timezone="Europe/Berlin", holidays="DE")


def meeting(text: str, when: str, start: datetime, minutes: int = 1, **how: str) -> Findings:
    """A mail whose one sentence proposes a time."""
    return found(text, promise(text, kind=Kind.MEETING, action="meet"), at(when, start, minutes, **how))


def part_of_day(text: str, when: str, start: datetime, hours: int) -> Findings:
    """A mail whose one sentence proposes a day or a part of one."""
    kind, grain = ("date", "day") if hours == 24 else ("datetime", "hour")
    return meeting(text, when, start, hours * 60, kind=kind, grain=grain)


def tentative(start: datetime, hours: float, summary: str = "Hold: planning") -> BusySlot:
    """An entry that may still fall through."""
    return replace(busy(start, hours, summary), tentative=True)


def away(day: datetime, days: int = 1) -> BusySlot:
    """Leave of whole days."""
    return BusySlot(start=day, end=day + timedelta(days=days), summary="Leave", all_day=True, away=True)


def somewhere(start: datetime, hours: float, location: str) -> BusySlot:
    """An entry that says where it takes place."""
    return replace(busy(start, hours, "Plant tour"), location=location)


def with_colleague(person: Person, *slots: BusySlot, **changes: object) -> Facts:
    """The quiet world with a colleague's calendar."""
    return facts(others=(Schedule(person=person, busy=slots),), **changes)


def reader_in(zone: str | None) -> Facts:
    """The quiet world with Dana in another time zone."""
    return facts(recipients=(Recipient(email=DANA.email, contact=replace(DANA, timezone=zone)),))


NAMED = Account(id="acme", name=ACME.name, domains=ACME.domains, aliases=("Millworks",))
