"""From what a rule demands to those who may give it: who is asked, why, and in whose name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.approvals.quorum import edit_bars, is_enough
from app.core.approvals import (
    AGENT_PREFIX,
    SENDER,
    Requirement,
    Resolver,
    ResolverKind,
    Seat,
    Stage,
    Via,
)
from app.core.facts import Deal, Person
from app.core.ports import People
from app.core.routes import Tier

LAST_RESORT_ROLE = "admin"
"""The role that is asked when neither the rule's resolvers nor the sender's managers yield enough people."""

NEVER_BY_SILENCE = (Tier.HIGH, Tier.CRITICAL)
"""Tiers in which silence is never consent."""


class WhoIsAway(Protocol):
    """Who is not there at the moment of asking."""

    def is_away(self, person: Person) -> bool:
        """Whether the person said so, or their calendar does."""
        ...

    def delegate(self, person_id: str) -> str | None:
        """The id of the one who stands in, or None."""
        ...


class EverybodyIsHere:
    """Nobody is away."""

    def is_away(self, person: Person) -> bool:  # noqa: ARG002
        """No."""
        return False

    def delegate(self, person_id: str) -> str | None:  # noqa: ARG002
        """None."""
        return None


_EVERYBODY_IS_HERE = EverybodyIsHere()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """What about a draft decides who is asked about it."""

    sender: Person
    deal: Deal | None
    people: People
    editors: frozenset[str] = frozenset()
    """Ids of those who changed the draft."""
    separate_duties: bool = False
    tier: Tier | None = None
    """None: not known, which counts as too high for agents and for silence."""
    agent: str | None = None
    """The agent that wrote the draft; it never decides about it."""
    spent: frozenset[str] = frozenset()
    """Ids of those who approved in an earlier stage, or in whose name somebody did."""
    away: WhoIsAway = _EVERYBODY_IS_HERE
    """By default everybody is there, and nobody is looked up for it."""

    def bars(self, person: str, stage: Stage) -> bool:
        """Whether the person may not be asked in this stage at all."""
        return (
            edit_bars(person, stage, separate=self.separate_duties, editors=self.editors)
            or (self.separate_duties and person == self.sender.id)
            or person in self.spent
        )

    def bars_stand_in(self, person: str, stage: Stage) -> bool:
        """Whether the person may not take over somebody else's place: the sender never may, nor an editor."""
        return self.bars(person, stage) or person == self.sender.id or person in self.editors


def people_for(
    requirement: Requirement,
    *,
    sender: Person,
    deal: Deal | None,
    people: People,
    editors: frozenset[str],
    tier: Tier | None = None,
    agent: str | None = None,
) -> tuple[str, ...]:
    """Ids of those who are asked first, without repetitions, as if everybody were there.

    An empty answer means that nobody may decide and the draft stays in review; `shortage` says why.
    Raises FactUnavailable where the directory cannot be read.
    """
    case = Case(
        sender=sender,
        deal=deal,
        people=people,
        editors=editors,
        separate_duties=requirement.separate_duties,
        tier=tier,
        agent=agent,
    )
    return seated(seats_for(requirement.stages[0], case))


def seated(seats: Iterable[Seat]) -> tuple[str, ...]:
    """Who sits there, each once, in order."""
    return tuple(dict.fromkeys(seat.person for seat in seats))


def seats_for(stage: Stage, case: Case) -> tuple[Seat, ...]:
    """The places of those who may decide in this stage, the first asked first.

    Asked in this order, and no further than the demand needs: the resolver, its fallback, the sender's managers from
    the nearest up, everybody with the role `admin`. Somebody who is away keeps the place and does not count as asked:
    their delegate does, or else the next circle is asked too. Raises FactUnavailable as above.
    """
    seats: dict[str, Seat] = {}
    for circle in _circles(stage, case):
        for seat in circle:
            if seat.person not in seats and not case.bars(seat.person, stage):
                seats[seat.person] = seat
        filled = with_delegates(seats.values(), stage, case)
        if is_enough(_present(filled, case), stage, case.editors):
            return filled
    return with_delegates(seats.values(), stage, case) if set(seats) - case.editors else ()


def with_delegates(seats: Iterable[Seat], stage: Stage, case: Case) -> tuple[Seat, ...]:
    """These seats without the delegates they had, and with the delegates of those who are away now."""
    own = [seat for seat in seats if seat.via is not Via.DELEGATE]
    standing_in = (stand_in for seat in own if (stand_in := _stand_in(seat, stage, case)) is not None)
    return (*own, *standing_in)


def consulted(requirement: Requirement, case: Case) -> tuple[str, ...]:
    """Ids of those who get a view. Raises FactUnavailable."""
    found = (person.id for resolver in requirement.consulted for person in _resolve(resolver, case))
    return tuple(dict.fromkeys(found))


def accountable(requirement: Requirement, case: Case) -> str | None:
    """The id of the one who answers for the outcome: the first whom the resolver finds. Raises FactUnavailable."""
    if requirement.accountable is None:
        return None
    return next((person.id for person in _resolve(requirement.accountable, case)), None)


