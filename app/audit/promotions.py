"""What the trail says of signatures under earned autonomy, held against their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from app.audit.chain import ChainedEvent
from app.core.autonomy import Promotion
from app.core.errors import AuditBroken

Told = dict[str, dict[str, Any]]
"""Each promotion as it should stand, by id."""

_SIGNED = ("agent", "action", "tier", "level", "unchanged", "decided", "bound", "reason")


def hear_promotion(told: Told, event: ChainedEvent) -> None:
    """Take in an event, in the order of the chain. Other events say nothing."""
    if event.kind == "autonomy.signed":
        signed_by = event.actor.removeprefix("person:")
        facts = {name: event.facts[name] for name in _SIGNED}
        told[event.facts["promotion"]] = {**facts, "signed_by": signed_by, "end_reason": None}
    elif event.kind == "autonomy.ended":
        told.setdefault(event.facts["promotion"], {})["end_reason"] = event.facts["reason"]


def compare_promotions(rows: Iterable[Promotion], told: Mapping[str, Mapping[str, Any]]) -> None:
    """Hold every promotion against its events. Raises AuditBroken: a forged one would let mail out unread."""
    missing = dict(told)
    for promotion in rows:
        if promotion.id not in missing:
            raise AuditBroken(f"promotion {promotion.id} is there, but the trail does not know it")
        if _row(promotion) != missing.pop(promotion.id):
            raise AuditBroken(f"promotion {promotion.id} is not what was signed, or not where it ended")
    if missing:
        raise AuditBroken(f"promotion {next(iter(missing))} is in the trail but its row is gone")


def _row(promotion: Promotion) -> Mapping[str, Any]:
    subject = promotion.subject
    return {
        "agent": subject.agent,
        "action": subject.action,
        "tier": subject.tier.value,
        "level": promotion.level,
        "unchanged": promotion.unchanged,
        "decided": promotion.decided,
        "bound": promotion.bound,
        "reason": promotion.reason,
        "signed_by": promotion.signed_by,
        "end_reason": promotion.end_reason if promotion.ended_at is not None else None,
    }
