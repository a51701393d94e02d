"""An action as the store reads it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from app.core.actions import Action, ActionState, Claim, Report
from app.core.matters import Matter, Phase
from app.core.routes import Route
from app.store.rows import Permit


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionRow:
    """An action at rest. `due_at` is when the state's timer rings; `version` grows with every move."""

    id: str
    client_id: str | None
    submission: str
    action: Action
    state: ActionState
    version: int
    due_at: datetime | None
    revision: int
    """The number of its verdict; what it is never changes."""
    digest: str
    route: Route
    permit: Permit | None
    proposed_by: str
    """Id of the person who answers for whoever proposed it."""
    claim: Claim | None = None
    report: Report | None = None
    created_at: datetime
    updated_at: datetime

    matter: ClassVar[Matter] = Matter.ACTION

    @property
    def agent(self) -> str:
        """Who proposed it."""
        return self.action.agent

    @property
    def on_behalf_of(self) -> str:
        """In whose name it is done."""
        return self.action.on_behalf_of

    @property
    def owners(self) -> frozenset[str]:
        """Whose own it is: in whose name it is done, and who answers for its proposal."""
        return frozenset({self.on_behalf_of, self.proposed_by})

    @property
    def deal_id(self) -> str | None:
        """The deal it belongs to."""
        return self.action.deal_id

    @property
    def subject(self) -> str:
        """What it is, in a few words."""
        return self.action.headline

    @property
    def phase(self) -> Phase:
        """How far people have come with it."""
        return _ACTION_PHASES.get(self.state, Phase.AGREED)

    def due(self, at: datetime) -> ActionRow:
        """The row with this timer."""
        return replace(self, due_at=at)

    def into(
        self, phase: Phase, *, at: datetime, due_at: datetime | None = None, permit: Permit | None = None
    ) -> ActionRow:
        """The row in the state that the phase means, one version on."""
        state = _ACTION_STATES[phase]
        return replace(self, state=state, version=self.version + 1, due_at=due_at, permit=permit, updated_at=at)


_ACTION_PHASES = {
    ActionState.IN_REVIEW: Phase.WAITING,
    ActionState.REJECTED: Phase.REJECTED,
    ActionState.EXPIRED: Phase.EXPIRED,
    ActionState.BLOCKED: Phase.ELSEWHERE,
    ActionState.WITHDRAWN: Phase.ELSEWHERE,
}
_ACTION_STATES = {
    Phase.WAITING: ActionState.IN_REVIEW,
    Phase.AGREED: ActionState.APPROVED,
    Phase.REJECTED: ActionState.REJECTED,
    Phase.EXPIRED: ActionState.EXPIRED,
}
