"""Who has to agree before a draft leaves, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.proofs import ProofMethod
from app.core.routes import Tier


class ResolverKind(StrEnum):
    """The ways to find the person who decides."""

    USER = "user"
    MANAGER = "manager"
    ROLE = "role"
    RECORD_OWNER = "record_owner"
    AGENT = "agent"
    """A program that is allowed to decide about drafts below a tier of risk."""
    AUTO_APPROVE = "auto_approve"
    """Nobody: silence for a while counts as consent. Never where the risk is high or critical."""


SENDER = "sender"
"""As the argument of a `user` resolver: the person in whose name the draft goes out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolver:
    """How to find who decides. `argument`: a person's id or `sender` for user, a role, an agent's name, else None."""

    kind: ResolverKind
    argument: str | None = None
    below: Tier | None = None
    """For an agent: it decides only about drafts whose tier is lower than this one."""
    after: timedelta | None = None
    """For auto_approve: how long nobody has to object, in wall time."""

    @property
    def is_person(self) -> bool:
        """Whether people are found by it, not a program or a timer."""
        return self.kind not in (ResolverKind.AGENT, ResolverKind.AUTO_APPROVE)

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else str(self.kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Whose agreement is asked for once everybody before has agreed."""

    needed: int = 1
    resolver: Resolver
    fallback: Resolver | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """What a rule demands before the draft may leave."""

    needed: int = 1
    resolver: Resolver = Resolver(kind=ResolverKind.MANAGER)
    fallback: Resolver | None = Resolver(kind=ResolverKind.ROLE, argument="admin")
    separate_duties: bool = False
    """Neither the person the draft is written for nor one who edited it may approve."""
    step_up: bool = False
    """Approvers have to prove again who they are, when they approve."""
    by_phone: bool = False
    """Notices to those who are asked may bring a one-time code with which they decide. Never with `step_up`."""
    expires_after: timedelta = timedelta(hours=24)
    """Wall time until the request lapses."""
    then: tuple[Stage, ...] = ()
    """Further stages, one after the other, each with a quorum of its own."""
    consulted: tuple[Resolver, ...] = ()
    """Who gets to see the request and may comment; their silence holds nothing up."""
    accountable: Resolver | None = None
    """Who answers for the outcome; recorded, not asked."""
    justify: bool = False
    """An approver has to give a reason."""
    remind_after: timedelta | None = None
    """Working time of those asked until they are reminded."""
    escalate_after: timedelta | None = None
    """Working time of those asked until further people are asked."""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage in its order; there is always a first one."""
        return (Stage(needed=self.needed, resolver=self.resolver, fallback=self.fallback), *self.then)


class Via(StrEnum):
    """How somebody came to be asked."""

    RESOLVER = "resolver"
    FALLBACK = "fallback"
    MANAGER = "manager"
    """Of the sender, because resolver and fallback yield too few."""
    LAST_RESORT = "last_resort"
    DELEGATE = "delegate"
    """While the person whose place it is is away."""
    REASSIGNED = "reassigned"
    """Somebody with the right to do so passed a place on."""
    ESCALATED = "escalated"
    """As a manager of those who were asked before."""


AGENT_PREFIX = "agent:"
"""Begins the id of an agent where a person's id would stand."""

SILENCE = "auto_approve"
"""Stands where a person's id would where the time to object has passed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """A place among those who may decide. One seat gives one approval, whoever of several uses it."""

    person: str
    """A person's id, or an agent's: `agent:<name>`."""
    via: Via = Via.RESOLVER
    instead_of: str | None = None
    """For a delegate, the person in whose name they decide; for a reassigned seat, who had it before."""
    role: str | None = None
    """The role that the seat demands of whoever takes it over."""

    @property
    def principal(self) -> str:
        """Whose approval it is that is given from this seat."""
        return self.instead_of if self.via is Via.DELEGATE and self.instead_of else self.person


class ApprovalState(StrEnum):
    """The life of a request for approval."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOID = "void"
    """The draft's content, facts or policy changed: the request no longer means anything."""
    EXPIRED = "expired"


class Verdict(StrEnum):
    """What a person says to a request."""

    APPROVE = "approve"
    REJECT = "reject"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One person's word on one digest."""

    person: str
    verdict: Verdict
    digest: str
    reason: str
    at: datetime
    stage: int = 0
    """The stage that it answers, from 0."""
    in_name_of: str | None = None
    """For a delegate: the person whose place it is."""
    verified_at: datetime | None = None
    """When the person last proved who they are, where they did so for this word."""
    verified_by: ProofMethod | None = None

    @property
    def principal(self) -> str:
        """Whose approval it counts as."""
        return self.in_name_of or self.person


@dataclass(frozen=True, kw_only=True, slots=True)
class ApprovalRequest:
    """The question put before people: may exactly these bytes leave?"""

    id: str
    draft_id: str
    digest: str
    requirement: Requirement
    people: tuple[str, ...]
    """Ids of those who may decide."""
    state: ApprovalState
    opened_at: datetime
    expires_at: datetime
    decisions: tuple[Decision, ...] = ()
    stage: int = 0
    """The stage that is asked now, from 0."""
    seats: tuple[Seat, ...] = ()
    """How each of `people` came to be asked, in the same order."""
    since: datetime | None = None
    """When those asked now were asked: their working time counts from here. None: since it was opened."""
    reminders: int = 0
    """How many reminders have gone out since then."""
    level: int = 0
    """How many steps of the ladder of managers this stage has climbed."""
    ladder_ended: bool = False
    """Nobody is left above."""
    paused: bool = False
    """A question waits for its answer: no reminder, no escalation and no consent by silence until then."""
    consulted: tuple[str, ...] = ()
    """Ids of those who see it and may comment."""
    accountable: str | None = None
    tier: Tier | None = None
    """The risk when it was opened; None for requests of older versions."""

    @property
    def approvers(self) -> tuple[str, ...]:
        """Ids of those who have approved so far."""
        return tuple(d.person for d in self.decisions if d.verdict is Verdict.APPROVE)

    @property
    def wanted(self) -> Stage:
        """What the stage demands that is asked now."""
        return self.requirement.stages[self.stage]

    @property
    def asked_since(self) -> datetime:
        """The moment from which the time of those asked counts."""
        return self.since or self.opened_at

    def seats_of(self, person: str) -> tuple[Seat, ...]:
        """The places from which this person may decide."""
        known = self.seats or tuple(Seat(person=each) for each in self.people)
        return tuple(seat for seat in known if seat.person == person)
