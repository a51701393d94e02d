"""When an approval needs a reason."""

from __future__ import annotations

from app.core.approvals import AGENT_PREFIX, ApprovalRequest
from app.core.assessment import Assessment

EXCEPTIONS = frozenset(
    {
        "builtin.unknown-fact",
        "builtin.rule-error",
        "builtin.cannot-be-judged",
        "builtin.limit",
        "builtin.stopped",
    }
)
"""Floors that hold a draft because the policy cannot answer for it: letting it pass all the same is an exception."""


def needs_reason(assessment: Assessment, request: ApprovalRequest, person: str) -> str | None:
    """Why an approval by this person or agent needs a reason, in plain words; None where it needs none."""
    if person.startswith(AGENT_PREFIX):
        return "an agent that approves gives its reasons"
    if request.requirement.justify:
        return "the rule demands a reason of whoever approves"
    if assessment.ruling.rule in EXCEPTIONS:
        return f"approving what {assessment.ruling.rule} holds is an exception"
    return None
