"""A rule that was put together in a form, as it is written into a policy; and a rule on trial made to count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from app.core.approvals import Resolver, ResolverKind
from app.core.errors import InvalidInput, InvalidPolicy
from app.core.routes import Route
from app.policy.differences import differences
from app.policy.document import load_policy
from app.policy.form import Form, cel_of
from app.policy.model import Policy
from app.policy.renumber import renumbered
from app.policy.yaml_nodes import read_document

_WIDTH = 110


@dataclass(frozen=True, kw_only=True, slots=True)
class FormRule:
    """What somebody said in the form."""

    id: str
    form: Form
    route: Route
    why: str
    shadow: bool = True
    """Begins on trial: recorded where it matches, decides nothing."""
    resolver: Resolver
    """Who is asked; this and what follows matter for `review` only."""
    needed: int = 1
    justify: bool = False
    step_up: bool = False
    separate_duties: bool = False


def with_rule(before: Policy, rule: FormRule, *, version: int) -> str:
    """The policy's text with the rule after all others, under another version number; otherwise as it was written.

    Raises InvalidInput for a form that does not fit or an id that is taken, InvalidPolicy with line and column where
    the rule cannot be read.
    """
    if any(known.id == rule.id for known in before.rules):
        raise InvalidInput(f"'{rule.id}' is the name of another rule; choose one that is free", field="name")
    place = _place(before.text, version)
    if place.flow:
        written = f"{'' if place.first else ', '}{_flow(rule)}"
    else:
        written = f"\n{_block(rule, indent=place.indent)}"
    text = f"{place.text[: place.at]}{written}{place.text[place.at :]}"
    _require_only(before, load_policy(text), rule.id)
    return text


def made_to_count(text: str, rule_id: str, *, version: int) -> str:
    """The text of a sound policy with a rule on trial in force, under another version number; otherwise as it was.

    Raises InvalidInput where there is no such rule on trial.
    """
    for item in _rules_node(text).value:
        fields = {key.value: value for key, value in item.value}
        mode = fields.get("mode")
        if fields["id"].value == rule_id and mode is not None and mode.value == "shadow":
            return renumbered(f"{text[: mode.start_mark.index]}live{text[mode.end_mark.index :]}", version)
    raise InvalidInput("is not on trial in the policy in force", field=rule_id)


def _rules_node(text: str) -> yaml.SequenceNode:
    root = read_document(text)
    pairs = root.value if isinstance(root, yaml.MappingNode) else ()
    found: yaml.SequenceNode = next(value for key, value in pairs if key.value == "rules")
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    """Where in a text another rule is put."""

    text: str
    at: int
    flow: bool
    """Whether the rules stand in brackets."""
    first: bool
    indent: int


@lru_cache(maxsize=8)
def _place(text: str, version: int) -> _Place:
    """The same for every rule: people try many in the form, one after the other."""
    renumbered_text = renumbered(text, version)
    node = _rules_node(renumbered_text)
    return _Place(
        text=renumbered_text,
        at=_end_of(node, renumbered_text),
        flow=bool(node.flow_style),
        first=not node.value,
        indent=node.start_mark.column,
    )


def _end_of(node: yaml.SequenceNode, text: str) -> int:
    """Where another item can be put: before the closing bracket, or after the line on which the last item ends."""
    if node.flow_style:
        return len(text[: node.end_mark.index - 1].rstrip().removesuffix(","))
    end = max(_leaf_ends(node))
    block_scalar = text[:end].endswith("\n")
    if block_scalar:
        return len(text[:end].rstrip("\n"))
    line_end = text.find("\n", end)
    return len(text) if line_end < 0 else line_end


def _leaf_ends(node: yaml.Node) -> Iterator[int]:
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        yield node.end_mark.index
        return
    for child in node.value:
        for part in child if isinstance(child, tuple) else (child,):
            yield from _leaf_ends(part)


def _record(rule: FormRule) -> Mapping[str, Any]:
    record: dict[str, Any] = {"id": rule.id, "when": cel_of(rule.form), "route": rule.route.value}
    if rule.route is Route.REVIEW:
        record["approvals"] = _approvals(rule)
    record["why"] = rule.why
    record["mode"] = "shadow" if rule.shadow else "live"
    return record


def _approvals(rule: FormRule) -> Mapping[str, Any]:
    demands = {"separate_duties": rule.separate_duties, "justify": rule.justify, "step_up": rule.step_up}
    return {
        "needed": rule.needed,
        "resolver": _resolver(rule.resolver),
        **{key: True for key, demanded in demands.items() if demanded},
    }


def _resolver(resolver: Resolver) -> Mapping[str, Any] | None:
    match resolver.kind:
        case ResolverKind.USER:
            return {"user": {"id": resolver.argument}}
        case ResolverKind.ROLE:
            return {"role": resolver.argument}
        case ResolverKind.MANAGER | ResolverKind.RECORD_OWNER:
            return {resolver.kind.value: {}}
        case _:
            raise InvalidInput(f"'{resolver.kind}' is not offered in the form; write the rule as text", field="asked")


def _block(rule: FormRule, *, indent: int) -> str:
    lines = yaml.safe_dump([dict(_record(rule))], sort_keys=False, allow_unicode=True, width=_WIDTH).splitlines()
    return "\n".join(f"{' ' * indent}{line}" for line in lines)


def _flow(rule: FormRule) -> str:
    written: str = yaml.safe_dump(
        dict(_record(rule)), sort_keys=False, allow_unicode=True, default_flow_style=True, width=10**9
    )
    return written.strip()


def _require_only(before: Policy, after: Policy, rule_id: str) -> None:
    """The text is put together by places in it: make sure that it says what was meant, and nothing else."""
    found = differences(before, after)
    if [rule.id for rule in found.added] != [rule_id] or found.removed or found.changed or found.moved:
        raise InvalidPolicy("this rule cannot be added by the form; write it into the policy as text")
