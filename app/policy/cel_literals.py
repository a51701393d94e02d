"""Values written out in a condition: those that can never match, or never be read, are slips that switch a rule off.

The library would find them only when the rule runs, if at all.
"""

from __future__ import annotations

from datetime import date

import cel

from app.policy.cel_syntax import Call, CelError, Literal, Node, path_of
from app.policy.cel_types import CelType, Scalar
from app.policy.suggestion import suggestion

_READ_WHEN_RUN = {
    "matches": "a regular expression, its backslashes doubled",
    "timestamp": 'a moment such as "2026-11-20T09:00:00Z"',
    "duration": 'a stretch of time such as "24h" or "90m"',
    "int": "a whole number",
    "double": "a number",
}


def require_possible(subject: Node, type_: CelType, value: Node) -> None:
    """Refuse a comparison of the subject with a text that it can never be. Raises CelError."""
    if not isinstance(type_, Scalar) or not isinstance(value, Literal) or not isinstance(value.value, str):
        return
    if type_.choices and value.value not in type_.choices:
        hint = suggestion(value.value, type_.choices)
        raise CelError(f'{path_of(subject)} is never "{value.value}"; {hint}', value.start)
    if type_.is_day and value.value and not _is_day(value.value):
        raise CelError(f'{path_of(subject)} is a day; write it as "2026-11-20"', value.start)


def require_readable(node: Call) -> None:
    """Refuse a pattern, moment, duration or number in quotes that the library could not read. Raises CelError."""
    if node.function not in _READ_WHEN_RUN:
        return
    argument = node.arguments[0] if node.arguments else node.target
    if not isinstance(argument, Literal):
        return
    trial = "''.matches(value)" if node.function == "matches" else f"{node.function}(value)"
    try:
        cel.evaluate(trial, {"value": argument.value})
    except (RuntimeError, ArithmeticError):
        message = f"'{node.function}' cannot read {path_of(argument)}; write {_READ_WHEN_RUN[node.function]}"
        raise CelError(message, argument.start) from None


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
