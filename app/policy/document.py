"""The text of a policy → a policy, or an InvalidPolicy with place and remedy. The format: docs/policy.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

import yaml

from app.core.approvals import Requirement
from app.core.errors import InvalidPolicy
from app.core.routes import Route
from app.policy.approval_clause import read_approvals
from app.policy.autonomy_clause import read_autonomy
from app.policy.catalogue import ACTIONS, OF_RECORDS
from app.policy.cel_syntax import CelError
from app.policy.check_settings import read_check_settings, read_thresholds
from app.policy.condition import Condition, read_condition
from app.policy.limits_clause import read_limits, read_sampling
from app.policy.model import ANY_ACTION, Policy, Resource, Rule
from app.policy.scalar_place import place_in
from app.policy.suggestion import suggestion
from app.policy.yaml_nodes import (
    Entry,
    choice_of,
    duration_of,
    fail,
    items_of,
    mapping_of,
    read_document,
    scalar_of,
    text_of,
    whole_of,
    yes_no_of,
)
from extractors.lazily import compiled

DEFAULT_UNDO_WINDOW = timedelta(seconds=30)
LONGEST_UNDO_WINDOW = timedelta(days=7)
MOST_RULES = 1000

KEYS = ("version", "rules", "undo_window", "limits", "sampling", "autonomy", "checks", "thresholds")
"""What a policy can have at its top."""
_RULE_KEYS = ("id", "when", "resource", "action", "route", "approvals", "autonomy", "why", "mode")
_MODES = ("live", "shadow")
_AGENT_ACTIONS = (*ACTIONS, ANY_ACTION)
_ID = compiled(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_WORD = compiled(r"[a-z][a-z0-9_]{0,99}|\*")


@lru_cache(maxsize=16)
def load_policy(text: str) -> Policy:
    """The policy that the text describes, its conditions compiled; the last ones read are remembered.

    Raises InvalidPolicy, with line and column, at the first thing that is wrong.
    """
    root = mapping_of(read_document(text), "the policy", KEYS)
    for required in ("version", "rules"):
        if required not in root:
            raise InvalidPolicy(f"'{required}' is missing; every policy has one", line=1, column=1)
    return _Reader(text).policy(root)


class _Reader:
    """Reads one text; `_warnings` grows as things are met that are not acted on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._warnings: list[str] = []

    def policy(self, root: Mapping[str, Entry]) -> Policy:
        version = whole_of(root["version"].value, "version", least=1, most=2**31 - 1)
        window = self._undo_window(root.get("undo_window"))
        rules = self._rules(root["rules"].value)
        self._warn_of_idle_autonomy(root, rules)
        return Policy(
            version=version,
            rules=rules,
            undo_window=window,
            limits=read_limits(root.get("limits")),
            sampling=read_sampling(root.get("sampling")),
            autonomy=read_autonomy(root.get("autonomy")),
            checks=read_check_settings(root.get("checks")),
            thresholds=read_thresholds(root.get("thresholds")),
            text=self._text,
            warnings=tuple(self._warnings),
        )

    def _warn_of_idle_autonomy(self, root: Mapping[str, Entry], rules: Sequence[Rule]) -> None:
        willing = [rule for rule in rules if rule.autonomy]
        if "autonomy" in root and not willing:
            self._warn(root["autonomy"].key, "autonomy: no rule says `autonomy: true`, so nothing can be earned")
        if willing and "autonomy" not in root:
            what = f"rule '{willing[0].id}' says `autonomy: true` and the policy has no `autonomy` at its top"
            self._warnings.append(f"line {willing[0].line}: {what}, so nothing can be earned")

    def _warn(self, node: yaml.Node, message: str) -> None:
        self._warnings.append(f"line {node.start_mark.line + 1}: {message}")

    def _undo_window(self, entry: Entry | None) -> timedelta:
        if entry is None:
            return DEFAULT_UNDO_WINDOW
        window = duration_of(entry.value, "undo_window")
        if window > LONGEST_UNDO_WINDOW:
            fail(entry.value, f"undo_window can be {LONGEST_UNDO_WINDOW.days}d at most")
        return window

    def _rules(self, node: yaml.Node) -> tuple[Rule, ...]:
        items = items_of(node, "rules")
        if len(items) > MOST_RULES:
            fail(items[MOST_RULES], f"a policy has at most {MOST_RULES} rules")
        rules: dict[str, Rule] = {}
        for item in items:
            entries = mapping_of(item, "a rule", _RULE_KEYS)
            rule = self._rule(item, entries)
            if rule.id in rules:
                message = f"the id '{rule.id}' is taken by the rule on line {rules[rule.id].line}; choose another"
                fail(entries["id"].value, message)
            rules[rule.id] = rule
        return tuple(rules.values())

    def _rule(self, node: yaml.Node, entries: Mapping[str, Entry]) -> Rule:
        for required in ("id", "route"):
            if required not in entries:
                fail(node, f"this rule has no '{required}'; every rule has one")
        rule_id = _read_id(entries["id"].value)
        resource = self._resource(entries.get("resource"))
        actions = _read_actions(entries.get("action"), resource)
        self._warn_of_records(rule_id, resource, actions, entries.get("action"))
        route = choice_of(entries["route"].value, "route", Route)
        condition = self._condition(entries.get("when"))
        why = entries.get("why")
        return Rule(
            id=rule_id,
            condition=condition,
            resource=resource,
            actions=actions,
            route=route,
            approvals=self._approvals(entries.get("approvals"), route),
            why=text_of(why.value, "why") if why else f"rule '{rule_id}' applies",
            shadow=_read_mode(entries.get("mode")) == "shadow",
            autonomy=_read_rule_autonomy(entries.get("autonomy"), route),
            line=node.start_mark.line + 1,
        )

    def _warn_of_records(
        self, rule_id: str, resource: Resource, actions: tuple[str, ...], entry: Entry | None
    ) -> None:
        of_records = [action for action in actions if action in OF_RECORDS]
        if entry and of_records and resource is Resource.AGENT_ACTION:
            what = f"'{of_records[0]}' changes records; write `resource: record_mutation`, or it is never asked"
            self._warn(entry.key, f"rule '{rule_id}': {what}")

    def _resource(self, entry: Entry | None) -> Resource:
        return choice_of(entry.value, "resource", Resource) if entry else Resource.AGENT_ACTION

    def _condition(self, entry: Entry | None) -> Condition:
        if entry is None:
            return read_condition("true")
        node = scalar_of(entry.value, "when")
        source = str(node.value) if node.value in ("true", "false") else text_of(node, "when")
        try:
            return read_condition(source)
        except CelError as error:
            line, column = place_in(self._text, node, error.offset)
            raise InvalidPolicy(error.message, line=line, column=column) from None

    def _approvals(self, entry: Entry | None, route: Route) -> Requirement | None:
        if entry is None:
            return None
        requirement, warnings = read_approvals(entry, route)
        for warning in warnings:
            self._warn(entry.key, warning)
        return requirement


