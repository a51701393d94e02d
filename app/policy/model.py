"""A policy as it stands in force: checked, compiled, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from app.core.approvals import Requirement
from app.core.autonomy import Autonomy
from app.core.checks import CheckSetting
from app.core.limits import NO_LIMITS, Limits
from app.core.routes import Route
from app.core.thresholds import USUAL, Thresholds
from app.policy.condition import Condition

ANY_ACTION = "*"
"""In a rule's actions: every action of its resource."""


class Resource(StrEnum):
    """What a rule is about."""

    AGENT_ACTION = "agent_action"
    """Something an agent wants to do, such as sending an email."""
    RECORD_MUTATION = "record_mutation"
    """A change to a record of the CRM."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule. `line` is where it begins in the policy's text, from 1."""

    id: str
    condition: Condition
    resource: Resource = Resource.AGENT_ACTION
    actions: tuple[str, ...] = (ANY_ACTION,)
    route: Route
    approvals: Requirement | None = None
    why: str
    shadow: bool = False
    """Recorded where it matches, but decides nothing."""
    autonomy: bool = False
    """Whether an agent that has earned autonomy may do without the review that the rule demands."""
    line: int

    @property
    def when(self) -> str:
        """The condition in CEL, as written; `true` where the rule always applies."""
        return self.condition.source

    def covers(self, resource: str, operation: str) -> bool:
        """Whether the rule is about this operation on this resource at all."""
        return self.resource == resource and (operation in self.actions or ANY_ACTION in self.actions)


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """All rules of a version, in the order of the file, with the text they were read from."""

    version: int
    rules: tuple[Rule, ...]
    undo_window: timedelta
    """How long a draft that may leave waits, so that a person can take it back."""
    limits: Limits = NO_LIMITS
    sampling: Mapping[Route, float] = field(default_factory=dict)
    """The share of what left unattended, from 0 to 1, that people read afterwards."""
    autonomy: Autonomy | None = None
    """What it takes to earn autonomy; None where the policy grants none."""
    checks: Mapping[str, CheckSetting] = field(default_factory=dict)
    """How checks are taken, by id; those not named, as documented."""
    thresholds: Thresholds = USUAL
    text: str
    warnings: tuple[str, ...] = ()
    """What the text asks for and this version does not do, a line each."""
