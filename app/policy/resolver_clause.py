"""A resolver as the policy writes it, a mapping with one key, → who decides."""

from __future__ import annotations

import yaml

from app.core.approvals import Resolver, ResolverKind
from app.core.routes import Tier
from app.policy.suggestion import suggestion
from app.policy.yaml_nodes import choice_of, duration_of, fail, mapping_of, text_of

_KINDS = tuple(str(kind) for kind in ResolverKind)


def read_resolver(node: yaml.Node) -> Resolver:
    """Any of the resolvers. Raises InvalidPolicy with line and column."""
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 1:
        listed = ", ".join(_KINDS)
        fail(node, f"a resolver is a mapping with one key, such as {{manager: {{}}}}; possible are: {listed}")
    key, argument = node.value[0]
    name = str(key.value) if isinstance(key, yaml.ScalarNode) else "this"
    if name not in _KINDS:
        fail(key, f"unknown resolver '{name}'; {suggestion(name, _KINDS)}")
    kind = ResolverKind(name)
    match kind:
        case ResolverKind.USER:
            return Resolver(
                kind=kind, argument=_part(argument, "user", "id", "{user: {id: sender}}, or a person's id")
            )
        case ResolverKind.ROLE:
            return Resolver(kind=kind, argument=text_of(argument, "role"))
        case ResolverKind.AGENT:
            return _agent(argument)
        case ResolverKind.AUTO_APPROVE:
            return _auto_approve(argument)
        case ResolverKind.MANAGER | ResolverKind.RECORD_OWNER:
            mapping_of(argument, f"the resolver '{kind}' (write {kind}: {{}})", ())
            return Resolver(kind=kind)


def read_fallback(node: yaml.Node) -> Resolver:
    """A resolver that may stand in for another. Raises InvalidPolicy with line and column."""
    resolver = read_resolver(node)
    if resolver.kind is ResolverKind.AUTO_APPROVE:
        fail(node, "auto_approve cannot be a fallback: that nobody was found is no consent; name a person or a role")
    return resolver


def read_person(node: yaml.Node, what: str) -> Resolver:
    """A resolver that finds a person. Raises InvalidPolicy with line and column."""
    resolver = read_resolver(node)
    if not resolver.is_person:
        fail(node, f"{what} has to be a person, and {resolver.kind} is none")
    return resolver


def _part(node: yaml.Node, resolver: str, key: str, example: str) -> str:
    entries = mapping_of(node, f"the resolver '{resolver}'", (key,))
    if key not in entries:
        fail(node, f"the resolver '{resolver}' needs an {key}: {example}")
    return text_of(entries[key].value, key)


def _agent(node: yaml.Node) -> Resolver:
    entries = mapping_of(node, "the resolver 'agent'", ("name", "below"))
    for required in ("name", "below"):
        if required not in entries:
            fail(node, f"the resolver 'agent' needs a {required}: {{agent: {{name: reviewer, below: high}}}}")
    below = choice_of(entries["below"].value, "tier", Tier)
    if below is Tier.LOW:
        fail(entries["below"].value, "no tier is below low, so this agent could never decide; write below: medium")
    return Resolver(kind=ResolverKind.AGENT, argument=text_of(entries["name"].value, "name"), below=below)


def _auto_approve(node: yaml.Node) -> Resolver:
    entries = mapping_of(node, "the resolver 'auto_approve'", ("after",))
    if "after" not in entries:
        fail(node, "the resolver 'auto_approve' needs to know after how long: {auto_approve: {after: 2h}}")
    after = duration_of(entries["after"].value, "after")
    if not after:
        fail(entries["after"].value, "nobody can object within no time at all; write after: 2h, or route: monitor")
    return Resolver(kind=ResolverKind.AUTO_APPROVE, after=after)
