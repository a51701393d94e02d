"""What an agent wants to do besides sending mail, and its life from the proposal to what became of it.

```
  proposed ─┬─► approved ──► executing ──► done
            │       ▲            │    └──► failed
            ├─► in_review        └──► unknown ──► done, failed (a late report, or a person who has looked)
            └─► blocked

  in_review ──► approved, rejected, expired, withdrawn, in_review or blocked (judged again)
  approved ───► expired (nobody claimed it in time), withdrawn, in_review, blocked or approved (judged again)
  blocked ────► withdrawn
```
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from app.core.digest import canonical_bytes, sha256_of
from app.core.errors import MoveNotAllowed
from app.core.matters import Matter
from app.core.routes import Route

Values = Mapping[str, JsonValue]
"""Fields by name, as JSON."""


class ActionState(StrEnum):
    """Where an action is."""

    IN_REVIEW = "in_review"
    """Waits for people; its due time is the next of the timers of its request."""
    BLOCKED = "blocked"
    """Must not be done."""
    APPROVED = "approved"
    """May be claimed, once; its due time is when that ends."""
    EXECUTING = "executing"
    """Somebody claimed it under a lease; its due time is the end of the lease."""
    UNKNOWN = "unknown"
    """Whoever claimed it has not reported; a person has to look."""
    DONE = "done"
    FAILED = "failed"
    """Certainly not done."""
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    """Taken back before anybody claimed it."""


_S = ActionState
MOVES: Mapping[ActionState, frozenset[ActionState]] = {
    _S.IN_REVIEW: frozenset(
        {_S.IN_REVIEW, _S.APPROVED, _S.BLOCKED, _S.REJECTED, _S.EXPIRED, _S.WITHDRAWN},
    ),
    _S.BLOCKED: frozenset({_S.WITHDRAWN}),
    _S.APPROVED: frozenset({_S.APPROVED, _S.EXECUTING, _S.IN_REVIEW, _S.BLOCKED, _S.EXPIRED, _S.WITHDRAWN}),
    _S.EXECUTING: frozenset({_S.DONE, _S.FAILED, _S.UNKNOWN}),
    _S.UNKNOWN: frozenset({_S.DONE, _S.FAILED}),
    _S.DONE: frozenset(),
    _S.FAILED: frozenset(),
    _S.REJECTED: frozenset(),
    _S.EXPIRED: frozenset(),
    _S.WITHDRAWN: frozenset(),
}

ENTRY: Mapping[Route, ActionState] = {
    Route.AUTO_SEND: _S.APPROVED,
    Route.MONITOR: _S.APPROVED,
    Route.REVIEW: _S.IN_REVIEW,
    Route.BLOCK: _S.BLOCKED,
}
"""Where each route puts an action."""

TIMED = (_S.IN_REVIEW, _S.APPROVED, _S.EXECUTING)
"""States whose due time is a timer."""

OPEN = (_S.IN_REVIEW, _S.UNKNOWN, _S.BLOCKED)
"""States in which an action waits for a person."""


def require_move(action_id: str, source: ActionState, target: ActionState) -> None:
    """Raise `MoveNotAllowed` unless an action may go from `source` to `target`."""
    if target not in MOVES[source]:
        raise MoveNotAllowed(draft_id=action_id, source=source.value, target=target.value, matter=Matter.ACTION)


class Outcome(StrEnum):
    """What whoever carried an action out says became of it."""

    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What is acted on: `salesforce`, `opportunity`, `006…`. What does not exist yet has no id."""

    system: str
    type: str
    id: str | None = None

    def __str__(self) -> str:
        return f"{self.type} {self.id} in {self.system}" if self.id else f"{self.type} in {self.system}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """An action as its agent proposes it. Nothing of it has been done."""

    kind: str
    """As rules name it under `action`: create_record, update_record, post, page, browse, …"""
    resource: str
    """As rules name it: `record_mutation` for what changes records, `agent_action` otherwise."""
    agent: str
    on_behalf_of: str
    """Id of the person in whose name it is done."""
    target: Target
    deal_id: str | None = None
    before: Values | None = None
    """The values that it replaces; None where nobody knows them."""
    after: Values | None = None
    """The values that will be there."""
    payload: Values | None = None
    """What else it carries: the text of a post, the address to read."""
    reason: str = ""
    """Why the agent wants to do it, in its own words."""
    client_id: str | None = None
    """The proposer's own id: proposing the same one twice gives the same action."""
    rollback_of: str | None = None
    """The id of the action that this one takes back."""

    @property
    def headline(self) -> str:
        """What it is, in a few words."""
        return f"{self.kind.replace('_', ' ')}: {self.target}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """Leave to do one action once, until a moment. Whoever holds it reports what became of it."""

    id: str
    executor: str
    """Who carries it out: `agent:<name>`, or `person:<id>`."""
    person: str
    """Id of the person who answers for the executor."""
    at: datetime
    until: datetime
    key: str | None = None
    """The executor's own: claiming again with the same one gives the same claim."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What became of an action, and who says so."""

    outcome: Outcome
    by: str
    """`agent:<name>` or `person:<id>`."""
    at: datetime
    reason: str = ""
    result: Values | None = None
    """What the system answered, such as the new record's id."""


def _content(action: Action) -> dict[str, object]:
    return {
        "kind": action.kind,
        "resource": action.resource,
        "on_behalf_of": action.on_behalf_of,
        "deal_id": action.deal_id,
        "target": [action.target.system, action.target.type, action.target.id],
        "before": action.before,
        "after": action.after,
        "payload": action.payload,
    }


def action_digest(action: Action, policy_version: int) -> str:
    """The digest over what is done, to what, with which values, in whose name, and the policy version."""
    return sha256_of(canonical_bytes({**_content(action), "policy_version": policy_version}))


def proposal_digest(action: Action) -> str:
    """The digest of all that was proposed but its client id: tells a repeat from a reused key."""
    envelope = {"agent": action.agent, "reason": action.reason, "rollback_of": action.rollback_of}
    return sha256_of(canonical_bytes({**_content(action), **envelope}))
