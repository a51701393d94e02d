"""Where an action stands: its row, the verdict, who is asked, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.audit.chain import Event
from app.core.actions import Action
from app.core.approvals import ApprovalRequest, ApprovalState, Requirement
from app.core.assessment import Assessment
from app.core.matters import Matter, Phase
from app.core.remarks import Remark
from app.store.action_rows import ActionRow
from app.store.rows import Permit
from app.store.store import Reader, Transaction


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionStanding:
    """All that a person or a program needs to know about one action."""

    row: ActionRow
    assessment: Assessment
    approvals: Sequence[ApprovalRequest] = ()
    remarks: tuple[Remark, ...] = ()
    """What was asked, answered and noted about its requests, oldest first."""
    new: bool = False
    """Whether the action was proposed by this very call."""

    @property
    def action(self) -> Action:
        """What it is. It never changes: who wants something else proposes something else."""
        return self.row.action

    @property
    def pending(self) -> ApprovalRequest | None:
        """The request that waits for an answer, if any."""
        return next((a for a in self.approvals if a.state is ApprovalState.PENDING), None)

    @property
    def demand(self) -> Requirement | None:
        """What people had to agree to, or have to; None where a rule alone decides."""
        asked = self.pending or (self.approvals[-1] if self.approvals else None)
        return asked.requirement if asked else self.assessment.ruling.approvals

    @property
    def editors(self) -> frozenset[str]:
        """Whoever proposed it wrote it: where duties are separate, they approve no more than an editor would."""
        return barred_proposer(self.demand, self.row.proposed_by)

    def moved(self, row: ActionRow, *requests: ApprovalRequest) -> ActionStanding:
        """The standing after a move, with these requests as they are now; new ones come last."""
        known = {request.id: request for request in (*self.approvals, *requests)}
        return replace(self, row=row, approvals=tuple(known.values()))

    def move(
        self,
        tx: Transaction,
        event: Event,
        to: Phase,
        *,
        due_at: datetime | None = None,
        permit: Permit | None = None,
    ) -> ActionStanding:
        """Move the action into the state that the phase means. Raises StaleVersion."""
        after = self.row.into(to, at=tx.now, due_at=due_at, permit=permit)
        tx.move_action(self.row, after, event)
        return self.moved(after)

    def asking(self, *requests: ApprovalRequest) -> ActionStanding:
        """The same with these requests as they are now."""
        return self.moved(self.row, *requests)

    def saying(self, remark: Remark) -> ActionStanding:
        """The same with one more remark."""
        return replace(self, remarks=(*self.remarks, remark))


def barred_proposer(demand: Requirement | None, proposed_by: str) -> frozenset[str]:
    """Whoever proposed it, where duties are separate; nobody otherwise."""
    return frozenset({proposed_by}) if demand is not None and demand.separate_duties else frozenset()


def read_action(reader: Reader, action_id: str) -> ActionStanding:
    """Where the action stands now. Raises NotFound."""
    row, assessment = reader.actions.whole(action_id)
    return ActionStanding(
        row=row,
        assessment=assessment,
        approvals=tuple(reader.requests(Matter.ACTION).of_draft(action_id)),
        remarks=reader.remarks_on(Matter.ACTION).of_draft(action_id),
    )
