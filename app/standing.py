"""Where a draft stands: its row, its content, the verdict, and who is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.approvals import ApprovalRequest
from app.core.assessment import Assessment
from app.core.drafts import Draft
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

    @property
    def pending(self) -> ApprovalRequest | None:
        """The request that waits for an answer, if any."""
        return next((a for a in self.approvals if a.state == "pending"), None)


def read_standing(reader: Reader, draft_id: str) -> Standing:
    """Where the draft stands now. Raises NotFound."""
    row = reader.drafts.get(draft_id)
    return Standing(
        row=row,
        draft=reader.drafts.content(row),
        assessment=reader.drafts.verdict(row),
        approvals=reader.approvals.of_draft(draft_id),
        editors=reader.drafts.editors(draft_id),
    )
