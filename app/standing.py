"""Where a draft stands: its row, its content, the verdict, and who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.audit.chain import Event
from app.core.approvals import ApprovalRequest, ApprovalState
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.core.matters import Phase
from app.core.remarks import Remark
from app.store.rows import DraftRow, Permit
from app.store.store import Reader, Transaction


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

    def move(
        self,
        tx: Transaction,
        event: Event,
        to: Phase,
        *,
        due_at: datetime | None = None,
        permit: Permit | None = None,
    ) -> Standing:
        """Move the draft into the state that the phase means. Raises StaleVersion."""
        after = self.row.into(to, at=tx.now, due_at=due_at, permit=permit)
        tx.move(self.row, after, event)
        return self.moved(after)

    def asking(self, *requests: ApprovalRequest) -> Standing:
        """The same with these requests as they are now."""
        return self.moved(self.row, *requests)

    def saying(self, remark: Remark) -> Standing:
        """The same with one more remark."""
        return replace(self, remarks=(*self.remarks, remark))


def read_standing(reader: Reader, draft_id: str, *, with_approvals: bool = True) -> Standing:
    """Where the draft stands now; without its approvals where nobody will look at them. Raises NotFound."""
    if with_approvals:
        row, draft, assessment, approvals, remarks = reader.draft_with_requests(draft_id)
    else:
        row, draft, assessment = reader.drafts.whole(draft_id)
        approvals, remarks = (), ()
    return Standing(
        row=row,
        draft=draft,
        assessment=assessment,
        approvals=approvals,
        remarks=remarks if approvals else (),
        editors=reader.drafts.editors(draft_id) if row.revision > 1 else frozenset(),
    )


def read_standings(reader: Reader, versions: Mapping[str, int]) -> list[Standing]:
    """Where these drafts stand, without their approvals; those that are at another version by now are left out."""
    found = [whole for whole in reader.drafts.whole_of(list(versions)) if versions[whole[0].id] == whole[0].version]
    edited = [row.id for row, _, _ in found if row.revision > 1]
    editors = reader.drafts.editors_of(edited) if edited else {}
    return [
        Standing(row=row, draft=draft, assessment=assessment, editors=editors.get(row.id, frozenset()))
        for row, draft, assessment in sorted(found, key=lambda whole: (whole[0].on_behalf_of, whole[0].id))
    ]
