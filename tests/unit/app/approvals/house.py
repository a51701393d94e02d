"""A house with a ladder of managers, a legal department and two time zones, and what people do in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.approvals.reviews import Reviews
from app.core.approvals import Requirement, Resolver, ResolverKind, Stage
from app.core.errors import FactUnavailable
from app.core.facts import BusySlot, Person
from app.core.notices import Notice
from app.core.routes import Tier
from app.standing import Standing
from tests.support.gates import Harness, a_draft


def person(id: str, *, manager: str | None = None, roles: tuple[str, ...] = (), **other: object) -> Person:
    base = Person(id=id, email=f"{id}@ours.example", name=id.title(), manager=manager, roles=roles)
    return replace(base, **other)  # type: ignore[arg-type]


PEOPLE = (
    person("sam", manager="ruth"),
    person("ruth", manager="vera", roles=("manager",)),
    person("vera", manager="olga", roles=("manager",)),
    person("olga", roles=("owner",)),
    person("lena", manager="vera", roles=("legal",)),
    person("luis", manager="vera", roles=("legal",)),
    person("tom", manager="ruth"),
    person("ada", roles=("admin",)),
)

MANAGER = Resolver(kind=ResolverKind.MANAGER)
LEGAL = Resolver(kind=ResolverKind.ROLE, argument="legal")
ADMIN = Resolver(kind=ResolverKind.ROLE, argument="admin")


def user(id: str) -> Resolver:
    return Resolver(kind=ResolverKind.USER, argument=id)


def agent(name: str, below: Tier = Tier.HIGH) -> Resolver:
    return Resolver(kind=ResolverKind.AGENT, argument=name, below=below)


def silence(after: timedelta) -> Resolver:
    return Resolver(kind=ResolverKind.AUTO_APPROVE, after=after)


def then(resolver: Resolver, *, needed: int = 1, fallback: Resolver | None = None) -> Stage:
    return Stage(needed=needed, resolver=resolver, fallback=fallback)


class Diaries:
    """A double of calendars: some people are away for some time, some have no calendar at all."""

    def __init__(self, away: Sequence[tuple[str, datetime, datetime]] = (), missing: Sequence[str] = ()) -> None:
        self.away, self.missing = tuple(away), frozenset(missing)

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:
        """The absences that overlap."""
        if person.id in self.missing:
            raise FactUnavailable("calendar", "there is none")
        return [
            BusySlot(start=a, end=b, summary="leave", away=True)
            for who, a, b in self.away
            if who == person.id and a < end and start < b
        ]

    def as_of(self, person: Person) -> datetime:  # noqa: ARG002
        """Long ago."""
        return datetime.fromisoformat("2026-01-01T00:00:00+00:00")


def submit(harness: Harness, requirement: Requirement, *, tier: Tier = Tier.LOW, **draft: object) -> Standing:
    """A draft in review under this demand."""
    harness.script.requirement, harness.script.tier = requirement, tier
    return harness.gate.submit(a_draft("review", **draft))


def asked(shown: Standing) -> tuple[str, ...]:
    """Who may decide now."""
    return shown.pending.people if shown.pending else ()


def told(harness: Harness, person: str) -> list[Notice]:
    """What somebody was told, newest first."""
    with harness.store.read() as reader:
        return list(reader.notices.for_recipient(person, limit=100))


def kinds(harness: Harness, person: str) -> list[str]:
    """The kinds of what somebody was told, oldest first."""
    return [notice.kind.value for notice in reversed(told(harness, person))]


def reviews(harness: Harness) -> Reviews:
    return harness.gate.reviews


def events(harness: Harness, draft_id: str, kind: str) -> list[dict[str, object]]:
    """The facts of the draft's events of a kind, oldest first."""
    with harness.store.read() as reader:
        trail = list(reader.audit.events(draft_id=draft_id))
    return [dict(event.facts) for event in trail if event.kind == kind]
