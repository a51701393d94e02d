"""Which facts made a condition true: those of the parts that settled it, found by walking down the condition."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import islice

import cel

from app.core.assessment import DecidingFact
from app.policy.cel_substitute import bound_by, substituted
from app.policy.cel_syntax import Binary, Call, Conditional, Index, Items, Literal, Logic, Member, Name, Node, Unary
from app.policy.cel_text import literal_text, text_of_tree
from app.policy.condition import EVALUATION_ERRORS, Condition
from app.policy.fact_values import Value
from app.policy.logic_reading import constant_of

MOST_FACTS = 12
"""Named for one rule; they are for people to read."""
LONGEST_VALUE = 120
"""Characters of a text, and of a path, before they are cut short."""

_Found = Iterator[tuple[str, Value]]


def deciding_facts(
    condition: Condition, values: Mapping[str, Value], context: cel.Context
) -> tuple[DecidingFact, ...]:
    """The facts that made the condition true, each once, in the order of its text; `context` holds the `values`.

    A part that fails by itself decides nothing. Texts that are long are cut short.
    """
    found = dict(_Walk(values, context).because(condition.tree, truth=True))
    return tuple(
        DecidingFact(path=_cut(path), value=_plain(value)) for path, value in islice(found.items(), MOST_FACTS)
    )


class _Walk:
    """Goes down a condition whose answer is known."""

    def __init__(self, values: Mapping[str, Value], context: cel.Context) -> None:
        self._values = values
        self._context = context

    def because(self, node: Node, *, truth: bool) -> _Found:
        """The facts for which the node says `truth`."""
        match node:
            case Logic(operator=operator, terms=terms):
                one_suffices = (operator == "||") is truth
                settling = (term for term in terms if not one_suffices or self._value(term) is truth)
                for term in islice(settling, 1 if one_suffices else None):
                    yield from self.because(term, truth=truth)
            case Unary(operator="!", operand=operand):
                yield from self.because(operand, truth=not truth)
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                answer = self._value(condition) is True
                yield from self.because(condition, truth=answer)
                yield from self.because(then if answer else otherwise, truth=truth)
            case Call(function="exists" | "all", target=list_) if list_ is not None and bound_by(node):
                yield from self._of_items(node, list_, truth=truth)
            case Binary() | Call():
                yield from self._of_comparison(node, truth=truth)
            case Literal():
                return
            case _:
                yield text_of_tree(node), truth

    def _of_items(self, node: Call, list_: Node, *, truth: bool) -> _Found:
        """One item settles an `exists` that is true and an `all` that is not; otherwise all of them do."""
        variable, body = bound_by(node) or "", node.arguments[1]
        listed = text_of_tree(list_)
        sought = node.function == "exists"
        answers = self._run(f"{listed}.map({variable}, {text_of_tree(body)})") if truth is sought else None
        if isinstance(answers, list) and sought in answers:
            item = Index(node.start, list_, Literal(node.start, answers.index(sought)))
            yield from self.because(substituted(body, {variable: item}), truth=sought)
        elif truth is not sought and self._value(list_) == []:
            yield f"size({listed})", 0
        else:
            yield text_of_tree(node), truth

    def _of_comparison(self, node: Binary | Call, *, truth: bool) -> _Found:
        """What is compared, without what is written out."""
        if isinstance(node, Binary) and node.operator == "in" and truth and constant_of(node.left) is not None:
            listed = self._value(node.right)
            if isinstance(listed, list) and (sought := self._value(node.left)) in listed:
                yield f"{text_of_tree(node.right)}[{listed.index(sought)}]", sought
                return
        if isinstance(node, Binary):
            sides: tuple[Node, ...] = (node.left, node.right)
        else:
            sides = node.arguments if node.target is None else (node.target, *node.arguments)
        is_about_record = isinstance(node, Call) and node.function == "has"
        told = [side for side in sides if not _is_written_out(side)] if not is_about_record else []
        for side in told:
            yield text_of_tree(side), self._value(side)

    def _value(self, node: Node) -> Value:
        """What the node says; None where it fails."""
        match node:
            case Literal(value=value):
                return value
            case Name(name=name):
                return self._values.get(name)
            case Member(target=target, field=field):
                record = self._value(target)
                return record.get(field) if isinstance(record, Mapping) else None
            case Index(target=target, index=Literal(value=int(place))):
                listed = self._value(target)
                return listed[place] if isinstance(listed, list) and place < len(listed) else None
            case _:
                return self._run(text_of_tree(node))

    def _run(self, source: str) -> Value:
        try:
            answer: Value = _program(source).execute(self._context)
        except EVALUATION_ERRORS:
            return None
        return answer


@lru_cache(maxsize=10_000)
def _program(source: str) -> cel.Program:
    return cel.compile(source)


def _is_written_out(node: Node) -> bool:
    return constant_of(node) is not None or (isinstance(node, Items) and all(map(_is_written_out, node.items)))


def _plain(value: Value) -> str | int | float | bool:
    match value:
        case bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else "unbounded"
        case str():
            return _cut(value)
        case datetime():
            return value.isoformat()
        case list():
            return _cut("[" + ", ".join(_listed(item) for item in value) + "]")
        case _:
            return _cut(str(value))


def _listed(value: Value) -> str:
    return literal_text(value) if isinstance(value, str | bool | int | float) else "…"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
