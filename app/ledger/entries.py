"""From a sent draft to the promises it made."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.core.assessment import Assessment
from app.core.commitments import CommitmentState, LedgerEntry
from app.core.drafts import Draft
from app.core.facts import Person
from app.core.findings import Commitment
from app.core.ids import Ids
from app.core.things import thing_of


def end_of_working_day(day: date, person: Person) -> datetime:
    """The moment a promise for that day falls due: the end of the person's working hours, in their zone."""
    return datetime.combine(day, person.working_hours.end, ZoneInfo(person.timezone))


def entries_of(assessment: Assessment, draft: Draft, *, draft_id: str, ids: Ids, at: datetime) -> list[LedgerEntry]:
    """One open entry for each commitment in the draft, promised to its first recipient."""
    return [
        LedgerEntry(
            id=ids.new("cm"),
            draft_id=draft_id,
            deal_id=draft.deal_id,
            account=assessment.account.id if assessment.account else None,
            person=assessment.sender.id,
            recipient=draft.recipients[0],
            text=commitment.text,
            action=commitment.action,
            object=commitment.object,
            kind=commitment.kind,
            strength=commitment.strength,
            due_day=commitment.due_day,
            due_at=_due_at(commitment, assessment.sender),
            state=CommitmentState.OPEN,
            made_at=at,
            thing=thing_of(commitment),
        )
        for commitment in assessment.findings.commitments
    ]


def _due_at(commitment: Commitment, sender: Person) -> datetime | None:
    if commitment.due is None or commitment.due.due_day is None:
        return None
    if commitment.due.grain in ("minute", "hour") and commitment.due.to is not None:
        return commitment.due.to
    return end_of_working_day(commitment.due.due_day, sender)
