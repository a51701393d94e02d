"""The tree of a condition → a formula that holds wherever the condition does, and only there.

Both say yes or no; a condition that fails while it runs says neither. `cannot_fail` tells which never do.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import cel

from app.policy.cel_check import type_of
from app.policy.cel_functions import MACROS
from app.policy.cel_substitute import bound_by, substituted
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
from app.policy.cel_text import text_of_tree
from app.policy.cel_types import MOMENT, NUMBER, TEXT, WHOLE, YES_NO, CelType, ListOf, Scalar
from app.policy.logic import (
    ALWAYS,
    NEVER,
    All,
    Below,
    Constant,
    Either,
    Formula,
    Is,
    Isnt,
    OneOf,
    Opaque,
    Related,
    Some,
    Term,
    TermKind,
    TextRelation,
    list_size,
    negated,
)
from extractors.lazily import compiled

_EXACT = 2**53
"""Whole numbers up to here are the same as numbers; beyond, comparisons may round."""
_MOMENT = compiled(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)")
_RANGES: Mapping[str, tuple[int, int]] = {
    "getMonth": (0, 11),
    "getDate": (1, 31),
    "getDayOfMonth": (0, 30),
    "getDayOfWeek": (0, 6),
    "getDayOfYear": (0, 365),
    "getHours": (0, 23),
    "getMinutes": (0, 59),
    "getSeconds": (0, 59),
    "getMilliseconds": (0, 999),
}
"""Parts of a moment; those of a stretch of time have no bounds."""
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_RELATIONS = tuple(str(relation) for relation in TextRelation)


def formula_of(tree: Node, variables: Mapping[str, CelType] | None = None) -> Formula:
    """What the condition says. Its names and types have to be right; `variables` are those of macros around it."""
    return _Reader(variables or {}).read(tree)


class _Reader:
    """Reads below the macros that bind the variables; each is called by its depth, `$0`, `$1`."""

    def __init__(self, variables: Mapping[str, CelType]) -> None:
        self._variables = variables

    def read(self, node: Node) -> Formula:
        """What the node says, a yes or no."""
        match node:
            case Literal(value=value):
                formula: Formula = _settled(value is True)
            case Logic(operator=operator, terms=terms):
                parts = tuple(map(self.read, terms))
                formula = All(parts) if operator == "&&" else Either(parts)
            case Unary(operator="!", operand=operand):
                formula = negated(self.read(operand))
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                asked = self.read(condition)
                formula = Either((All((asked, self.read(then))), All((negated(asked), self.read(otherwise)))))
            case Binary(operator="in"):
                formula = self._membership(node)
            case Binary():
                formula = self._comparison(node)
            case Call():
                formula = self._call(node)
            case _:
                formula = self._yes_no(node)
        return formula

    def _yes_no(self, node: Node) -> Formula:
        return Is(OneOf(Term(text_of_tree(node), TermKind.TEXT, choices=frozenset({True, False})), frozenset({True})))

    def _opaque(self, node: Node) -> Formula:
        return Is(Opaque(text_of_tree(node)))

    def _membership(self, node: Binary) -> Formula:
        if isinstance(node.right, Items):
            values = [constant_of(item) for item in node.right.items]
            if not values or (constant_of(node.left) is not None and None not in values):
                return _settled(constant_of(node.left) in values)
            term = self._term(node.left)
            known = frozenset(value for value in values if value is not None)
            return Is(OneOf(term, known)) if term and None not in values else self._opaque(node)
        sought = constant_of(node.left)
        if sought is None or not _is_path(node.right):
            return self._opaque(node)
        item = Name(node.right.start, f"${len(self._variables)}")
        return self._some(node.right, item.name, Binary(node.start, "==", item, node.left))

    def _comparison(self, node: Binary) -> Formula:
        if node.operator not in _MIRRORED:
            return self._opaque(node)
        left, operator, right = node.left, node.operator, node.right
        if constant_of(left) is not None:
            if constant_of(right) is not None:
                return _settled(cel.evaluate(text_of_tree(node)) is True)
            left, operator, right = right, _MIRRORED[operator], left
        if isinstance(right, Items) and not right.items:
            emptiness: Formula = Is(Below(list_size(text_of_tree(left)), 0, inclusive=True))
            return emptiness if operator == "==" else negated(emptiness)
        bound = constant_of(right)
        if isinstance(bound, bool) and operator in ("==", "!="):
            formula = self.read(left)
            return formula if bound is (operator == "==") else negated(formula)
        term = self._term(left)
        if term is None or bound is None:
            return self._opaque_comparison(left, operator, right)
        return self._emptied(left, operator, bound) or _compared(term, operator, bound)

    def _opaque_comparison(self, left: Node, operator: str, right: Node) -> Formula:
        """Two expressions compared: `a > b` is `b < a`, and `!=` is not `==` in either order."""
        sides = [text_of_tree(left), text_of_tree(right)]
        if operator in ("==", "!="):
            equal = Is(Opaque(" == ".join(sorted(sides))))
            return equal if operator == "==" else negated(equal)
        if operator in (">", ">="):
            sides.reverse()
        return Is(Opaque(f" {operator.replace('>', '<')} ".join(sides)))

    def _emptied(self, left: Node, operator: str, bound: Constant) -> Formula | None:
        """Whether a filter leaves anything, as a question about the list that it filters."""
        sized = _sized(left)
        if not isinstance(sized, Call) or sized.function != "filter" or sized.target is None:
            return None
        variable = bound_by(sized)
        asks_for_some = (operator, bound) in ((">", 0), (">=", 1), ("!=", 0))
        if variable is None or not (asks_for_some or (operator, bound) in (("<=", 0), ("<", 1), ("==", 0))):
            return None
        some = self._some(sized.target, variable, sized.arguments[1])
        return some if asks_for_some else negated(some)

    def _call(self, node: Call) -> Formula:
        if node.function == "has" and _is_path(node.arguments[0]):
            return ALWAYS
        variable = bound_by(node)
        if node.target is not None and variable is not None:
            body = node.arguments[1]
            match node.function:
                case "exists":
                    return self._some(node.target, variable, body)
                case "all":
                    return negated(self._some(node.target, variable, Unary(body.start, "!", body)))
                case "exists_one":
                    return All((self._opaque(self._renamed(node)), self._some(node.target, variable, body)))
        if node.target is not None and node.function in _RELATIONS:
            term, part = self._term(node.target), constant_of(node.arguments[0])
            if term is not None and isinstance(part, str):
                return Is(Related(term, TextRelation(node.function), part))
        return self._opaque(node)

    def _some(self, list_: Node, variable: str, body: Node) -> Formula:
        listed = type_of(list_, self._variables)
        item = listed.item if isinstance(listed, ListOf) else YES_NO
        name = f"${len(self._variables)}"
        inner = _Reader({**self._variables, name: item})
        renamed = substituted(body, {variable: Name(body.start, name)})
        return Is(Some(text_of_tree(list_), inner.read(renamed)))

    def _renamed(self, call: Call) -> Node:
        """The macro with its variable called by its depth."""
        variable = bound_by(call)
        name = Name(call.start, f"${len(self._variables)}")
        bodies = tuple(substituted(body, {variable or "": name}) for body in call.arguments[1:])
        return Call(call.start, call.function, call.target, (name, *bodies))

    def _term(self, node: Node) -> Term | None:
        """The node as a term; None where its values need not be ordered as values are, such as sums that overflow."""
        type_ = type_of(node, self._variables)
        if not isinstance(type_, Scalar):
            return None
        sized = _sized(node)
        if sized is not None:
            return list_size(text_of_tree(sized))
        text = text_of_tree(node)
        if type_.name == TEXT.name:
            return Term(text, TermKind.TEXT, choices=frozenset(type_.choices) or None, least="")
        if type_ == WHOLE and isinstance(node, Call):
            least, most = self._range(node)
            return Term(text, TermKind.WHOLE, least=least, most=most)
        kind = {WHOLE: TermKind.WHOLE, NUMBER: TermKind.NUMBER, MOMENT: TermKind.MOMENT}.get(type_)
        # Numbers that were calculated can be no number at all, and then no comparison holds.
        return Term(text, kind) if kind is not None and _is_path(node) else None

    def _range(self, call: Call) -> tuple[int | None, int | None]:
        is_of_moment = call.target is not None and type_of(call.target, self._variables) == MOMENT
        return _RANGES.get(call.function, (None, None)) if is_of_moment else (None, None)


def _settled(holds: bool) -> Formula:
    return ALWAYS if holds else NEVER


def _compared(term: Term, operator: str, bound: Constant) -> Formula:
    match operator:
        case "==":
            return Is(OneOf(term, frozenset({bound})))
        case "!=":
            return Isnt(OneOf(term, frozenset({bound})))
        case "<" | "<=":
            return Is(Below(term, bound, inclusive=operator == "<="))
        case _:
            return Isnt(Below(term, bound, inclusive=operator == ">"))


def constant_of(node: Node) -> Constant | None:
    """The value of an expression that is written out; None where it is not, or is too large to compare exactly."""
    match node:
        case Literal(value=value):
            return value if isinstance(value, str | bool) or abs(value) <= _EXACT else None
        case Unary(operator="-", operand=Literal(value=value)) if not isinstance(value, str | bool):
            return -value if abs(value) <= _EXACT else None
        case Call(function="timestamp", target=None, arguments=(Literal(value=str(value)),)) if _MOMENT.fullmatch(
            value
        ):
            return datetime.fromisoformat(value)
        case _:
            return None


def _sized(node: Node) -> Node | None:
    """What the size is asked of, where it is."""
    if not isinstance(node, Call) or node.function != "size":
        return None
    return node.target if node.target is not None else node.arguments[0]


def _is_path(node: Node) -> bool:
    """Whether the node names a fact, or a part of one, as it stands."""
    match node:
        case Name():
            return True
        case Member(target=target):
            return _is_path(target)
        case _:
            return False


_SAFE_CALLS = frozenset({"size", "startsWith", "endsWith", "contains", "has", "string", *MACROS})


def cannot_fail(node: Node) -> bool:
    """Whether the expression has a value for every draft; sums, indexes and conversions may have none."""
    if isinstance(node, Literal | Name) or constant_of(node) is not None:
        return True
    match node:
        case Unary(operator="-") | Index():
            is_safe = False
        case Binary(operator=operator):
            is_safe = operator in (*_MIRRORED, "in")
        case Call(function="matches", arguments=(pattern, *_)):
            is_safe = isinstance(pattern, Literal)  # others may turn out to be none
        case Call(function=function):
            is_safe = function in _SAFE_CALLS or function in _RANGES
        case _:
            is_safe = True
    return is_safe and all(map(cannot_fail, children(node)))
