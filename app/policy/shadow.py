"""Rules on trial: how often each has matched, and what would have gone another way if it had counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from app.core.assessment import Ruling
from app.core.routes import Route
from app.policy.model import Policy, Rule
from app.policy.past import PastDraft
from app.policy.replay import PolicyOf
from app.policy.router import NO_RULE

MOST_EXAMPLES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A draft that the rule matched: the way it went, and the way it would have gone."""

    draft_id: str
    before: Route
    after: Route


@dataclass(kw_only=True, slots=True)
class RuleTrial:
    """What is known of one rule on trial. It grows draft by draft."""

    rule: Rule
    drafts: int = 0
    """Drafts that were judged while exactly this rule was on trial."""
    matched: int = 0
    failed: int = 0
    """Drafts on which its condition failed: were it live, they would go to review for that."""
    failure: str = ""
    """Why it did the first time."""
    changes: Counter[tuple[Route, Route]] = field(default_factory=Counter)
    """How many of those matched would have gone another way: before, after."""
    examples: list[Example] = field(default_factory=list)
    """The first few, those that would have gone another way before the others."""


def rule_trials(policy: Policy, drafts: Iterable[PastDraft], *, policy_of: PolicyOf) -> Sequence[RuleTrial]:
    """The trial of every shadow rule of the policy, in the order of the file.

    A match counts where the rule stood in the policy of the day exactly as it stands now: as long as a condition was
    another one, it says nothing about this one.
    """
    on_trial = {rule.id: RuleTrial(rule=rule) for rule in policy.rules if rule.shadow}
    for draft in drafts if on_trial else ():
        for trial in on_trial.values():
            rulings = [
                verdict.ruling
                for verdict, _ in draft.verdicts
                if _stood(trial.rule, policy_of(verdict.ruling.policy_version))
            ]
            if rulings:
                _count(trial, draft, rulings)
    for trial in on_trial.values():
        trial.examples.sort(key=lambda example: example.before is example.after)
        del trial.examples[MOST_EXAMPLES:]
    return list(on_trial.values())


def _stood(rule: Rule, policy: Policy | None) -> bool:
    return policy is not None and any(_same(rule, then) for then in policy.rules if then.id == rule.id)


def _same(now: Rule, then: Rule) -> bool:
    parts = [(r.condition, r.resource, r.actions, r.route, r.shadow) for r in (now, then)]
    return parts[0] == parts[1]


def _count(trial: RuleTrial, draft: PastDraft, rulings: Sequence[Ruling]) -> None:
    trial.drafts += 1
    failures = [match.why for ruling in rulings for match in ruling.matches if match.failed == trial.rule.id]
    if failures:
        trial.failed += 1
        trial.failure = trial.failure or failures[0]
    if not any(_matched(trial.rule, ruling) for ruling in rulings):
        return
    before = max((ruling.route for ruling in rulings), key=_strictness)
    after = max((_route_with(trial.rule, ruling) for ruling in rulings), key=_strictness)
    trial.matched += 1
    if before is not after:
        trial.changes[before, after] += 1
    if before is not after or len(trial.examples) < MOST_EXAMPLES:
        trial.examples.append(Example(draft_id=draft.id, before=before, after=after))


def _matched(rule: Rule, ruling: Ruling) -> bool:
    return any(match.shadow and match.rule == rule.id for match in ruling.matches)


def _route_with(rule: Rule, ruling: Ruling) -> Route:
    """The route if the rule had counted. Where no other rule was about the draft, it is no longer without one."""
    if not _matched(rule, ruling):
        return ruling.route
    others = [match.route for match in ruling.matches if not match.shadow and match.rule != NO_RULE]
    decided = [ruling.route] if ruling.rule != NO_RULE else []
    return max((*others, *decided, rule.route), key=_strictness)


def _strictness(route: Route) -> int:
    return route.strictness
