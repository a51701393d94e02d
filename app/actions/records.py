"""Actions as other programs see them."""

from __future__ import annotations

from typing import Any

from app.actions.standing import ActionStanding
from app.core.approvals import ApprovalRequest
from app.core.codec import to_record
from app.core.remarks import Remark


def action_record(standing: ActionStanding) -> dict[str, Any]:
    """Everything about an action."""
    row, verdict = standing.row, standing.assessment
    return {
        "id": row.id,
        "client_id": row.client_id,
        "state": row.state.value,
        "digest": row.digest,
        "version": row.version,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "permit": row.permit.granted_by if row.permit else None,
        "action": to_record(row.action),
        "proposed_by": row.proposed_by,
        "risk": to_record(verdict.risk),
        "route": row.route.value,
        "rule": verdict.ruling.rule,
        "why": verdict.ruling.why,
        "policy_version": verdict.ruling.policy_version,
        "matches": [to_record(match) for match in verdict.ruling.matches],
        "unknown": [to_record(gap) for gap in verdict.unknown],
        "requests": [_about_action(request) for request in standing.approvals],
        "remarks": [_about_action(remark) for remark in standing.remarks],
        "claim": to_record(row.claim) if row.claim else None,
        "report": to_record(row.report) if row.report else None,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def _about_action(value: ApprovalRequest | Remark) -> dict[str, Any]:
    record = to_record(value)
    return {"action_id": record.pop("draft_id"), **record}
