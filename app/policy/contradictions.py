"""Why a condition can never hold: the part that does not go with the rest, and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.policy.cel_check import type_of
from app.policy.cel_substitute import bound_by
from app.policy.cel_syntax import Binary, Call, Items, Literal, Logic, Node, first_offset
from app.policy.cel_text import text_of_tree
from app.policy.cel_types import CelType, ListOf
from app.policy.logic import All, Formula, Is, OneOf
from app.policy.logic_reading import formula_of
from app.policy.logic_solver import can_hold

_LONGEST = 80
_Variables = Mapping[str, CelType]


@dataclass(frozen=True, kw_only=True, slots=True)
class Culprit:
    """What is wrong, and the offset in the condition where it stands."""

    message: str
    offset: int


def culprit_in(tree: Node, variables: _Variables | None = None) -> Culprit:
    """The part to blame in a condition that can never hold, together with a hint."""
    parts = conjuncts(tree)
    formulas = [formula_of(part, variables) for part in parts]
    for part, formula in zip(parts, formulas, strict=True):
        if not can_hold(formula):
            return _alone(part, variables or {})
    for last in range(1, len(parts)):
        if not can_hold(All(tuple(formulas[: last + 1]))):
            return _clash(parts, formulas, last)
    return Culprit(message="its parts contradict each other; split the rule", offset=first_offset(tree))


def conjuncts(tree: Node) -> Sequence[Node]:
    """The parts of a condition all of which have to hold."""
    if isinstance(tree, Logic) and tree.operator == "&&":
        return [part for term in tree.terms for part in conjuncts(term)]
    return [tree]


def shown(node: Node) -> str:
    """The node as text in a message, cut short where it is long."""
    text = text_of_tree(node)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _alone(part: Node, variables: _Variables) -> Culprit:
    """A part that can never hold whatever else is said."""
    inner = _body(part, variables)
    if inner is not None:
        body, bound = inner
        if not can_hold(formula_of(body, bound)):
            return culprit_in(body, bound)
    if isinstance(part, Literal):
        message = "false never holds; remove the rule, or write the condition that is meant"
    elif (
        isinstance(part, Binary) and part.operator == "in" and isinstance(part.right, Items) and not part.right.items
    ):
        message = f"nothing is in an empty list; name the values: {shown(part.left)} in [...]"
    else:
        message = f"{shown(part)} can never hold; correct it, or remove the rule"
    return Culprit(message=message, offset=first_offset(part))


def _body(part: Node, variables: _Variables) -> tuple[Node, _Variables] | None:
    """What an `exists` says of an item, and the types of the variables in it."""
    variable = bound_by(part) if isinstance(part, Call) else None
    if not isinstance(part, Call) or part.function != "exists" or part.target is None or variable is None:
        return None
    listed = type_of(part.target, variables)
    return (part.arguments[1], {**variables, variable: listed.item}) if isinstance(listed, ListOf) else None


def _clash(parts: Sequence[Node], formulas: Sequence[Formula], last: int) -> Culprit:
    """The last part does not go with those before it: with one of them, if one can be named."""
    offset = first_offset(parts[last])
    for other in range(last):
        pair = (formulas[other], formulas[last])
        if not can_hold(All(pair)):
            told = f"{shown(parts[last])} contradicts {shown(parts[other])}"
            return Culprit(message=f"{told}; {_hint(*pair)}", offset=offset)
    told = f"{shown(parts[last])} contradicts what stands before it"
    return Culprit(message=f"{told}; correct it, or write || where one of them is enough", offset=offset)


def _hint(one: Formula, other: Formula) -> str:
    match one, other:
        case Is(atom=OneOf(term=term)), Is(atom=OneOf()):
            return f"where either value will do, write {term.text} in [...]"
        case _:
            return "correct one of them, or write || where one is enough"
