"""The `approvals` of a rule → what the draft needs before it may leave."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from app.core.approvals import Requirement, Resolver, ResolverKind
from app.policy.suggestion import suggestion
from app.policy.yaml_nodes import (
    Entry,
    duration_of,
    fail,
    mapping_of,
    text_of,
    whole_of,
    yes_no_of,
)

MOST_APPROVERS = 20

_KEYS = ("needed", "separate_duties", "step_up", "resolver", "fallback", "escalate_after", "expires_after")
_NOT_YET: Mapping[str, str] = {
    "agent": "an agent that is allowed to approve",
    "auto_approve": "a timer that approves by itself",
}
"""Resolvers that are part of the format and that nothing stands behind."""


def read_approvals(node: yaml.Node) -> tuple[Requirement, tuple[str, ...]]:
    """The demand, and a line for each part of it that is read and not acted on. Raises InvalidPolicy."""
    entries = mapping_of(node, "approvals", _KEYS)
    default = Requirement()
    needed, separate, step_up, expires = (
        entries.get(key) for key in ("needed", "separate_duties", "step_up", "expires_after")
    )
    requirement = Requirement(
        needed=whole_of(needed.value, "needed", least=1, most=MOST_APPROVERS) if needed else default.needed,
        resolver=_resolver(entries["resolver"].value) if "resolver" in entries else default.resolver,
        fallback=_resolver(entries["fallback"].value) if "fallback" in entries else default.fallback,
        separate_duties=yes_no_of(separate.value, "separate_duties") if separate else default.separate_duties,
        step_up=yes_no_of(step_up.value, "step_up") if step_up else default.step_up,
        expires_after=duration_of(expires.value, "expires_after") if expires else default.expires_after,
    )
    if expires and not requirement.expires_after:
        fail(expires.value, "expires_after has to be longer than nothing")
    return requirement, _warnings(requirement, entries)


def _warnings(requirement: Requirement, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    warnings: list[str] = []
    if requirement.step_up:
        warnings.append(
            "approvals.step_up: read and checked, but a fresh sign-in is not available in this version: "
            "what this rule sends to review cannot be approved"
        )
    if escalate := entries.get("escalate_after"):
        duration_of(escalate.value, "escalate_after")
        warnings.append("approvals.escalate_after: read and checked, not enforced in this version")
    return tuple(warnings)


def _resolver(node: yaml.Node) -> Resolver:
    kinds = [str(kind) for kind in ResolverKind]
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        fail(
            node, f"a resolver is a mapping with one key, such as {{manager: {{}}}}; possible are: {', '.join(kinds)}"
        )
    key, argument = node.value[0]
    name = key.value if isinstance(key, yaml.ScalarNode) else "this"
    if name in _NOT_YET:
        fail(key, f"the resolver '{name}' is not available yet: needs {_NOT_YET[name]}; use {', '.join(kinds)}")
    if name not in kinds:
        fail(key, f"unknown resolver '{name}'; {suggestion(str(name), kinds)}")
    kind = ResolverKind(name)
    match kind:
        case ResolverKind.USER:
            return Resolver(kind=kind, argument=_user(argument))
        case ResolverKind.ROLE:
            return Resolver(kind=kind, argument=text_of(argument, "role"))
        case _:
            mapping_of(argument, f"the resolver '{kind}' (write {kind}: {{}})", ())
            return Resolver(kind=kind)


def _user(node: yaml.Node) -> str:
    entries = mapping_of(node, "the resolver 'user'", ("id",))
    if "id" not in entries:
        fail(node, "the resolver 'user' needs an id: {user: {id: sender}}, or a person's id")
    return text_of(entries["id"].value, "id")
