"""Who sits before a draft, by the directory, the CRM, the calendars and what people said about being away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from app.approvals.away import AwayNow, Diaries
from app.approvals.quorum import is_enough
from app.approvals.resolvers import Case, accountable, consulted, seated, seats_for, with_delegates
from app.approvals.timers import Timer, timers
from app.core.approvals import (
    AGENT_PREFIX,
    ApprovalRequest,
    ApprovalState,
    Requirement,
    ResolverKind,
    Seat,
    Verdict,
    Via,
)
from app.core.assessment import Assessment
from app.core.errors import FactUnavailable
from app.core.facts import Deal, Person
from app.core.ids import Ids
from app.core.ports import World
from app.core.thresholds import USUAL
from app.facts import CrmInTime, Lookups, PeopleInTime
from app.facts.in_time import CalendarsInTime
from app.matter import MatterRow
from app.store.store import Reader

_LOOK_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Puts requests together and says what becomes of them with time. No source may take longer than in a verdict."""

    world: World
    lookups: Lookups

    @cached_property
    def _diaries(self) -> Diaries:
        return Diaries(CalendarsInTime(self.lookups, USUAL.facts_budget, self.world.calendars))

    def case(
        self,
        reader: Reader,
        row: MatterRow,
        assessment: Assessment,
        requirement: Requirement,
        *,
        editors: frozenset[str],
        now: datetime,
        spent: frozenset[str] = frozenset(),
    ) -> Case:
        """What decides now who is asked about it."""
        return Case(
            sender=assessment.sender,
            deal=self._deal(row, requirement),
            people=PeopleInTime(self.lookups, USUAL.facts_budget, self.world.people),
            editors=editors,
            separate_duties=requirement.separate_duties,
            tier=assessment.risk.tier,
            agent=row.agent,
            spent=spent,
            away=AwayNow(reader.absences.at(now), self._diaries, now=now),
        )

    def _deal(self, row: MatterRow, requirement: Requirement) -> Deal | None:
        stages = requirement.stages
        named = [*(s.resolver for s in stages), *(s.fallback for s in stages), *requirement.consulted]
        kinds = {resolver.kind for resolver in (*named, requirement.accountable) if resolver}
        if row.deal_id is None or ResolverKind.RECORD_OWNER not in kinds:
            return None
        try:
            return CrmInTime(self.lookups, USUAL.facts_budget, self.world.crm).deal(row.deal_id)
        except FactUnavailable:
            return None  # nobody knows the owner now: the fallback is asked

    def new_request(
        self, ids: Ids, row: MatterRow, assessment: Assessment, case: Case, requirement: Requirement, *, now: datetime
    ) -> ApprovalRequest:
        """The question about what is in review, its first stage before those who are there."""
        try:
            seats, views = seats_for(requirement.stages[0], case), consulted(requirement, case)
            answers_for = accountable(requirement, case)
        except FactUnavailable:  # without the directory: those whom the verdict found
            seats, views, answers_for = tuple(Seat(person=person) for person in assessment.approvers), (), None
        return ApprovalRequest(
            id=ids.new("ap"),
            draft_id=row.id,
            digest=row.digest,
            requirement=requirement,
            people=seated(seats),
            seats=seats,
            state=ApprovalState.PENDING,
            opened_at=now,
            expires_at=now + requirement.expires_after,
            since=now,
            consulted=views,
            accountable=answers_for,
            tier=assessment.risk.tier,
        )

    def next_stage(self, request: ApprovalRequest, case: Case, *, now: datetime) -> ApprovalRequest:
        """The request with its next stage asked. Raises FactUnavailable where the directory cannot be read."""
        seats = seats_for(request.requirement.stages[request.stage + 1], case)
        return replace(
            request,
            stage=request.stage + 1,
            seats=seats,
            people=seated(seats),
            since=now,
            reminders=0,
            level=0,
            ladder_ended=False,
        )

    def as_of_now(self, request: ApprovalRequest, case: Case) -> ApprovalRequest:
        """The request with delegates for those who are away now, and for nobody else.

        Where too few of those asked are there, further ones are asked as well; once asked, they stay asked. Without
        the directory the request stays as it is.
        """
        try:
            return with_seats(request, self._seats_now(request, case))
        except FactUnavailable:
            return request

    def _seats_now(self, request: ApprovalRequest, case: Case) -> Sequence[Seat]:
        stage = request.wanted
        spoken = {word.person for word in request.decisions if word.stage == request.stage}
        own = {
            seat.person: seat for seat in all_seats(request) if seat.via is not Via.DELEGATE or seat.person in spoken
        }
        seats = with_delegates(own.values(), stage, case)
        if not is_enough(spoken | {s.person for s in seats if self._is_here(s.person, case)}, stage, case.editors):
            passed_on = {seat.instead_of for seat in own.values() if seat.via is Via.REASSIGNED}
            for seat in seats_for(stage, case):
                if seat.via is not Via.DELEGATE and seat.person not in passed_on:
                    own.setdefault(seat.person, seat)
            seats = with_delegates(own.values(), stage, case)
        return seats

    def _is_here(self, person_id: str, case: Case) -> bool:
        person = None if person_id.startswith(AGENT_PREFIX) else case.people.person(person_id)
        return person is None or not case.away.is_away(person)

    def timers(self, reader: Reader, request: ApprovalRequest, case: Case, *, now: datetime) -> dict[Timer, datetime]:
        """When each timer of the request rings, by what is known now."""
        change = reader.absences.next_change(self._concerned(request), after=now)
        demand, asked = request.requirement, tuple[Person | None, ...]()
        if demand.remind_after or demand.escalate_after:
            try:
                asked = self._silent(request, case)
            except FactUnavailable:
                change = now + _LOOK_AGAIN  # nobody knows their working hours now
        return dict(timers(request, asked=asked, missing=missing(request), change=change))

    def _concerned(self, request: ApprovalRequest) -> frozenset[str]:
        """Those whose coming and going changes who is asked."""
        return frozenset(request.people) | {seat.instead_of for seat in request.seats if seat.instead_of}

    def _silent(self, request: ApprovalRequest, case: Case) -> tuple[Person | None, ...]:
        """Those whose time counts: who has not spoken and is there, or everybody silent where nobody is."""
        silent = silent_people(request)
        people = tuple(None if who.startswith(AGENT_PREFIX) else case.people.person(who) for who in silent)
        return tuple(p for p in people if p is None or not case.away.is_away(p)) or people


