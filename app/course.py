"""Where a verdict sends a draft: its state, its timer, and under which permit it may leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.approvals import Requirement
from app.core.assessment import Assessment
from app.core.drafts import Draft
from app.core.lifecycle import ENTRY, State
from app.store.rows import DraftRow, Permit


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """What a verdict makes of a draft's row."""

    state: State
    due_at: datetime | None
    permit: Permit | None

    def steer(self, row: DraftRow, assessment: Assessment, *, at: datetime) -> DraftRow:
        """The row on this course, one version on."""
        return replace(
            row,
            state=self.state,
            due_at=self.due_at,
            slot_at=None,
            permit=self.permit,
            digest=assessment.digest,
            route=assessment.route,
            version=row.version + 1,
            updated_at=at,
        )


def leave_at(draft: Draft, assessment: Assessment, *, now: datetime, undo_window: timedelta) -> datetime:
    """When a permitted draft leaves: after the undo window, and not before the moment that it names itself."""
    not_before = assessment.not_before or draft.send_after or now
    return max(now + undo_window, not_before)


def course_of(assessment: Assessment, draft: Draft, *, now: datetime, undo_window: timedelta) -> Course:
    """The course that a verdict sets."""
    state = ENTRY[assessment.route]
    if state is State.SCHEDULED:
        permit = Permit(digest=assessment.digest, granted_by=f"rule:{assessment.ruling.rule}")
        return Course(
            state=state, due_at=leave_at(draft, assessment, now=now, undo_window=undo_window), permit=permit
        )
    if state is State.IN_REVIEW:
        requirement = assessment.ruling.approvals or Requirement()
        return Course(state=state, due_at=now + requirement.expires_after, permit=None)
    return Course(state=state, due_at=None, permit=None)
