"""What the trail says of policies, proposed and published, held against their rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.audit.chain import ChainedEvent
from app.core.digest import sha256_of
from app.core.errors import AuditBroken
from app.store.policies import PublishedPolicy
from app.store.proposals import Proposal, ProposalState

Facts = Mapping[str, Any]

_STATES = {f"policy.{state.value}": state for state in ProposalState}


@dataclass(kw_only=True, slots=True)
class PolicyEvents:
    """What the events tell. They are few, so they are kept while the chain is walked."""

    published: dict[int, Facts] = field(default_factory=dict)
    """The facts of each publication, by version."""
    proposals: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Each proposal as it should stand, by id."""

    def hear(self, event: ChainedEvent) -> None:
        """Take in an event, in the order of the chain. Other events say nothing."""
        if event.kind not in _STATES:
            return
        facts, by = event.facts, event.actor.removeprefix("person:")
        if event.kind == "policy.published":
            self.published[facts["policy_version"]] = facts
        if "proposal" not in facts:
            return
        told = self.proposals.setdefault(facts["proposal"], {})
        told |= {"sha256": facts["sha256"], "state": _STATES[event.kind]}
        if event.kind == "policy.proposed":
            told |= {"author": by, "note": facts["note"], "reviewer": None, "reason": ""}
        elif event.kind != "policy.published":
            told |= {"reviewer": by, "reason": facts["reason"]}


def compare_published(rows: Iterable[PublishedPolicy], told: Mapping[int, Facts]) -> None:
    """Hold the published versions against their events. Raises AuditBroken."""
    missing = dict(told)
    for policy in rows:
        # A house whose trail tells of no policy at all was given its policy by hand.
        if told and policy.version not in told:
            raise AuditBroken(f"policy version {policy.version} is there, but the trail does not know it")
        facts = missing.pop(policy.version, {})
        if facts.get("sha256") not in (None, sha256_of(policy.text.encode())):
            raise AuditBroken(f"policy version {policy.version} is not what was published: its text was changed")
        if told and _grounds(policy) != tuple(facts.get(name) for name in _GROUNDS):
            raise AuditBroken(f"policy version {policy.version} was published on other grounds than its row says")
    if missing:
        raise AuditBroken(f"policy version {next(iter(missing))} is in the trail but its row is gone")


_GROUNDS = ("basis", "proposal", "rolled_back_to", "reason")


def _grounds(policy: PublishedPolicy) -> tuple[object, ...]:
    return (policy.basis and policy.basis.value, policy.proposal_id, policy.rolled_back_to, policy.reason)


def compare_proposals(rows: Iterable[Proposal], told: Mapping[str, Mapping[str, Any]]) -> None:
    """Hold the proposals against their events. Raises AuditBroken."""
    missing = set(told)
    for row in rows:
        if row.id not in told:
            raise AuditBroken(f"proposed policy {row.id} is there, but the trail does not know it")
        missing.discard(row.id)
        changed = [name for name, value in told[row.id].items() if getattr(row, name) != value]
        if changed:
            raise AuditBroken(f"proposed policy {row.id} is not what the trail tells: its {', '.join(changed)}")
    if missing:
        raise AuditBroken(f"proposed policy {min(missing)} is in the trail but its row is gone")
