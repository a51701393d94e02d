"""Opening, answering and closing requests for approval, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.approvals.resolvers import satisfied
from app.core.approvals import ApprovalRequest, ApprovalState, Decision, Requirement, Verdict
from app.core.assessment import Assessment
from app.core.ids import Ids
from app.core.lifecycle import State
from app.store.rows import DraftRow
from app.store.store import Transaction


def open_request(tx: Transaction, row: DraftRow, assessment: Assessment, ids: Ids) -> ApprovalRequest | None:
    """Put the draft before the people its verdict names, if it is in review."""
    if row.state is not State.IN_REVIEW:
        return None
    requirement = assessment.ruling.approvals or Requirement()
    request = ApprovalRequest(
        id=ids.new("ap"),
        draft_id=row.id,
        digest=row.digest,
        requirement=requirement,
        people=assessment.approvers,
        state=ApprovalState.PENDING,
        opened_at=tx.now,
        expires_at=row.due_at or tx.now + requirement.expires_after,
    )
    tx.approvals.open(request)
    return request


def close_pending(tx: Transaction, draft_id: str, state: ApprovalState) -> None:
    """Close the request that is open for the draft, if any."""
    pending = tx.approvals.pending(draft_id)
    if pending is not None:
        tx.approvals.close(pending, state)


def answer(
    tx: Transaction, request: ApprovalRequest, decision: Decision, *, editors: frozenset[str]
) -> ApprovalRequest:
    """Add one person's word; the request is closed when a word rejects it or enough words approve it."""
    tx.approvals.decide(request, decision)
    answered = replace(request, decisions=(*request.decisions, decision))
    if decision.verdict is Verdict.REJECT:
        state = ApprovalState.REJECTED
    elif satisfied(answered, editors):
        state = ApprovalState.APPROVED
    else:
        return answered
    tx.approvals.close(request, state)
    return replace(answered, state=state)


def already_said(requests: Sequence[ApprovalRequest], word: Decision) -> bool:
    """Whether this person said this of this digest before: the same word twice is one word."""
    said = (w for request in requests for w in request.decisions)
    return any((w.person, w.verdict, w.digest) == (word.person, word.verdict, word.digest) for w in said)
