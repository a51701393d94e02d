"""Rules that never decide, because wherever one applies another does that goes before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from app.core.checks import Severity
from app.core.routes import Route
from app.policy.catalogue import SEND_EMAIL
from app.policy.cel_parser import parse
from app.policy.cel_syntax import Member, Name, Node, children
from app.policy.cel_text import text_of_tree
from app.policy.contradictions import conjuncts
from app.policy.logic import Formula
from app.policy.logic_reading import cannot_fail, formula_of
from app.policy.logic_solver import implies
from app.policy.model import ANY_ACTION, Resource, Rule

_MOST_STEPS = 2_000
"""Spent on one pair of rules; a pair that needs more is taken to be independent."""

_MOST_COMPARED = 30_000
"""Pairs of rules that are compared in full; a policy of a few hundred rules stays below."""

FLOORS = (
    ("builtin.blocking-check", f'checks.exists(c, c.severity == "{Severity.BLOCK}")', Route.BLOCK),
    ("builtin.unknown-fact", 'draft.deal_id != "" && !deal.known', Route.REVIEW),
)
"""What no rule can lower, as far as conditions can tell: the id, the condition and the route."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Covering:
    """A rule that never decides, and what decides in its place."""

    rule: Rule
    by: str
    """Id of the other rule, or of a floor."""
    line: int | None
    """Where the other rule begins; None for a floor."""
    route: Route
    """The other's."""
    same_condition: bool

    @property
    def routes_differ(self) -> bool:
        """Whether the other one is stricter, rather than earlier."""
        return self.route is not self.rule.route


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What was found out about the rules of a policy."""

    found: tuple[Covering, ...]
    not_compared: Rule | None
    """The first rule that was not compared with the others, because there are too many; None where all were."""


def coverage_of(rules: Sequence[Rule], most_compared: int = _MOST_COMPARED) -> Coverage:
    """Every live rule that never decides, once, with the first thing that covers it."""
    live = [rule for rule in rules if not rule.shadow]
    comparison = _Comparison(live, most_compared)
    floors = [(_Said(parse(condition)), name, route) for name, condition, route in FLOORS]
    found: list[Covering] = []
    for place, rule in enumerate(live):
        covering = comparison.by_rule(place) or _by_floor(rule, comparison.said[place], floors)
        if comparison.left < 0:
            return Coverage(found=tuple(found), not_compared=rule)
        if covering is not None:
            found.append(covering)
    return Coverage(found=tuple(found), not_compared=None)


class _Comparison:
    """Rules compared in pairs; `left` is how many more pairs may be, below 0 where it was not enough."""

    def __init__(self, rules: Sequence[Rule], most_compared: int) -> None:
        self._rules = rules
        self._strictness = [rule.route.strictness for rule in rules]
        self.said = [_Said(rule.condition.tree) for rule in rules]
        self.left = most_compared

    def by_rule(self, place: int) -> Covering | None:
        """The first rule that covers the one at the place."""
        rule, said = self._rules[place], self.said[place]
        for at, other in enumerate(self._rules):
            if _stands_aside(other, rule):
                continue
            if self._goes_before(at, place) and _is_about_all_of(other, rule) and self._covers(self.said[at], said):
                same = said.covers(self.said[at])
                return Covering(rule=rule, by=other.id, line=other.line, route=other.route, same_condition=same)
        return None

    def _goes_before(self, at: int, place: int) -> bool:
        ahead = self._strictness[at] - self._strictness[place]
        return ahead > 0 or (ahead == 0 and at < place)

    def _covers(self, other: _Said, said: _Said) -> bool:
        if other.is_part_of(said):
            return True
        if self.left < 0 or not other.may_follow_from(said):
            return False
        self.left -= 1
        return self.left >= 0 and other.follows_from(said)


def _stands_aside(other: Rule, rule: Rule) -> bool:
    """Whether earned autonomy can do away with the other rule's review, and this rule's then still stands."""
    return other.autonomy and not rule.autonomy and other.route is rule.route


def _by_floor(rule: Rule, said: _Said, floors: Sequence[tuple[_Said, str, Route]]) -> Covering | None:
    if rule.resource is not Resource.AGENT_ACTION or rule.actions != (SEND_EMAIL,):
        return None
    for floor, name, route in floors:
        if route.strictness > rule.route.strictness and floor.covers(said):
            return Covering(rule=rule, by=name, line=None, route=route, same_condition=False)
    return None


def _is_about_all_of(other: Rule, rule: Rule) -> bool:
    is_wide = ANY_ACTION in other.actions or set(rule.actions) <= set(other.actions)
    return other.resource is rule.resource and is_wide


class _Said:
    """What a condition says, in the forms that comparing takes; each is worked out once, when it is needed."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree

    def covers(self, other: _Said) -> bool:
        """Whether this holds, without failing, wherever the other does. A "yes" is certain."""
        return self.is_part_of(other) or (self.may_follow_from(other) and self.follows_from(other))

    def is_part_of(self, other: _Said) -> bool:
        """Whether each part of this is a part of the other, so that it does not fail either where that holds."""
        return self._texts <= other._texts

    def may_follow_from(self, other: _Said) -> bool:
        """Whether comparing is worth it: no part can follow from what is about other facts."""
        return self._is_safe and not any(paths.isdisjoint(other._paths) for paths in self._paths_by_part)

    def follows_from(self, other: _Said) -> bool:
        """Whether it can be shown that this holds wherever the other does."""
        return implies(other._formula, self._formula, _MOST_STEPS)

    @cached_property
    def _texts(self) -> frozenset[str]:
        return frozenset(map(text_of_tree, conjuncts(self._tree))) - {"true"}

    @cached_property
    def _is_safe(self) -> bool:
        return cannot_fail(self._tree)

    @cached_property
    def _formula(self) -> Formula:
        return formula_of(self._tree)

    @cached_property
    def _paths_by_part(self) -> list[frozenset[str]]:
        return [_paths(part) for part in conjuncts(self._tree)]

    @cached_property
    def _paths(self) -> frozenset[str]:
        return _paths(self._tree)


def _paths(tree: Node) -> frozenset[str]:
    """The facts that the tree names, and the variables of its macros."""
    match tree:
        case Name() | Member(target=Name()):
            return frozenset({text_of_tree(tree)})
        case _:
            return frozenset[str]().union(*map(_paths, children(tree)))
