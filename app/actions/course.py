"""Where a verdict puts an action: its state, its timer, its permit, and the request that it needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from app.actions.standing import ActionStanding
from app.approvals.requests import Requests, close_pending
from app.audit.chain import Event
from app.core.actions import ENTRY, Action, ActionState
from app.core.approvals import ApprovalState
from app.core.assessment import Assessment
from app.core.codec import to_json
from app.core.digest import sha256_of
from app.core.matters import Matter
from app.store.action_rows import ActionRow
from app.store.rows import Permit
from app.store.store import Transaction
from app.trail import happened

CLAIMABLE_FOR = timedelta(hours=24)
"""How long an action that was let through may be claimed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Courses:
    """Sets actions on the course of a verdict, in the caller's transaction."""

    requests: Requests

    def enter(self, tx: Transaction, row: ActionRow, verdict: Assessment, *, actor: str) -> ActionStanding:
        """Keep a new action with its first verdict. Raises IntegrityError where its client id is taken."""
        standing = ActionStanding(row=row, assessment=verdict)
        row, opened = self.requests.draw_up(tx, row, verdict, editors=standing.editors)
        text = to_json(verdict)
        tx.admit_action(row, judged("action.proposed", actor, row.action, verdict, text=text))
        tx.actions.add_verdict(row, text, at=tx.now)
        self.requests.keep(tx, row, opened)
        return replace(standing, new=True).moved(row, *opened)

    def set_anew(
        self, tx: Transaction, standing: ActionStanding, verdict: Assessment, *, reasons: tuple[str, ...]
    ) -> ActionStanding:
        """Put a kept action on the course of a new verdict: an open request is void, and another one may be opened.

        Raises StaleVersion where somebody moved it meanwhile.
        """
        before = standing.row
        after = replace(
            on_course(before, verdict, at=tx.now), version=before.version + 1, revision=before.revision + 1
        )
        fresh = replace(standing, assessment=verdict, approvals=())
        after, opened = self.requests.draw_up(tx, after, verdict, editors=fresh.editors)
        text = to_json(verdict)
        event = judged("action.judged_again", "gate", before.action, verdict, text=text, reasons=reasons)
        tx.move_action(before, after, event)
        closed = close_pending(tx, standing.approvals, ApprovalState.VOID, matter=Matter.ACTION)
        tx.actions.add_verdict(after, text, at=tx.now)
        self.requests.keep(tx, after, opened)
        return replace(standing, assessment=verdict).moved(after, *closed, *opened)


def on_course(row: ActionRow, verdict: Assessment, *, at: datetime) -> ActionRow:
    """The row in the state that the verdict asks for."""
    state = ENTRY[verdict.route]
    may_go = state is ActionState.APPROVED
    permit = Permit(digest=verdict.digest, granted_by=f"rule:{verdict.ruling.rule}") if may_go else None
    return replace(
        row,
        state=state,
        due_at=at + CLAIMABLE_FOR if may_go else None,
        permit=permit,
        digest=verdict.digest,
        route=verdict.route,
        updated_at=at,
    )


def judged(
    kind: str, actor: str, action: Action, verdict: Assessment, *, text: str, reasons: tuple[str, ...] = ()
) -> Event:
    """An event that comes with a verdict, whose JSON is `text`. The values that the action carries stay out of it."""
    ruling, target = verdict.ruling, action.target
    facts: dict[str, Any] = {
        "client_id": action.client_id,
        "action": action.kind,
        "resource": action.resource,
        "target": [target.system, target.type, target.id],
        "on_behalf_of": action.on_behalf_of,
        "rollback_of": action.rollback_of,
        "route": verdict.route.value,
        "rule": ruling.rule,
        "why": ruling.why,
        "policy_version": ruling.policy_version,
        "tier": verdict.risk.tier.value,
        "matched": [match.rule for match in ruling.matches],
        "shadow": [match.rule for match in ruling.matches if match.shadow],
        "asked": list(verdict.approvers),
        "verdict_sha256": sha256_of(text.encode()),
    }
    if reasons:
        facts["reasons"] = list(reasons)
    return happened(kind, actor, **facts)
