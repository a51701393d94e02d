"""What the trail keeps of each step: enough to show afterwards what was decided, by whom, by which rule, and why."""

from __future__ import annotations

from typing import Any

from app.audit.chain import Event
from app.core.assessment import Assessment, RuleMatch
from app.core.digest import sha256_of
from app.core.drafts import Draft

_LONGEST_WORD = 60
_UNTOLD = "…"


def happened(kind: str, actor: str, *, draft_id: str | None = None, **facts: Any) -> Event:
    """An event with these facts (JSON values)."""
    return Event(kind=kind, actor=actor, draft_id=draft_id, facts=facts)


def judged(
    kind: str, actor: str, draft: Draft, assessment: Assessment, *, verdict: str, reasons: tuple[str, ...] = ()
) -> Event:
    """An event that comes with a verdict, given as JSON too, as it is kept. `reasons` say why it was judged again."""
    facts: dict[str, Any] = {
        "client_id": draft.client_id,
        "action": draft.action,
        "on_behalf_of": draft.on_behalf_of,
        "recipients": list(draft.recipients),
        "route": assessment.route.value,
        "rule": assessment.ruling.rule,
        "why": assessment.ruling.why,
        "policy_version": assessment.ruling.policy_version,
        "tier": assessment.risk.tier.value,
        "checks": [[result.check, result.severity.value] for result in assessment.checks],
        "matched": [[match.rule, _decided_by(match)] for match in assessment.ruling.matches],
        "shadow": [match.rule for match in assessment.ruling.matches if match.shadow],
        "asked": list(assessment.approvers),
        "verdict_sha256": sha256_of(verdict.encode()),
    }
    if assessment.facts is not None:
        facts["facts_sha256"] = sha256_of(assessment.facts.encode())
    if reasons:
        facts["reasons"] = list(reasons)
    return Event(kind=kind, actor=actor, facts=facts)


def _decided_by(match: RuleMatch) -> list[list[str | int | float | bool]]:
    """The facts by path and value; the words of the mail stay in the verdict, for the trail is never erased."""
    return [[fact.path, _UNTOLD if _is_prose(fact.value) else fact.value] for fact in match.facts]


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and (len(value) > _LONGEST_WORD or " " in value)
