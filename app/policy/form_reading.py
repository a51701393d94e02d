"""A condition in CEL → the form that says the same, where there is one."""

from __future__ import annotations

from collections.abc import Mapping

from app.policy.cel_parser import parse
from app.policy.cel_substitute import bound_by
from app.policy.cel_syntax import Binary, Call, CelError, Literal, Logic, Member, Name, Node, Unary
from app.policy.cel_syntax import Items as Listed
from app.policy.cel_text import text_of_tree
from app.policy.condition import compile_condition
from app.policy.form import FieldTest, Form, Items, Line, Match
from app.policy.form_fields import Comparison, FormField, Kind, offered_fields, offered_items

_COMPARISONS = {
    "==": Comparison.IS,
    "!=": Comparison.IS_NOT,
    ">=": Comparison.AT_LEAST,
    ">": Comparison.MORE_THAN,
    "<=": Comparison.AT_MOST,
    "<": Comparison.LESS_THAN,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_METHODS = {
    "contains": Comparison.CONTAINS,
    "startsWith": Comparison.STARTS_WITH,
    "endsWith": Comparison.ENDS_WITH,
}
_OPPOSITES = {Comparison.ONE_OF: Comparison.NONE_OF, Comparison.INCLUDES: Comparison.EXCLUDES}


class _NoForm(Exception):
    """This part is not of the shape."""


def form_of(source: str) -> Form | None:
    """The form that says what the condition says; None where no form does. Raises CelError for a wrong condition."""
    compile_condition(source)
    tree = parse(source)
    if tree == Literal(tree.start, value=True):
        return Form()
    match = Match.ANY if isinstance(tree, Logic) and tree.operator == "||" else Match.ALL
    try:
        return Form(match=match, lines=tuple(_line(term) for term in _terms(tree, match)))
    except _NoForm:
        return None


def can_be_form(source: str) -> bool:
    """Whether the condition can be shown as a form; false for a wrong one too."""
    try:
        return form_of(source) is not None
    except CelError:
        return False


def _terms(tree: Node, match: Match) -> list[Node]:
    operator = "&&" if match is Match.ALL else "||"
    if isinstance(tree, Logic) and tree.operator == operator:
        return [part for term in tree.terms for part in _terms(term, match)]
    return [tree]


def _line(node: Node) -> Line:
    found = not (isinstance(node, Unary) and node.operator == "!")
    call = node if isinstance(node, Call) else node.operand if isinstance(node, Unary) else None
    if isinstance(call, Call) and call.function == "exists" and call.target is not None:
        variable, path = bound_by(call), text_of_tree(call.target)
        if variable is None or path not in offered_items():
            raise _NoForm
        tests = (_test(term, offered_items()[path], variable) for term in _terms(call.arguments[1], Match.ALL))
        return Items(list=path, found=found, tests=tuple(tests))
    return _test(node, offered_fields(), None)


def _test(node: Node, fields: Mapping[str, FormField], item: str | None) -> FieldTest:
    match node:
        case Unary(operator="!", operand=operand):
            test = _opposite(_test(operand, fields, item))
        case Binary(operator="in", left=left, right=Listed(items=items)):
            test = _of(left, fields, item, Comparison.ONE_OF, tuple(_text(value) for value in items))
        case Binary(operator="in", left=left, right=right):
            test = _of(right, fields, item, Comparison.INCLUDES, _text(left))
        case Binary(operator=operator, left=Literal() as left, right=right) if operator in _MIRRORED:
            test = _of(right, fields, item, _COMPARISONS[_MIRRORED[operator]], left.value)
        case Binary(operator=operator, left=left, right=right) if operator in _COMPARISONS:
            test = _of(left, fields, item, _COMPARISONS[operator], _value(right))
        case Call(function=function, target=target, arguments=(part,)) if target is not None and function in _METHODS:
            test = _of(target, fields, item, _METHODS[function], _text(part))
        case _:
            test = _of(node, fields, item, Comparison.IS, value=True)
    return test


def _opposite(test: FieldTest) -> FieldTest:
    if isinstance(test.value, bool):
        return FieldTest(field=test.field, comparison=Comparison.IS, value=not test.value)
    if test.comparison not in _OPPOSITES:
        raise _NoForm
    return FieldTest(field=test.field, comparison=_OPPOSITES[test.comparison], value=test.value)


def _of(
    node: Node,
    fields: Mapping[str, FormField],
    item: str | None,
    comparison: Comparison,
    value: str | float | bool | tuple[str, ...],
) -> FieldTest:
    """The test of the field that the node names."""
    field = fields.get(_path(node, item))
    if field is None:
        raise _NoForm
    if isinstance(value, bool) and comparison is Comparison.IS_NOT:
        comparison, value = Comparison.IS, not value
    if comparison not in field.comparisons or (isinstance(value, bool) and field.kind is not Kind.YES_NO):
        raise _NoForm
    return FieldTest(field=field.path, comparison=comparison, value=value)


def _path(node: Node, item: str | None) -> str:
    """What the node names: as it stands, or within the item."""
    if item is None:
        if isinstance(node, Call) and node.function == "size" and node.target is not None:
            return f"size({text_of_tree(node.target)})"
        return text_of_tree(node)
    return node.field if isinstance(node, Member) and node.target == Name(node.target.start, item) else ""


def _value(node: Node) -> str | float | bool:
    match node:
        case Literal(value=value):
            return value
        case Unary(operator="-", operand=Literal(value=value)) if not isinstance(value, str | bool):
            return -value
        case _:
            raise _NoForm


def _text(node: Node) -> str:
    value = _value(node)
    if not isinstance(value, str):
        raise _NoForm
    return value
