"""What another policy would have done with the drafts of the past, from the facts kept with each verdict.

Nothing is extracted, looked up or checked again: rules, severities of checks and floors are applied to what was found
then. What a policy changes beyond that cannot be replayed; it is counted, and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from enum import StrEnum

from app.core.assessment import RuleMatch, Ruling
from app.core.checks import AS_DOCUMENTED, source_of
from app.core.codec import from_record
from app.core.findings import Strength
from app.core.routes import Route
from app.policy.earned import EARNED, with_earned
from app.policy.fact_values import judged_values
from app.policy.kept_facts import KeptFacts, facts_of
from app.policy.model import Policy
from app.policy.past import PEOPLE_AGREED, PEOPLE_OBJECTED, Outcome, PastDraft, PastVerdict
from app.policy.router import BLOCKING_CHECK, NO_RULE, RULE_ERROR, UNKNOWN_FACT, rule_on_values
from app.policy.tiers import is_high_value, missing_deal, weigh

PolicyOf = Callable[[int], Policy | None]
"""The policy with a version; None where it cannot be read any more."""

_WORKED_OUT_AGAIN = frozenset({BLOCKING_CHECK, UNKNOWN_FACT, NO_RULE, RULE_ERROR, EARNED})


class LeftOut(StrEnum):
    """Why a draft cannot be replayed."""

    NO_FACTS = "its facts were not kept"
    UNREADABLE = "its facts cannot be read any more"
    YOUNGER_FACTS = "a rule reads facts that were not known yet"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A draft that would have gone another way."""

    draft_id: str
    client_id: str | None
    outcome: Outcome
    before: Ruling
    after: Ruling


@dataclass(frozen=True, kw_only=True, slots=True)
class Precision:
    """How right it is to let drafts go, or to put them before people, by what people did with them then."""

    drafts: int
    agreed: int
    """Approved as they were."""
    objected: int
    """Edited, rejected or undone."""

    @property
    def of_sending(self) -> float | None:
        """Of those that people decided about: the share they had nothing to say against."""
        return self.agreed / (self.agreed + self.objected) if self.agreed + self.objected else None

    @property
    def of_review(self) -> float | None:
        """Of those that people decided about: the share in which a person was needed."""
        return self.objected / (self.agreed + self.objected) if self.agreed + self.objected else None


@dataclass(kw_only=True, slots=True)
class Simulation:
    """What would be different. It grows draft by draft."""

    policy_version: int
    replayed: int = 0
    routes: Counter[tuple[Route, Route]] = field(default_factory=Counter)
    """How many drafts went one way then and would go the other: before, after."""
    changes: list[Change] = field(default_factory=list)
    other_rule: int = 0
    """Drafts that would go the same way by another rule."""
    outcomes: Counter[tuple[Route, Route, Outcome]] = field(default_factory=Counter)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    other_thresholds: Counter[str] = field(default_factory=Counter)
    """Drafts that were checked with another threshold than the policy's, by threshold; their results stand."""
    failed_on_trial: Counter[str] = field(default_factory=Counter)
    """Drafts on which the condition of a shadow rule failed, by rule."""
    kept_floors: Counter[str] = field(default_factory=Counter)
    """Drafts held by something outside the rules, such as a limit or a stop, and in the replay held as they were."""

    def precision(self, *routes: Route, before: bool = False) -> Precision:
        """What people did with the drafts that go one of these ways by this policy, or (before) that went so then."""
        counts: Counter[Outcome] = Counter()
        for (then, now, outcome), count in self.outcomes.items():
            if (then if before else now) in routes:
                counts[outcome] += count
        return Precision(
            drafts=counts.total(),
            agreed=sum(counts[outcome] for outcome in PEOPLE_AGREED),
            objected=sum(counts[outcome] for outcome in PEOPLE_OBJECTED),
        )


