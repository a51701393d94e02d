"""The shapes in which programs get what is known about policies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.core.assessment import Ruling
from app.core.routes import Route
from app.policy.differences import Difference, Differences
from app.policy.model import Rule
from app.policy.replay import Change, Precision, Simulation
from app.policy.shadow import RuleTrial
from app.store.policies import PublishedPolicy
from app.store.proposals import Proposal

SENT = (Route.AUTO_SEND, Route.MONITOR)
READ = (Route.REVIEW,)


def published_record(policy: PublishedPolicy) -> dict[str, Any]:
    """A version, without its text."""
    return {
        "version": policy.version,
        "published_by": policy.published_by,
        "published_at": policy.published_at.isoformat(),
        "basis": policy.basis.value if policy.basis else None,
        "proposal": policy.proposal_id,
        "rolled_back_to": policy.rolled_back_to,
        "reason": policy.reason,
    }


def proposal_record(proposal: Proposal) -> dict[str, Any]:
    """A proposal, without its text."""
    return {
        "id": proposal.id,
        "version": proposal.version,
        "base": proposal.base,
        "state": proposal.state.value,
        "author": proposal.author,
        "proposed_at": proposal.proposed_at.isoformat(),
        "note": proposal.note,
        "reviewer": proposal.reviewer,
        "reviewed_at": proposal.reviewed_at.isoformat() if proposal.reviewed_at else None,
        "reason": proposal.reason,
        "sha256": proposal.sha256,
    }


def differences_record(found: Differences) -> dict[str, Any]:
    """What is different, rule by rule."""
    return {
        "before": found.before,
        "after": found.after,
        "added": [_rule(rule) for rule in found.added],
        "removed": [_rule(rule) for rule in found.removed],
        "changed": [{"id": rule.id, "parts": _parts(rule.parts)} for rule in found.changed],
        "moved": list(found.moved),
        "settings": _parts(found.settings),
    }


def _rule(rule: Rule) -> dict[str, Any]:
    mode = "shadow" if rule.shadow else "live"
    return {"id": rule.id, "when": rule.when, "route": rule.route.value, "mode": mode, "why": rule.why}


def _parts(parts: Sequence[Difference]) -> list[dict[str, Any]]:
    return [asdict(part) for part in parts]


def simulation_record(found: Simulation) -> dict[str, Any]:
    """What another policy would have done."""
    return {
        "policy_version": found.policy_version,
        "replayed": found.replayed,
        "routes": [
            {"before": before.value, "after": after.value, "drafts": count}
            for (before, after), count in sorted(found.routes.items())
        ],
        "changes": [_change(change) for change in found.changes],
        "other_rule": found.other_rule,
        "failed_on_trial": dict(found.failed_on_trial),
        "outcomes": [
            {"before": before.value, "after": after.value, "outcome": outcome.value, "drafts": count}
            for (before, after, outcome), count in sorted(found.outcomes.items())
        ],
        "unattended": {
            "before": _precision(found.precision(*SENT, before=True), sending=True),
            "after": _precision(found.precision(*SENT), sending=True),
        },
        "review": {
            "before": _precision(found.precision(*READ, before=True), sending=False),
            "after": _precision(found.precision(*READ), sending=False),
        },
        "not_replayed": {
            "drafts": {reason.value: count for reason, count in found.left_out.items()},
            "thresholds": dict(found.other_thresholds),
            "floors": dict(found.kept_floors),
        },
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "draft": change.draft_id,
        "client_id": change.client_id,
        "outcome": change.outcome.value,
        "before": _ruling(change.before),
        "after": _ruling(change.after),
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {
        "route": ruling.route.value,
        "rule": ruling.rule,
        "why": ruling.why,
        "policy_version": ruling.policy_version,
    }


def _precision(of: Precision, *, sending: bool) -> dict[str, Any]:
    return {
        "drafts": of.drafts,
        "approved_unchanged": of.agreed,
        "objected": of.objected,
        "precision": of.of_sending if sending else of.of_review,
    }


def trial_record(trial: RuleTrial) -> dict[str, Any]:
    """How a rule on trial has done."""
    return {
        **_rule(trial.rule),
        "drafts": trial.drafts,
        "matched": trial.matched,
        "failed": trial.failed,
        "failure": trial.failure or None,
        "changes": [
            {"before": before.value, "after": after.value, "drafts": count}
            for (before, after), count in sorted(trial.changes.items())
        ],
        "examples": [{"draft": e.draft_id, "before": e.before.value, "after": e.after.value} for e in trial.examples],
    }
