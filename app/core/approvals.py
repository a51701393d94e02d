"""Who has to agree before a draft leaves, and what they said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ResolverKind(StrEnum):
    """The ways to find the person who decides."""

    USER = "user"
    MANAGER = "manager"
    ROLE = "role"
    RECORD_OWNER = "record_owner"


SENDER = "sender"
"""As the argument of a `user` resolver: the person in whose name the draft goes out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Resolver:
    """How to find the person. `argument`: a person's id or `sender` for user, a role for role, else None."""

    kind: ResolverKind
    argument: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}:{self.argument}" if self.argument else str(self.kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirement:
    """What a rule demands before the draft may leave."""

    needed: int = 1
    resolver: Resolver = Resolver(kind=ResolverKind.MANAGER)
    fallback: Resolver | None = Resolver(kind=ResolverKind.ROLE, argument="admin")
    separate_duties: bool = False
    """Neither the person the draft is written for nor one who edited it may approve."""
    step_up: bool = False
    """Approvers have to prove again who they are. Where no way to do so exists, nobody can approve."""
    expires_after: timedelta = timedelta(hours=24)


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

    @property
    def approvers(self) -> tuple[str, ...]:
        """Ids of those who have approved so far."""
        return tuple(d.person for d in self.decisions if d.verdict is Verdict.APPROVE)