def seats_above(seats: Sequence[Seat], stage: Stage, case: Case) -> tuple[Seat, ...]:
    """The next step of the ladder: the managers of those who sit here, passing over those who may not decide.

    Above an agent stand the people whom the rule would have asked otherwise. Empty where the ladder ends.
    """
    known = {seat.person for seat in seats}
    found: dict[str, Seat] = {}
    for seat in seats:
        for person in _next_above(seat, stage, case, known):
            found[person.id] = Seat(person=person.id, via=Via.ESCALATED)
    return tuple(found.values())


def may_take(seat: Seat, person: Person, stage: Stage, case: Case) -> str | None:
    """Why this person may not take over the seat, in plain words; None where they may."""
    if case.bars_stand_in(person.id, stage):
        return f"{person.id} wrote, edited or approved it already, so cannot stand in for somebody else"
    if seat.role is not None and not {seat.role, LAST_RESORT_ROLE} & set(person.roles):
        return f"{person.id} lacks the role {seat.role}, which this place demands"
    return None


def managers_of(person: Person, people: People) -> Iterator[Person]:
    """Their manager, that one's manager and so on; ends at a gap, and where the line turns back on itself."""
    seen = {person.id}
    below = person
    while above := _known(below.manager, people):
        below = above[0]
        if below.id in seen:
            return
        seen.add(below.id)
        yield below


def _next_above(seat: Seat, stage: Stage, case: Case, known: set[str]) -> Iterator[Person]:
    if seat.person.startswith(AGENT_PREFIX):
        circles = list(_people_circles(stage, case))
        yield from next(filter(None, ([p for p, _ in c if _is_new(p, stage, case, known)] for c in circles)), ())
        return
    person = case.people.person(seat.person)
    above = managers_of(person, case.people) if person else iter(())
    yield from [manager for manager in above if _is_new(manager, stage, case, known)][:1]


def _is_new(person: Person, stage: Stage, case: Case, known: set[str]) -> bool:
    return person.id not in known and not case.bars(person.id, stage) and person.id != case.sender.id


def _circles(stage: Stage, case: Case) -> Iterator[Sequence[Seat]]:
    """Who is asked first, who next: lazily, so that the directory is read no further than needed."""
    if stage.resolver.kind is ResolverKind.AGENT and (agent := _agent(stage.resolver, case)):
        yield [Seat(person=agent)]
    for circle in _people_circles(stage, case):
        yield [_seat(person, via, stage) for person, via in circle]


def _people_circles(stage: Stage, case: Case) -> Iterator[Sequence[tuple[Person, Via]]]:
    yield [(person, Via.RESOLVER) for person in _resolve(stage.resolver, case)]
    if stage.fallback is not None:
        yield [(person, Via.FALLBACK) for person in _resolve(stage.fallback, case)]
    for manager in managers_of(case.sender, case.people):
        yield [(manager, Via.MANAGER)]
    yield [(person, Via.LAST_RESORT) for person in case.people.with_role(LAST_RESORT_ROLE)]


def _seat(person: Person, via: Via, stage: Stage) -> Seat:
    asked = {Via.RESOLVER: stage.resolver, Via.FALLBACK: stage.fallback}.get(via)
    by_role = asked is not None and asked.kind is ResolverKind.ROLE
    return Seat(person=person.id, via=via, role=asked.argument if asked and by_role else None)


def _resolve(resolver: Resolver, case: Case) -> Sequence[Person]:
    match resolver.kind:
        case ResolverKind.USER:
            return [case.sender] if resolver.argument == SENDER else _known(resolver.argument, case.people)
        case ResolverKind.MANAGER:
            return list(managers_of(case.sender, case.people))[:1]
        case ResolverKind.ROLE:
            return case.people.with_role(resolver.argument) if resolver.argument else []
        case ResolverKind.RECORD_OWNER:
            return _known(case.deal.owner, case.people) if case.deal else []
        case ResolverKind.AGENT | ResolverKind.AUTO_APPROVE:
            return []


def _agent(resolver: Resolver, case: Case) -> str | None:
    """The agent that may decide: below its tier, and never about what it wrote itself."""
    if resolver.argument is None or resolver.below is None or case.tier is None or resolver.argument == case.agent:
        return None
    return AGENT_PREFIX + resolver.argument if case.tier.rank < resolver.below.rank else None


def _known(id: str | None, people: People) -> list[Person]:
    person = people.person(id) if id else None
    return [person] if person else []


def _present(seats: Sequence[Seat], case: Case) -> set[str]:
    """Those who are there, delegates included."""
    return {seat.person for seat in seats if not _is_away(seat.person, case)}


def _is_away(person_id: str, case: Case) -> bool:
    if case.away is _EVERYBODY_IS_HERE or person_id.startswith(AGENT_PREFIX):
        return False
    person = case.people.person(person_id)
    return person is not None and case.away.is_away(person)


def _stand_in(seat: Seat, stage: Stage, case: Case) -> Seat | None:
    """The seat of whoever stands in for somebody who is away; a delegate who is away passes it on in turn."""
    if not _is_away(seat.person, case):
        return None
    seen, at = {seat.person}, seat.person
    while (delegate := case.away.delegate(at)) is not None and delegate not in seen:
        seen.add(delegate)
        person = case.people.person(delegate)
        if person is None:
            return None
        if not case.away.is_away(person):
            barred = may_take(seat, person, stage, case) is not None
            return None if barred else Seat(person=delegate, via=Via.DELEGATE, instead_of=seat.person, role=seat.role)
        at = delegate
    return None
