"""Nodes in place of names: a condition about any item of a list → the same condition about one of them."""

from __future__ import annotations

from collections.abc import Mapping

from app.policy.cel_functions import MACROS
from app.policy.cel_syntax import (
    Binary,
    Call,
    Conditional,
    Index,
    Items,
    Literal,
    Logic,
    Member,
    Name,
    Node,
    Unary,
    children,
)


def substituted(tree: Node, values: Mapping[str, Node]) -> Node:
    """The tree with nodes in place of names; the variables of its own macros keep their meaning."""
    match tree:
        case Literal():
            result: Node = tree
        case Name(name=name):
            result = values.get(name, tree)
        case Member(start=start, target=target, field=field):
            result = Member(start, substituted(target, values), field)
        case Index(start=start, target=target, index=index):
            result = Index(start, substituted(target, values), substituted(index, values))
        case Call():
            result = _substituted_call(tree, values)
        case Items(start=start, items=items):
            result = Items(start, tuple(substituted(item, values) for item in items))
        case Unary(start=start, operator=operator, operand=operand):
            result = Unary(start, operator, substituted(operand, values))
        case Binary(start=start, operator=operator, left=left, right=right):
            result = Binary(start, operator, substituted(left, values), substituted(right, values))
        case Logic(start=start, operator=operator, terms=terms):
            result = Logic(start, operator, tuple(substituted(term, values) for term in terms))
        case Conditional(start=start, condition=condition, then=then, otherwise=otherwise):
            parts = [substituted(part, values) for part in (condition, then, otherwise)]
            result = Conditional(start, *parts)
    return result


def _substituted_call(call: Call, values: Mapping[str, Node]) -> Call:
    target = substituted(call.target, values) if call.target is not None else None
    variable = bound_by(call)
    if variable is None:
        arguments = tuple(substituted(argument, values) for argument in call.arguments)
        return Call(call.start, call.function, target, arguments)
    bound: Node = Name(call.arguments[0].start, variable)
    inner = {name: node for name, node in values.items() if name != variable}
    if any(variable in names_in(node) for node in inner.values()):
        bound = Name(bound.start, f"{variable}_")  # or the macro would catch a name that means something else
        inner[variable] = bound
    bodies = tuple(substituted(body, inner) for body in call.arguments[1:])
    return Call(call.start, call.function, target, (bound, *bodies))


def names_in(tree: Node) -> frozenset[str]:
    """Every name that stands in the tree, facts and variables alike."""
    own = frozenset({tree.name}) if isinstance(tree, Name) else frozenset()
    return own.union(*map(names_in, children(tree)))


def bound_by(call: Call) -> str | None:
    """The variable that a macro binds in its arguments; None for calls that are no macros."""
    is_macro = call.target is not None and call.function in MACROS
    first = call.arguments[0] if is_macro and call.arguments else None
    return first.name if isinstance(first, Name) else None
