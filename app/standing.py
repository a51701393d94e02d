"""Where a draft stands: its row, its content, the verdict, and who is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.core.approvals import ApprovalRequest, ApprovalState
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.core.remarks import Remark
from app.store.rows import DraftRow
from app.store.store import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """All that a person or a program needs to know about one draft."""

    row: DraftRow
    draft: Draft
    assessment: Assessment
    approvals: Sequence[ApprovalRequest] = ()
    editors: frozenset[str] = frozenset()
    """Ids of the people who changed the text."""
    remarks: tuple[Remark, ...] = ()
    """What was asked, answered and noted about its requests, oldest first."""
    new: bool = False
    """Whether the draft was handed in by this very call."""

    @property
    def pending(self) -> ApprovalRequest | None:
        """The request that waits for an answer, if any."""
        return next((a for a in self.approvals if a.state is ApprovalState.PENDING), None)

    def moved(self, row: DraftRow, *requests: ApprovalRequest) -> Standing:
        """The standing after a move, with these requests as they are now; new ones come last."""
        known = {request.id: request for request in (*self.approvals, *requests)}
        return replace(self, row=row, approvals=tuple(known.values()))


def read_standing(reader: Reader, draft_id: str, *, with_approvals: bool = True) -> Standing:
    """Where the draft stands now; without its approvals where nobody will look at them. Raises NotFound."""
    row, draft, assessment = reader.drafts.whole(draft_id)
    approvals = tuple(reader.approvals.of_draft(draft_id)) if with_approvals else ()
    return Standing(
        row=row,
        draft=draft,
        assessment=assessment,
        approvals=approvals,
        remarks=reader.remarks.of_draft(draft_id) if approvals else (),
        editors=reader.drafts.editors(draft_id) if row.revision > 1 else frozenset(),
    )
