"""The verdict on a draft: findings, results, risk, route, and the rule that decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core.approvals import Requirement
from app.core.checks import CheckResult
from app.core.facts import Account, Person, UnknownFact
from app.core.findings import Findings
from app.core.routes import Route, Tier


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """How much could go wrong, and why."""

    tier: Tier
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DecidingFact:
    """A fact that made a rule's condition true: its path, such as `commitments[0].strength`, and its value."""

    path: str
    value: str | int | float | bool


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleMatch:
    """A policy rule that applied to the draft. A shadow rule is recorded and does not decide."""

    rule: str
    route: Route
    why: str
    shadow: bool = False
    facts: tuple[DecidingFact, ...] = ()
    """What made its condition true; empty for rules that always apply, for floors, and in older verdicts."""
    failed: str | None = None
    """The id of the rule whose condition failed, where this is the floor for that; None in older verdicts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """What the policy says: the route, the deciding rule, all that matched, and the approval it demands."""

    route: Route
    rule: str
    why: str
    policy_version: int
    matches: tuple[RuleMatch, ...] = ()
    approvals: Requirement | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """The full verdict on one digest. `approvers` are the people resolved at the moment of the verdict."""

    digest: str
    findings: Findings
    checks: tuple[CheckResult, ...]
    risk: Risk
    ruling: Ruling
    sender: Person
    """The person it is written for, as the directory had it at the moment of the verdict."""
    account: Account | None = None
    """The customer it is written to, where one is known."""
    unknown: tuple[UnknownFact, ...] = ()
    approvers: tuple[str, ...] = ()
    not_before: datetime | None = None
    """Where the draft names a moment to be sent after: that one, or the next at which its recipients are awake."""
    write_facts: Annotated[Callable[[], str] | None, Field(exclude=True)] = field(
        default=None, repr=False, compare=False
    )
    """Writes out `facts`: asked where a verdict is kept, which most are not."""

    @property
    def route(self) -> Route:
        """Where the draft goes."""
        return self.ruling.route

    @property
    def facts(self) -> str | None:
        """The facts that conditions read, as JSON, where they are at hand: kept beside the verdict, not in it."""
        return self.write_facts() if self.write_facts is not None else None
