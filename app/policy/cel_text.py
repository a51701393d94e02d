"""A tree back into the text of a condition: one spelling for all ways to write the same thing."""

from __future__ import annotations

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
)

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_CONDITIONAL, _EITHER, _BOTH, _COMPARISON, _SUM, _PRODUCT, _UNARY, _PRIMARY = range(8)
"""How tightly a node holds together; in a place that asks for more, it stands in brackets."""
_TIGHTNESS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "%": _PRODUCT}


def text_of_tree(tree: Node) -> str:
    """The text, which reads as the same tree: apart from offsets, `parse(text_of_tree(tree)) == tree`."""
    return _text(tree, _CONDITIONAL)


def literal_text(value: str | float | bool) -> str:
    """A value as it is written in a condition."""
    if isinstance(value, str):
        return '"' + "".join(_character(character) for character in value) + '"'
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _character(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def _text(node: Node, least: int) -> str:
    text = _bare(node)
    return f"({text})" if _tightness(node) < least else text


def _tightness(node: Node) -> int:
    match node:
        case Conditional():
            return _CONDITIONAL
        case Logic(operator=operator):
            return _BOTH if operator == "&&" else _EITHER
        case Binary(operator=operator):
            return _TIGHTNESS.get(operator, _COMPARISON)
        case Unary():
            return _UNARY
        case _:
            return _PRIMARY


def _bare(node: Node) -> str:
    match node:
        case Literal(value=value):
            text = literal_text(value)
        case Name(name=text):
            pass
        case Member(target=target, field=field):
            text = f"{_text(target, _PRIMARY)}.{field}"
        case Index(target=target, index=index):
            text = f"{_text(target, _PRIMARY)}[{text_of_tree(index)}]"
        case Call(function=function, target=called_on, arguments=arguments):
            on = f"{_text(called_on, _PRIMARY)}." if called_on is not None else ""
            text = f"{on}{function}({_list(arguments)})"
        case Items(items=items):
            text = f"[{_list(items)}]"
        case Unary(operator=operator, operand=operand):
            # `!` and `-` do not go together, and `--x` reads as two signs: both take the operand as it stands.
            mixed = isinstance(operand, Unary) and operand.operator != operator
            text = operator + (f"({_bare(operand)})" if mixed else _text(operand, _UNARY))
        case Binary(operator=operator, left=left, right=right):
            tightness = _tightness(node)
            text = f"{_text(left, tightness)} {operator} {_text(right, tightness + 1)}"
        case Logic(operator=operator, terms=terms):
            text = f" {operator} ".join(_text(term, _tightness(node) + 1) for term in terms)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            text = f"{_text(condition, _EITHER)} ? {_text(then, _EITHER)} : {text_of_tree(otherwise)}"
    return text


def _list(nodes: tuple[Node, ...]) -> str:
    return ", ".join(map(text_of_tree, nodes))
