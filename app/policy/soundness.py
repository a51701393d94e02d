"""A policy that can be read, looked at as a whole: rules that can never hold, and rules that can never decide.

What is reported is certain; not everything that is so is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import yaml

from app.core.approvals import ResolverKind
from app.core.errors import InvalidPolicy
from app.core.routes import Tier
from app.policy.cel_syntax import Logic, first_offset
from app.policy.contradictions import culprit_in, shown
from app.policy.coverage import Covering, coverage_of
from app.policy.document import KEYS, load_policy
from app.policy.logic import All, Is, OneOf, Term, TermKind, negated
from app.policy.logic_reading import formula_of
from app.policy.logic_solver import can_hold
from app.policy.model import Policy, Rule
from app.policy.scalar_place import place_in
from app.policy.yaml_nodes import items_of, mapping_of, read_document, scalar_of

_GRAVE = Is(
    OneOf(
        Term("risk.tier", TermKind.TEXT, choices=frozenset(map(str, Tier)), least=""),
        frozenset({str(Tier.HIGH), str(Tier.CRITICAL)}),
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Flaw:
    """Something about a rule that cannot be meant. Lines and columns count from 1."""

    rule: str
    line: int
    column: int
    message: str
    """What is wrong, and what to do about it."""
    refused: bool
    """Whether a policy with it cannot be published; otherwise it is a warning."""


@lru_cache(maxsize=16)
def checked_policy(text: str) -> Policy:
    """The policy that the text describes, its warnings complete. Raises InvalidPolicy at the first grave flaw.

    For texts that somebody is about to put in force. What is in force is read with `load_policy`.
    """
    policy = load_policy(text)
    flaws = flaws_in(policy)
    for flaw in flaws:
        if flaw.refused:
            raise InvalidPolicy(f"rule '{flaw.rule}': {flaw.message}", line=flaw.line, column=flaw.column)
    told = (f"line {flaw.line}, column {flaw.column}: rule '{flaw.rule}': {flaw.message}" for flaw in flaws)
    return replace(policy, warnings=(*policy.warnings, *told))


def flaws_in(policy: Policy) -> tuple[Flaw, ...]:
    """Every flaw that is found, in the order of the file."""
    places = _Places(policy.text)
    flaws: list[Flaw] = []
    for index, rule in enumerate(policy.rules):
        for message, offset, refused in _of_one(rule):
            flaws.append(places.flaw(index, rule, message, offset, refused=refused))
    hopeless = {flaw.rule for flaw in flaws if flaw.refused}
    coverage = coverage_of([rule for rule in policy.rules if rule.id not in hopeless])
    numbers = {rule.id: index for index, rule in enumerate(policy.rules)}
    for covering in coverage.found:
        flaws.append(places.flaw(numbers[covering.rule.id], covering.rule, _told(covering), 0, refused=False))
    if (rule_left := coverage.not_compared) is not None:
        message = "from here on rules were not compared with each other, there are too many; a shorter policy can be"
        flaws.append(places.flaw(numbers[rule_left.id], rule_left, message, 0, refused=False))
    return tuple(sorted(flaws, key=lambda flaw: (flaw.line, flaw.column)))


_Found = tuple[str, int, bool]
"""What is wrong, where in the condition, and whether it is refused."""


def _of_one(rule: Rule) -> Iterator[_Found]:
    """What is wrong with a rule by itself."""
    tree = rule.condition.tree
    formula = formula_of(tree)
    if not can_hold(formula):
        culprit = culprit_in(tree)
        yield f"it can never apply: {culprit.message}", culprit.offset, True
        return
    if rule.when != "true" and not can_hold(negated(formula)):
        yield "this always holds; write `when: true` if that is meant, && where both have to hold", 0, False
    if isinstance(tree, Logic) and tree.operator == "||":
        for term in tree.terms:
            if not can_hold(formula_of(term)):
                culprit = culprit_in(term)
                yield f"{shown(term)} can never hold: {culprit.message}", first_offset(term), False
    if _approves_by_silence(rule) and can_hold(All((formula, _GRAVE))):
        hint = 'add risk.tier in ["low", "medium"] to `when`'
        yield (
            f"auto_approve is for low and medium risk only, and this rule takes every draft it fits; {hint}",
            0,
            True,
        )


def _approves_by_silence(rule: Rule) -> bool:
    if rule.approvals is None:
        return False
    resolvers = (rule.approvals.resolver, *(stage.resolver for stage in rule.approvals.then))
    return any(resolver.kind is ResolverKind.AUTO_APPROVE for resolver in resolvers)


def _told(covering: Covering) -> str:
    by = f"rule '{covering.by}' (line {covering.line})" if covering.line else f"the floor {covering.by}"
    if covering.same_condition and covering.routes_differ:
        return (
            f"it never decides: {by} has the same condition and says {covering.route}, which is stricter; "
            "keep the one that is meant"
        )
    why = f"says {covering.route}, which is stricter" if covering.routes_differ else "comes first"
    same = "has the same condition and " if covering.same_condition else "applies wherever it does and "
    return f"it never decides: {by} {same}{why}; remove it, or narrow one of them"


class _Places:
    """Where the rules and their conditions stand in the text, which is known to be a policy."""

    def __init__(self, text: str) -> None:
        self._text = text
        root = mapping_of(read_document(text), "the policy", KEYS)
        self._rules: Sequence[yaml.Node] = items_of(root["rules"].value, "rules")

    def flaw(self, index: int, rule: Rule, message: str, offset: int, *, refused: bool) -> Flaw:
        line, column = self._place(index, offset)
        return Flaw(rule=rule.id, line=line, column=column, message=message, refused=refused)

    def _place(self, index: int, offset: int) -> tuple[int, int]:
        node = self._rules[index]
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if key.value == "when":
                return place_in(self._text, scalar_of(value, "when"), offset)
        return node.start_mark.line + 1, node.start_mark.column + 1
