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


def open_request(tx: Transaction, row: DraftRow, assessment: Assessment, ids: Ids) -> tuple[ApprovalRequest, ...]:
    """Put the draft before the people its verdict names, if it is in review. Returns the request, or none."""
    if row.state is not State.IN_REVIEW:
        return ()
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
    return (request,)


def close_pending(
    tx: Transaction, requests: Sequence[ApprovalRequest], state: ApprovalState
) -> Sequence[ApprovalRequest]:
    """Give those of a draft's requests that are open a last state. Returns all of them as they are now."""
    return [_close(tx, request, state) if request.state is ApprovalState.PENDING else request for request in requests]


def _close(tx: Transaction, request: ApprovalRequest, state: ApprovalState) -> ApprovalRequest:
    tx.approvals.close(request, state)
    return replace(request, state=state)


def answered(request: ApprovalRequest, word: Decision, *, editors: frozenset[str]) -> ApprovalRequest:
    """The request with one more word, and with its last state where that word decides it."""
    heard = replace(request, decisions=(*request.decisions, word))
    if word.verdict is Verdict.REJECT:
        return replace(heard, state=ApprovalState.REJECTED)
    return replace(heard, state=ApprovalState.APPROVED) if satisfied(heard, editors) else heard


def keep_word(tx: Transaction, request: ApprovalRequest, word: Decision) -> None:
    """Keep a word and what it made of the request. After the draft's move: every writer locks the draft first."""
    tx.approvals.decide(request, word)
    if request.state is not ApprovalState.PENDING:
        tx.approvals.close(request, request.state)


def already_said(requests: Sequence[ApprovalRequest], word: Decision) -> bool:
    """Whether this person said this of this digest before: the same word twice is one word."""
    said = (w for request in requests for w in request.decisions)
    return any((w.person, w.verdict, w.digest) == (word.person, word.verdict, word.digest) for w in said)
