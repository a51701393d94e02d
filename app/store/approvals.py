"""Requests for approval and what people decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.core.approvals import ApprovalRequest, ApprovalState, Decision, Requirement, Verdict
from app.core.codec import from_record, to_record
from app.store.tables import approvals, decisions


class ApprovalRepository:
    """Reads and writes approvals on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, request: ApprovalRequest) -> None:
        """Keep a new request."""
        self._connection.execute(
            sa.insert(approvals).values(
                id=request.id,
                draft_id=request.draft_id,
                digest=request.digest,
                requirement=to_record(request.requirement),
                people=list(request.people),
                state=request.state.value,
                opened_at=request.opened_at,
                expires_at=request.expires_at,
            )
        )

    def pending(self, draft_id: str) -> ApprovalRequest | None:
        """The request that is open for the draft, or None."""
        found = self._of(approvals.c.draft_id == draft_id, approvals.c.state == ApprovalState.PENDING.value)
        return found[0] if found else None

    def of_draft(self, draft_id: str) -> Sequence[ApprovalRequest]:
        """Every request there ever was for the draft, oldest first."""
        return self._of(approvals.c.draft_id == draft_id)

    def all_pending(self) -> Sequence[ApprovalRequest]:
        """Every open request, oldest first."""
        return self._of(approvals.c.state == ApprovalState.PENDING.value)

    def decide(self, request: ApprovalRequest, decision: Decision) -> None:
        """Keep one person's word. Raises sqlalchemy's IntegrityError where the person has spoken already."""
        self._connection.execute(
            sa.insert(decisions).values(
                approval_id=request.id,
                person=decision.person,
                verdict=decision.verdict.value,
                digest=decision.digest,
                reason=decision.reason,
                at=decision.at,
            )
        )

    def close(self, request: ApprovalRequest, state: ApprovalState) -> None:
        """Give the request its last state."""
        self._connection.execute(sa.update(approvals).where(approvals.c.id == request.id).values(state=state.value))

    def _of(self, *conditions: sa.ColumnElement[bool]) -> list[ApprovalRequest]:
        found = self._connection.execute(
            sa.select(approvals).where(*conditions).order_by(approvals.c.opened_at, approvals.c.id)
        ).all()
        words: dict[str, list[Decision]] = {row.id: [] for row in found}
        if found:
            spoken = sa.select(decisions).where(decisions.c.approval_id.in_(list(words)))
            for word in self._connection.execute(spoken.order_by(decisions.c.at)):
                words[word.approval_id].append(_decision(word))
        return [_request(row, tuple(words[row.id])) for row in found]


def _decision(row: sa.Row[Any]) -> Decision:
    return Decision(person=row.person, verdict=Verdict(row.verdict), digest=row.digest, reason=row.reason, at=row.at)


def _request(row: sa.Row[Any], words: tuple[Decision, ...]) -> ApprovalRequest:
    return ApprovalRequest(
        id=row.id,
        draft_id=row.draft_id,
        digest=row.digest,
        requirement=from_record(Requirement, row.requirement),
        people=tuple(row.people),
        state=ApprovalState(row.state),
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        decisions=words,
    )
