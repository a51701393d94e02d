"""Names and types of a condition, checked against the fact model before it ever runs.

What passes here cannot fail later for a wrong name or type. What can still fail is arithmetic (a division by zero),
an index past the end of a list, and turning a fact's text into a number or a moment. Those become reviews.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.policy.cel_functions import ARITHMETIC, FUNCTIONS, MACROS, METHODS, Signature
from app.policy.cel_literals import require_possible, require_readable
from app.policy.cel_syntax import (
    Binary,
    Call,
    CelError,
    Conditional,
    Index,
    Items,
    Literal,
    Logic,
    Member,
    Name,
    Node,
    Unary,
    first_offset,
    path_of,
)
from app.policy.cel_types import (
    ANY,
    DURATION,
    MOMENT,
    NUMBER,
    TEXT,
    WHOLE,
    YES_NO,
    CelType,
    ListOf,
    Record,
    Scalar,
    comparable,
    same_type,
)
from app.policy.fact_model import FACTS
from app.policy.suggestion import suggestion

MAX_LOOPS = 2
"""How many macros may stand inside each other; each multiplies the work."""

_ORDERED = (WHOLE, NUMBER, TEXT, MOMENT, DURATION)
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")


def type_of(tree: Node, variables: Mapping[str, CelType] | None = None) -> CelType:
    """The type of what a condition, or a part of it, says; `variables` are those of the macros around the part.

    Raises CelError where a name is unknown or types do not fit.
    """
    return _Checker(variables or {}).type_of(tree)


class _Checker:
    """Works out the type of every part of a tree; `_variables` are those of the macros around the part."""

    def __init__(self, variables: Mapping[str, CelType]) -> None:
        self._variables = dict(variables)
        self._loops = 0

    def type_of(self, node: Node) -> CelType:
        """The type of the part. Raises CelError where a name is unknown or types do not fit."""
        match node:
            case Literal():
                found = _type_of_literal(node)
            case Name():
                found = self._name(node)
            case Member():
                found = self._member(node)
            case Index():
                found = self._index(node)
            case Call():
                found = self._call(node)
            case Items():
                found = self._items(node)
            case Unary():
                found = self._unary(node)
            case Binary():
                found = self._binary(node)
            case Logic():
                found = self._logic(node)
            case Conditional():
                found = self._conditional(node)
        return found

    def _name(self, node: Name) -> CelType:
        if node.name in self._variables:
            return self._variables[node.name]
        if node.name not in FACTS:
            known = [*FACTS, *self._variables]
            raise CelError(f"unknown name '{node.name}'; {suggestion(node.name, known)}", node.start)
        return FACTS[node.name].type

    def _member(self, node: Member) -> CelType:
        target = self.type_of(node.target)
        path = path_of(node.target)
        match target:
            case Record(fields=fields) if node.field in fields:
                return fields[node.field].type
            case Record(fields=fields):
                hint = suggestion(node.field, fields, prefix=f"{path}.")
                raise CelError(f"unknown name '{path}.{node.field}'; {hint}", node.start)
            case ListOf():
                hint = f"write {path}.exists(x, x.{node.field} …), or {path}[0].{node.field}"
                raise CelError(f"'{path}' is a list and has no '{node.field}'; {hint}", node.start)
            case _:
                raise CelError(f"'{path}' is a {target} and has no parts such as '{node.field}'", node.start)

    def _index(self, node: Index) -> CelType:
        target, index = self.type_of(node.target), self.type_of(node.index)
        if not isinstance(target, ListOf):
            raise CelError(f"'{path_of(node.target)}' is a {target}; only a list can be indexed", node.start)
        if index != WHOLE:
            raise CelError(f"a list is indexed by a whole number, not by a {index}", first_offset(node.index))
        return target.item

    def _items(self, node: Items) -> CelType:
        types = [self.type_of(item) for item in node.items]
        for item, type_ in zip(node.items, types, strict=True):
            if not comparable(types[0], type_):
                raise CelError(f"a list of {types[0]}s cannot hold a {type_}", first_offset(item))
        return ListOf(_plain(types[0]) if types else ANY)

    def _unary(self, node: Unary) -> CelType:
        if node.operator == "!":
            self._require_yes_no(node.operand)
            return YES_NO
        operand = self.type_of(node.operand)
        if operand not in (WHOLE, NUMBER):
            raise CelError(f"'-' needs a number, and {path_of(node.operand)} is a {operand}", node.start)
        return operand

    def _logic(self, node: Logic) -> CelType:
        for term in node.terms:
            self._require_yes_no(term)
        return YES_NO

    def _require_yes_no(self, node: Node) -> None:
        found = self.type_of(node)
        if found != YES_NO:
            raise CelError(f"{path_of(node)} is a {found}; here a yes or no is needed", first_offset(node))

    def _conditional(self, node: Conditional) -> CelType:
        self._require_yes_no(node.condition)
        then, otherwise = self.type_of(node.then), self.type_of(node.otherwise)
        if not same_type(then, otherwise):
            raise CelError(f"the two outcomes have to be alike: {then}, {otherwise}", node.start)
        return _plain(then)

    def _binary(self, node: Binary) -> CelType:
        left, right = self.type_of(node.left), self.type_of(node.right)
        if node.operator == "in":
            return self._membership(node, left, right)
        if node.operator in _COMPARISONS:
            return self._comparison(node, left, right)
        match left, right:
            case ListOf(), ListOf() if node.operator == "+" and same_type(left, right):
                return right if left == ListOf(ANY) else left
        found = _choose(ARITHMETIC[node.operator], (left, right))
        if found is None:
            is_mixed = comparable(left, right) and not same_type(left, right)
            hint = "; write 2.0 instead of 2, or double(…)" if is_mixed else ""
            raise CelError(f"'{node.operator}' does not go between {left} and {right}{hint}", node.start)
        return found

    def _membership(self, node: Binary, item: CelType, container: CelType) -> CelType:
        if not isinstance(container, ListOf):
            hint = "; write text.contains(part)" if _is_text(container) else ""
            message = f"'in' needs a list on its right, and {path_of(node.right)} is a {container}{hint}"
            raise CelError(message, first_offset(node.right))
        if not comparable(item, container.item):
            message = f"a {item} is never in a list of {container.item}s"
            raise CelError(message, first_offset(node.left))
        candidates = node.right.items if isinstance(node.right, Items) else ()
        for candidate in candidates:
            require_possible(node.left, item, candidate)
        require_possible(node.right, container.item, node.left)
        return YES_NO

    def _comparison(self, node: Binary, left: CelType, right: CelType) -> CelType:
        if not comparable(left, right):
            sides = f"{path_of(node.left)} is a {left}, {path_of(node.right)} a {right}"
            culprit = node.right if isinstance(node.left, Literal) else node.left
            raise CelError(f"{sides}: they cannot be compared", first_offset(culprit))
        if node.operator not in ("==", "!="):
            self._require_order(node, left, right)
        require_possible(node.left, left, node.right)
        require_possible(node.right, right, node.left)
        return YES_NO

    def _require_order(self, node: Binary, left: CelType, right: CelType) -> None:
        for side, type_ in ((node.left, left), (node.right, right)):
            if isinstance(type_, Scalar) and type_.choices:
                listed = ", ".join(f'"{choice}"' for choice in type_.choices)
                hint = f"name the values: {path_of(side)} in [{listed}]"
                raise CelError(f"'{node.operator}' would go by the alphabet; {hint}", node.start)
        if _plain(left) not in _ORDERED:
            raise CelError(f"'{node.operator}' does not go between {left} and {right}", node.start)

    def _call(self, node: Call) -> CelType:
        if node.target is not None and node.function in MACROS:
            return self._macro(node, node.target)
        if node.function == "has" and node.target is None:
            return self._has(node)
        known = FUNCTIONS if node.target is None else METHODS
        if node.function not in known:
            names = [*known, *(MACROS if node.target else ("has",))]
            raise CelError(f"unknown function '{node.function}'; {suggestion(node.function, names)}", node.start)
        operands = (*((node.target,) if node.target else ()), *node.arguments)
        types = tuple(self.type_of(operand) for operand in operands)
        gives = _choose(known[node.function], types)
        if gives is None:
            wanted = " or ".join(dict.fromkeys(_spell(signature) for signature in known[node.function]))
            given = ", ".join(map(str, types)) or "nothing"
            raise CelError(f"'{node.function}' takes {wanted}, and was given {given}", node.start)
        require_readable(node)
        return gives

    def _has(self, node: Call) -> CelType:
        if len(node.arguments) != 1 or not isinstance(node.arguments[0], Member):
            raise CelError("'has' takes one part of a record, such as has(deal.amount)", node.start)
        self.type_of(node.arguments[0])
        return YES_NO

    def _macro(self, node: Call, target: Node) -> CelType:
        listed = self.type_of(target)
        if not isinstance(listed, ListOf):
            message = f"'{node.function}' needs a list, and {path_of(target)} is a {listed}"
            raise CelError(message, node.start)
        variable, bodies_given = (node.arguments or (None,))[0], len(node.arguments) - 1
        if not isinstance(variable, Name) or bodies_given not in ((1, 2) if node.function == "map" else (1,)):
            raise CelError(f"write {path_of(target)}.{node.function}(x, …) with a new name x", node.start)
        bodies = self._bodies(variable, listed.item, node.arguments[1:])
        for body, type_ in bodies[:-1] if node.function == "map" else bodies:
            if type_ != YES_NO:
                raise CelError(f"'{node.function}' needs a yes or no here, not a {type_}", first_offset(body))
        match node.function:
            case "map":
                return ListOf(_plain(bodies[-1][1]))
            case "filter":
                return listed
            case _:
                return YES_NO

    def _bodies(self, variable: Name, item: CelType, bodies: Sequence[Node]) -> list[tuple[Node, CelType]]:
        """The expressions of a macro and their types, its variable bound to an item of the list."""
        outer = self._variables
        self._loops += 1
        if self._loops > MAX_LOOPS:
            raise CelError(f"more than {MAX_LOOPS} macros inside each other; split the rule", variable.start)
        self._variables = {**outer, variable.name: item}
        types = [(body, self.type_of(body)) for body in bodies]
        self._variables = outer
        self._loops -= 1
        return types


def _type_of_literal(node: Literal) -> CelType:
    kinds: Mapping[type, CelType] = {bool: YES_NO, int: WHOLE, float: NUMBER, str: TEXT}
    return kinds[type(node.value)]


def _plain(type_: CelType) -> CelType:
    return TEXT if _is_text(type_) else type_


def _is_text(type_: CelType) -> bool:
    return isinstance(type_, Scalar) and type_.name == TEXT.name


def _choose(signatures: Sequence[Signature], types: Sequence[CelType]) -> CelType | None:
    """What the first signature that takes these types gives."""
    for signature in signatures:
        takes = signature.takes
        if len(takes) == len(types) and all(map(same_type, takes, types)):
            return signature.gives
    return None


def _spell(signature: Signature) -> str:
    return " and ".join(str(taken) for taken in signature.takes)