def _read_id(node: yaml.Node) -> str:
    name = text_of(node, "id")
    if not _ID.fullmatch(name):
        fail(node, f"'{name}' cannot be an id; use letters, digits, '.', '_' and '-', at most 100")
    if name.startswith("builtin."):
        fail(node, "ids that begin with 'builtin.' belong to the built-in floors; choose another")
    return name


def _read_actions(entry: Entry | None, resource: Resource) -> tuple[str, ...]:
    if entry is None:
        return (ANY_ACTION,)
    is_list = isinstance(entry.value, yaml.SequenceNode)
    nodes = items_of(entry.value, "action") if is_list else [entry.value]
    if not nodes:
        fail(entry.value, "action names nothing, so the rule would never apply; write '*' for every action")
    return tuple(dict.fromkeys(_read_action(node, resource) for node in nodes))


def _read_action(node: yaml.Node, resource: Resource) -> str:
    action = text_of(node, "action")
    if resource is Resource.AGENT_ACTION and action not in _AGENT_ACTIONS:
        hint = suggestion(action, _AGENT_ACTIONS)
        fail(node, f"unknown action '{action}'; {hint} (the kind of mail is draft.action in `when`)")
    if not _WORD.fullmatch(action):
        fail(node, f"'{action}' cannot be an action; use small letters, digits and '_'")
    return action


def _read_rule_autonomy(entry: Entry | None, route: Route) -> bool:
    if entry is None:
        return False
    willing = yes_no_of(entry.value, "autonomy")
    if willing and route is not Route.REVIEW:
        fail(entry.value, f"autonomy belongs to rules with `route: review`; what is '{route}' cannot be earned")
    return willing


def _read_mode(entry: Entry | None) -> str:
    if entry is None:
        return "live"
    mode = text_of(entry.value, "mode")
    if mode not in _MODES:
        fail(entry.value, f"unknown mode '{mode}'; {suggestion(mode, _MODES)}")
    return mode
