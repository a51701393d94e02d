"""Requests for approval and what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.core.approvals import ApprovalRequest, ApprovalState, Decision, Requirement, Verdict
from app.core.codec import from_json, to_json
from app.store.tables import approvals, decisions

_WITH_WORDS = (
    sa.select(
        approvals,
        decisions.c.person,
        decisions.c.verdict,
        decisions.c.digest.label("word_digest"),
        decisions.c.reason,
        decisions.c.at,
    )
    .outerjoin(decisions, decisions.c.approval_id == approvals.c.id)
    .order_by(approvals.c.opened_at, approvals.c.id, decisions.c.at)
)
_OF_DRAFT = _WITH_WORDS.where(approvals.c.draft_id == sa.bindparam("id"))
_INSERT = sa.insert(approvals)
_INSERT_DECISION = sa.insert(decisions)
_CLOSE = sa.update(approvals).where(approvals.c.id == sa.bindparam("approval_id"))


class ApprovalRepository:
    """Reads and writes approvals on one connection."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def open(self, request: ApprovalRequest) -> None:
        """Keep a new request."""
        values = {name: getattr(request, name) for name in ("id", "draft_id", "digest", "opened_at", "expires_at")}
        self._connection.execute(
            _INSERT,
            {
                **values,
                "requirement": to_json(request.requirement),
                "people": list(request.people),
                "state": request.state.value,
            },
        )

    def of_draft(self, draft_id: str) -> Sequence[ApprovalRequest]:
        """Every request there ever was for the draft, oldest first."""
        return _requests(self._connection.execute(_OF_DRAFT, {"id": draft_id}))

    def decide(self, request: ApprovalRequest, decision: Decision) -> None:
        """Keep one person's word. Raises sqlalchemy's IntegrityError where the person has said so already."""
        self._connection.execute(
            _INSERT_DECISION,
            {
                "approval_id": request.id,
                "person": decision.person,
                "verdict": decision.verdict.value,
                "digest": decision.digest,
                "reason": decision.reason,
                "at": decision.at,
            },
        )

    def close(self, request: ApprovalRequest, state: ApprovalState) -> None:
        """Give the request its last state."""
        self._connection.execute(_CLOSE, {"approval_id": request.id, "state": state.value})

    def of_drafts(self, draft_ids: Sequence[str]) -> Mapping[str, Sequence[ApprovalRequest]]:
        """What `of_draft` gives, for many drafts at once; a draft about which nobody was asked is left out."""
        asked: dict[str, list[ApprovalRequest]] = {}
        for request in _requests(self._connection.execute(_WITH_WORDS.where(approvals.c.draft_id.in_(draft_ids)))):
            asked.setdefault(request.draft_id, []).append(request)
        return asked


def _requests(found: Iterable[sa.Row[Any]]) -> list[ApprovalRequest]:
    """One request for each run of rows that the join gave for it."""
    requests: dict[str, ApprovalRequest] = {}
    for row in found:
        request = requests.get(row.id) or _request(row)
        words = (*request.decisions, _decision(row)) if row.person is not None else ()
        requests[row.id] = replace(request, decisions=words)
    return list(requests.values())


def _decision(row: sa.Row[Any]) -> Decision:
    return Decision(
        person=row.person, verdict=Verdict(row.verdict), digest=row.word_digest, reason=row.reason, at=row.at
    )


def _request(row: sa.Row[Any]) -> ApprovalRequest:
    return ApprovalRequest(
        id=row.id,
        draft_id=row.draft_id,
        digest=row.digest,
        requirement=from_json(Requirement, row.requirement),
        people=tuple(row.people),
        state=ApprovalState(row.state),
        opened_at=row.opened_at,
        expires_at=row.expires_at,
    )
