"""The shapes that other programs rely on: verdicts, drafts, approvals, commitments and events as JSON records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.audit.chain import ChainedEvent
from app.autonomy.promotions import Earning
from app.core.approvals import ApprovalRequest
from app.core.assessment import Assessment
from app.core.autonomy import Outcome
from app.core.codec import to_record
from app.core.commitments import LedgerEntry
from app.core.drafts import Draft
from app.core.limits import Stop
from app.identity.codes import IssuedCode
from app.monitoring.due import due_standing
from app.rewriting import Acceptance
from app.standing import Standing
from app.store.rows import DraftRow
from app.store.uses import Use


def verdict_record(draft: Draft, assessment: Assessment) -> dict[str, Any]:
    """What `assess` answers for one draft."""
    findings = to_record(assessment.findings)
    findings.pop("subject")  # not a part of what `extract` answers; the check content.subject says it
    if draft.html is None:
        findings.pop("text")
    return {
        "client_id": draft.client_id,
        "digest": assessment.digest,
        "findings": {"id": draft.client_id, **findings},
        "checks": [to_record(result) for result in assessment.checks],
        "risk": to_record(assessment.risk),
        "route": assessment.route.value,
        "rule": assessment.ruling.rule,
        "why": assessment.ruling.why,
        "policy_version": assessment.ruling.policy_version,
        "approvals": _approvals_record(assessment),
        "matches": [to_record(match) for match in assessment.ruling.matches],
        "unknown": [to_record(fact) for fact in assessment.unknown],
    }


def _approvals_record(assessment: Assessment) -> dict[str, Any] | None:
    required = assessment.ruling.approvals
    if required is None:
        return None
    return {
        "needed": required.needed,
        "resolvers": [str(required.resolver)] + ([str(required.fallback)] if required.fallback else []),
        "people": list(assessment.approvers),
        "expires_after": f"{int(required.expires_after.total_seconds())}s",
    }


def row_record(row: DraftRow) -> dict[str, Any]:
    """Where a draft is, in short."""
    return {
        "id": row.id,
        "client_id": row.client_id,
        "state": row.state.value,
        "route": row.route.value,
        "digest": row.digest,
        "version": row.version,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "permit": row.permit.granted_by if row.permit else None,
        "agent": row.agent,
        "on_behalf_of": row.on_behalf_of,
        "deal_id": row.deal_id,
        "subject": row.subject,
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }


def approval_record(request: ApprovalRequest) -> dict[str, Any]:
    """A request for approval, with what was said to it."""
    return to_record(request)


def standing_record(standing: Standing) -> dict[str, Any]:
    """Everything about a draft: `submit` and `show` answer with it. The verdict's fields stand at the top."""
    return {
        **verdict_record(standing.draft, standing.assessment),
        **row_record(standing.row),
        "draft": _without_contents(to_record(standing.draft)),
        "requests": [approval_record(request) for request in standing.approvals],
        "remarks": [to_record(remark) for remark in standing.remarks],
    }


def issued_code_record(issued: IssuedCode) -> dict[str, Any]:
    """A one-time code as it is handed to whoever sends it."""
    record = to_record(issued)
    return {name: value for name, value in record.items() if name != "code"}


def acceptance_record(acceptance: Acceptance) -> dict[str, Any]:
    """What became of the suggestions that were chosen, by their numbers."""
    return {
        "applied": [{"number": offer.number, "check": offer.result.check} for offer in acceptance.applied],
        "left_out": [
            {"number": left.offer.number, "check": left.offer.result.check, "why": left.why}
            for left in acceptance.left_out
        ],
    }


def _without_contents(draft: dict[str, Any]) -> dict[str, Any]:
    """Attachments by name and size only: their bytes are in the store."""
    slim = [
        {"filename": a["filename"], "content_type": a["content_type"], "base64_length": len(a["content"])}
        for a in draft["attachments"]
    ]
    return {**draft, "attachments": slim}


def commitment_record(entry: LedgerEntry, *, now: datetime) -> dict[str, Any]:
    """One ledger entry, with how it stands now."""
    return {**to_record(entry), "standing": due_standing(entry, now)}


def event_record(event: ChainedEvent) -> dict[str, Any]:
    """One event of the trail, exactly as it was hashed."""
    return event.record()


def stop_record(stop: Stop) -> dict[str, Any]:
    """A stop; `lifted_at` is null while it is in force."""
    return to_record(stop)


def use_record(use: Use) -> dict[str, Any]:
    """How much of a limit is used for one subject; `free_at` is null where there is a place now."""
    return {
        "limit": use.limit.key,
        "subject": use.subject or None,
        "used": use.used,
        "most": use.limit.most,
        "window_seconds": int(use.limit.window.total_seconds()),
        "free_at": use.free_at.isoformat() if use.free_at else None,
    }


def earning_record(each: Earning) -> dict[str, Any]:
    """What an agent has earned with one kind of mail at one tier; `promotion` is null where none is in force."""
    figures = each.figures
    return {
        "agent": each.subject.agent,
        "action": each.subject.action,
        "tier": each.subject.tier.value,
        "outcomes": {outcome.value: figures[outcome] for outcome in Outcome},
        "decided": figures.decided,
        "lower_bound": round(figures.bound, 6),
        "since": figures.since.isoformat() if figures.since else None,
        "status": each.status.value,
        "why": each.why,
        "promotion": to_record(each.promotion) if each.promotion else None,
    }
