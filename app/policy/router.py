"""Which way a draft goes: every rule that matches, the strictest of them, and the floors that no policy can lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import cel

from app.core.approvals import Requirement
from app.core.assessment import Risk, RuleMatch, Ruling
from app.core.checks import CheckResult, Severity
from app.core.drafts import Draft
from app.core.facts import Facts, UnknownFact
from app.core.findings import Findings
from app.core.routes import Route
from app.policy.catalogue import SEND_EMAIL
from app.policy.condition import EVALUATION_ERRORS
from app.policy.deciding import deciding_facts
from app.policy.fact_values import NO_ACTION, Value, cel_facts, operation_values
from app.policy.model import Policy, Resource, Rule
from app.policy.tiers import missing_deal

BLOCKING_CHECK = "builtin.blocking-check"
UNKNOWN_FACT = "builtin.unknown-fact"
NO_RULE = "builtin.no-rule"
RULE_ERROR = "builtin.rule-error"


def rule_on(
    policy: Policy,
    *,
    draft: Draft,
    findings: Findings,
    results: Sequence[CheckResult],
    risk: Risk,
    facts: Facts,
    unknown: Sequence[UnknownFact],
    resource: str = Resource.AGENT_ACTION,
    operation: str = "send_email",
) -> Ruling:
    """The way the draft goes. Of the rules that match, the strictest route wins; of those, the first in the file.

    Never raises for what a condition does: a rule that fails puts the draft into review. A shadow rule is among the
    matches and decides nothing. `unknown` are the facts that could not be had, beside those named in `facts`.
    """
    return rule_on_values(
        policy,
        cel_facts(draft, findings, results, risk, facts),
        results=results,
        unknown=[*unknown, *facts.unknown, *missing_deal(draft.deal_id, known=facts.deal is not None)],
        resource=resource,
        operation=operation,
    )


def rule_on_values(
    policy: Policy,
    values: Mapping[str, Value],
    *,
    results: Sequence[CheckResult],
    unknown: Sequence[UnknownFact],
    floors: Sequence[RuleMatch] = (),
    resource: str = Resource.AGENT_ACTION,
    operation: str = "send_email",
    explained: bool = True,
) -> Ruling:
    """What `rule_on` says, on the facts as conditions read them. `unknown` is all that could not be had.

    `floors` are demands from outside the policy, which no rule can lower either. `explained`: whether each match
    tells the facts that made its condition true, which takes a while.
    """
    rules = [rule for rule in policy.rules if rule.covers(resource, operation)]
    values = {**NO_ACTION, **values, "operation": operation_values(operation)}
    context = cel.Context(variables=_read_by(rules, values))
    matched, failures = _run(rules, context)
    live = [rule for rule in matched if not rule.shadow]
    what = "draft" if operation == SEND_EMAIL else "action"
    lowest = [
        *_rule_errors(failures),
        *_floors(results, unknown),
        *floors,
        *(() if live else (_floor(NO_RULE, Route.REVIEW, f"no rule of the policy is about this {what}"),)),
    ]
    told = context if explained else None
    matches = (*(_match(rule, values, told) for rule in matched), *lowest)
    # max() keeps the first of equals, so a rule of the policy goes before a floor of the same route.
    deciding = max((m for m in matches if not m.shadow), key=lambda match: match.route.strictness)
    return Ruling(
        route=deciding.route,
        rule=deciding.rule,
        why=deciding.why,
        policy_version=policy.version,
        matches=matches,
        approvals=_approvals(deciding, live),
    )


def _read_by(rules: Sequence[Rule], values: Mapping[str, Value]) -> dict[str, Value]:
    """The values that some condition names: handing over a value costs more than running a condition on it."""
    names = frozenset[str]().union(*(rule.condition.names for rule in rules))
    return {name: value for name, value in values.items() if name in names}


def _run(rules: Sequence[Rule], context: cel.Context) -> tuple[list[Rule], list[tuple[Rule, str]]]:
    """The rules that match, and those that failed with the reason, both in the order of the file."""
    matched: list[Rule] = []
    failures: list[tuple[Rule, str]] = []
    for rule in rules:
        try:
            answer = rule.condition.program.execute(context)
        except EVALUATION_ERRORS as error:
            failures.append((rule, f"{type(error).__name__}: {error}"))
            continue
        if answer is True:
            matched.append(rule)
        elif answer is not False:
            failures.append((rule, f"it says {answer!r} instead of true or false"))
    return matched, failures


def _rule_errors(failures: Sequence[tuple[Rule, str]]) -> Iterator[RuleMatch]:
    for rule, reason in failures:
        why = f"rule '{rule.id}' (line {rule.line}) failed: {reason}"
        yield RuleMatch(rule=RULE_ERROR, route=Route.REVIEW, why=why, shadow=rule.shadow, failed=rule.id)


def _floors(results: Sequence[CheckResult], unknown: Sequence[UnknownFact]) -> Iterator[RuleMatch]:
    for result in results:
        if result.severity is Severity.BLOCK:
            yield _floor(BLOCKING_CHECK, Route.BLOCK, f"{result.check}: {result.message}")
    for gap in dict.fromkeys(unknown):
        yield _floor(UNKNOWN_FACT, Route.REVIEW, f"{gap.source}: {gap.reason}")


def _floor(rule: str, route: Route, why: str) -> RuleMatch:
    return RuleMatch(rule=rule, route=route, why=why)


def _match(rule: Rule, values: Mapping[str, Value], context: cel.Context | None) -> RuleMatch:
    facts = deciding_facts(rule.condition, values, context) if context is not None else ()
    return RuleMatch(rule=rule.id, route=rule.route, why=rule.why, shadow=rule.shadow, facts=facts)


def _approvals(deciding: RuleMatch, live: Sequence[Rule]) -> Requirement | None:
    """What the deciding rule demands; the default where it, or a floor, sends to review and says nothing more."""
    if deciding.route is not Route.REVIEW:
        return None
    demands = (rule.approvals for rule in live if rule.id == deciding.rule)
    return next(demands, None) or Requirement()