def replay(policy: Policy, drafts: Iterable[PastDraft], *, policy_of: PolicyOf) -> Simulation:
    """Route every draft by the policy, and compare."""
    found = Simulation(policy_version=policy.version)
    for draft in drafts:
        after = ruling_today(policy, draft)
        if isinstance(after, LeftOut):
            found.left_out[after] += 1
        else:
            _count(found, draft, after)
            found.other_thresholds.update(_other_thresholds(policy, policy_of(draft.decided.policy_version)))
    return found


def _count(found: Simulation, draft: PastDraft, after: Ruling) -> None:
    before = draft.decided
    found.replayed += 1
    found.routes[before.route, after.route] += 1
    found.failed_on_trial.update({m.failed for m in after.matches if m.shadow and m.failed is not None})
    found.outcomes[before.route, after.route, draft.outcome] += 1
    found.kept_floors.update({floor.rule for verdict, _ in draft.verdicts for floor in _kept_floors(verdict)})
    if before.route is not after.route:
        change = Change(
            draft_id=draft.id, client_id=draft.client_id, outcome=draft.outcome, before=before, after=after
        )
        found.changes.append(change)
    elif before.rule != after.rule:
        found.other_rule += 1


def _other_thresholds(policy: Policy, then: Policy | None) -> Iterator[str]:
    if then is None or then.thresholds == policy.thresholds:
        return
    for each in fields(policy.thresholds):
        if getattr(then.thresholds, each.name) != getattr(policy.thresholds, each.name):
            yield each.name


def ruling_today(policy: Policy, draft: PastDraft) -> Ruling | LeftOut:
    """The strictest ruling of the policy on the draft's verdicts, or why there is none."""
    rulings: list[Ruling] = []
    facts: KeptFacts | None = None
    for verdict, text in draft.verdicts:
        # A verdict without facts of its own was given on the same words when they could not be judged again.
        try:
            facts = facts_of(text) if text is not None else facts
            if facts is None:
                return LeftOut.NO_FACTS
            ruling = _ruling(policy, verdict, facts)
        except ValueError:
            return LeftOut.UNREADABLE
        if not facts.complete and any(match.rule == RULE_ERROR for match in ruling.matches):
            return LeftOut.YOUNGER_FACTS
        rulings.append(ruling)
    return max(rulings, key=lambda ruling: ruling.route.strictness)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Deal:
    known: bool
    amount: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Promise:
    strength: Strength
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Draft:
    deal_id: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Weighed:
    """The facts that the risk follows from, beside what the checks found."""

    draft: _Draft
    deal: _Deal
    commitments: tuple[_Promise, ...]


def _ruling(policy: Policy, verdict: PastVerdict, facts: KeptFacts) -> Ruling:
    weighed = from_record(_Weighed, facts.values)
    results = [policy.checks.get(result.check, AS_DOCUMENTED).taken(result) for result in verdict.checks]
    observed = {source_of(check) for check, setting in policy.checks.items() if setting.observe}
    unknown = [
        *(gap for gap in verdict.unknown if gap.source not in observed),
        *missing_deal(weighed.draft.deal_id, known=weighed.deal.known),
    ]
    risk = weigh(
        ((promise.strength, promise.text) for promise in weighed.commitments),
        results,
        unknown,
        high_value=is_high_value(weighed.deal.amount if weighed.deal.known else None),
    )
    values = {**facts.values, **judged_values(results, risk)}
    floors = list(_kept_floors(verdict))
    ruling = rule_on_values(policy, values, results=results, unknown=unknown, floors=floors, explained=False)
    # What the agent had earned then stands, where this policy's rules allow for it.
    earned = next((match for match in verdict.ruling.matches if match.rule == EARNED), None)
    return with_earned(policy, ruling, earned if policy.autonomy else None)


def _kept_floors(verdict: PastVerdict) -> Iterator[RuleMatch]:
    """Demands from outside the policy, which stand whatever the policy says."""
    ruling = verdict.ruling
    decided = RuleMatch(rule=ruling.rule, route=ruling.route, why=ruling.why)
    outside = [match for match in (*ruling.matches, decided) if match.rule.startswith("builtin.")]
    known = {match.rule: match for match in outside if match.rule not in _WORKED_OUT_AGAIN}
    yield from known.values()
