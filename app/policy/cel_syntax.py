"""Conditions as trees with positions: the part of CEL that rules are written in, read by recursive descent.

The compiled library runs conditions; it offers no tree, so names and types are checked on this one. What is read here
is a subset of what the library reads. Offsets are characters of the condition, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass


class CelError(Exception):
    """A condition that is wrong at an offset. Becomes an InvalidPolicy with line and column."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out: text, whole number, number, true or false."""

    start: int
    value: str | int | float | bool


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, or a variable of a macro."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """`target.field`; `start` is where the field's name is."""

    start: int
    target: Node
    field: str


@dataclass(frozen=True, slots=True)
class Index:
    """`target[index]`; `start` is where the bracket is."""

    start: int
    target: Node
    index: Node


@dataclass(frozen=True, slots=True)
class Call:
    """`function(…)` or `target.function(…)`; `start` is where the function's name is."""

    start: int
    function: str
    target: Node | None
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list written out."""

    start: int
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`!x` or `-x`."""

    start: int
    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary:
    """Arithmetic, a comparison or `in`; `start` is where the operator is."""

    start: int
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic:
    """Terms joined by `&&`, or by `||`; a long chain is one node."""

    start: int
    operator: str
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? then : otherwise`; `start` is where the question mark is."""

    start: int
    condition: Node
    then: Node
    otherwise: Node


Node = Literal | Name | Member | Index | Call | Items | Unary | Binary | Logic | Conditional


def path_of(node: Node) -> str:
    """What a person would call the node in a message: `deal.amount`, `checks[…].severity`, or `this`."""
    match node:
        case Name(name=name):
            return name
        case Member(target=target, field=field):
            return f"{path_of(target)}.{field}"
        case Index(target=target):
            return f"{path_of(target)}[…]"
        case Literal(value=value):
            return f'"{value}"' if isinstance(value, str) else str(value).lower()
        case Call(function=function, target=target):
            return f"{path_of(target)}.{function}(…)" if target else f"{function}(…)"
        case _:
            return "this"


def children(node: Node) -> tuple[Node, ...]:
    """The parts right below the node, in the order of the text."""
    match node:
        case Literal() | Name():
            parts: tuple[Node, ...] = ()
        case Member(target=part) | Unary(operand=part):
            parts = (part,)
        case Index(target=target, index=index):
            parts = (target, index)
        case Call(target=called_on, arguments=arguments):
            parts = arguments if called_on is None else (called_on, *arguments)
        case Items(items=parts) | Logic(terms=parts):
            pass
        case Binary(left=left, right=right):
            parts = (left, right)
        case Conditional(condition=condition, then=then, otherwise=otherwise):
            parts = (condition, then, otherwise)
    return parts


def first_offset(node: Node) -> int:
    """The offset at which the node's text begins."""
    return min([node.start, *map(first_offset, children(node))])


def depth_of(tree: Node) -> int:
    """How many nodes lie on the longest way down, worked out without recursion."""
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [part for node in level for part in children(node)]
    return depth
