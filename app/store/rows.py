"""What the store reads back: rows as frozen data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from app.core.lifecycle import State
from app.core.matters import Matter, Phase
from app.core.routes import Route


@dataclass(frozen=True, kw_only=True, slots=True)
class Permit:
    """Why these exact bytes may leave: an approval or a rule, for one digest only."""

    digest: str
    granted_by: str
    """`rule:<id>`; `approval:<id>` where people approved; `consent:<id>` where only an agent or silence did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftRow:
    """A draft at rest. `due_at` is when the state's timer rings; `version` grows with every move."""

    id: str
    client_id: str | None
    idempotency_key: str | None
    submission: str
    state: State
    version: int
    due_at: datetime | None
    revision: int
    digest: str
    route: Route
    permit: Permit | None
    attempts: int
    """How often a provider was to send it, or was asked about it."""
    slot_at: datetime | None = None
    """The moment that was kept for it among those at which its mailbox may send; None where none was."""
    agent: str
    on_behalf_of: str
    deal_id: str | None
    thread_id: str | None
    subject: str
    created_at: datetime
    updated_at: datetime

    matter: ClassVar[Matter] = Matter.DRAFT

    @property
    def owners(self) -> frozenset[str]:
        """Whose own it is: the person in whose name it goes out."""
        return frozenset({self.on_behalf_of})

    @property
    def phase(self) -> Phase:
        """How far people have come with it."""
        return _PHASES.get(self.state, Phase.AGREED)

    def due(self, at: datetime) -> DraftRow:
        """The row with this timer."""
        return replace(self, due_at=at)

    def into(
        self, phase: Phase, *, at: datetime, due_at: datetime | None = None, permit: Permit | None = None
    ) -> DraftRow:
        """The row in the state that the phase means, one version on."""
        state = _STATES[phase]
        return replace(self, state=state, version=self.version + 1, due_at=due_at, permit=permit, updated_at=at)


_PHASES = {
    State.IN_REVIEW: Phase.WAITING,
    State.REJECTED: Phase.REJECTED,
    State.EXPIRED: Phase.EXPIRED,
    State.BLOCKED: Phase.ELSEWHERE,
    State.UNDONE: Phase.ELSEWHERE,
}
_STATES = {
    Phase.WAITING: State.IN_REVIEW,
    Phase.AGREED: State.SCHEDULED,
    Phase.REJECTED: State.REJECTED,
    Phase.EXPIRED: State.EXPIRED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class SendIntent:
    """A send that was begun: the exact bytes, saved before the provider is called.

    It belongs to `worker` until `leased_until`. Whoever takes it over raises `fence`, and from then on nothing that
    is written under an earlier number counts.
    """

    send_id: str
    draft_id: str
    digest: str
    raw: bytes
    raw_sha256: str
    sender: str
    recipients: tuple[str, ...]
    worker: str
    begun_at: datetime
    fence: int
    leased_until: datetime | None
    """None where it was begun by a worker that knew of no leases here."""
    handle: Mapping[str, str] | None = None
    """What the provider calls the mail that lies ready there; None as long as none does, as far as is known."""
    called: bool = False
    """Whether the provider may have been told to let it go by somebody who has not reported back."""
    provider: str | None = None
    provider_id: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """Something about an open commitment that a person should know."""

    commitment_id: str
    kind: str
    """`due_soon` or `overdue`."""
    message: str
    at: datetime