def all_seats(request: ApprovalRequest) -> tuple[Seat, ...]:
    """Its seats; requests of older versions name people only."""
    return request.seats or tuple(Seat(person=person) for person in request.people)


def with_seats(request: ApprovalRequest, seats: Sequence[Seat]) -> ApprovalRequest:
    """The request before these people."""
    return replace(request, seats=tuple(seats), people=seated(seats))


def silent_people(request: ApprovalRequest) -> tuple[str, ...]:
    """Ids of those asked who have not spoken, and in whose name nobody has."""
    spoken = {name for word in request.decisions for name in (word.person, word.principal)}
    free = (seat for seat in all_seats(request) if seat.principal not in spoken and seat.person not in spoken)
    return tuple(dict.fromkeys(seat.person for seat in free))


def missing(request: ApprovalRequest) -> int:
    """How many approvals the stage that is asked now still lacks."""
    words = [w for w in request.decisions if w.stage == request.stage and w.verdict is Verdict.APPROVE]
    return max(request.wanted.needed - len({word.principal for word in words}), 0)


def spent(request: ApprovalRequest) -> frozenset[str]:
    """Ids of those who have approved, and of those in whose name somebody has: each counts once in all stages."""
    return frozenset(name for word in request.decisions for name in (word.person, word.principal))
