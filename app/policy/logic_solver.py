"""Whether a formula can hold at all. It errs on one side only: "no" is certain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.policy.logic import (
    ALWAYS,
    All,
    Below,
    Either,
    Formula,
    Is,
    Isnt,
    OneOf,
    Related,
    Some,
    Term,
    list_size,
    negated,
)
from app.policy.logic_terms import has_value

MOST_STEPS = 20_000
"""Literals looked at for one question."""


class TooLarge(Exception):
    """The question takes more steps than it is worth."""


def can_hold(formula: Formula, most_steps: int = MOST_STEPS) -> bool:
    """False only where no draft can fulfil the formula; where the question is too large, True."""
    try:
        return _Search(most_steps).finds([formula], ())
    except TooLarge:
        return True


def implies(premise: Formula, conclusion: Formula, most_steps: int = MOST_STEPS) -> bool:
    """True only where every draft that fulfils the premise fulfils the conclusion."""
    return not can_hold(All((premise, negated(conclusion))), most_steps)


Literal = Is | Isnt


class _Search:
    """Looks for literals, one of each alternative, that do not contradict each other."""

    def __init__(self, steps: int) -> None:
        self._steps = steps

    def finds(self, pending: Sequence[Formula], chosen: tuple[Literal, ...]) -> bool:
        """Whether all that is pending can hold together with what was chosen."""
        open_, choices, literals = list(pending), [], list(chosen)
        while open_:
            match open_.pop():
                case All(parts=parts):
                    open_.extend(parts)
                case Either(parts=(only,)):
                    open_.append(only)
                case Either() as choice:
                    choices.append(choice)
                case Is() | Isnt() as literal:
                    self._count()
                    literals.append(literal)
        if not self._agree(literals):
            return False
        if not choices:
            return self._lists_agree(literals)
        choices.sort(key=lambda choice: len(choice.parts))
        first, rest = choices[0], choices[1:]
        return any(self.finds([part, *rest], tuple(literals)) for part in first.parts)

    def _count(self) -> None:
        self._steps -= 1
        if self._steps < 0:
            raise TooLarge

    def _agree(self, literals: Sequence[Literal]) -> bool:
        """Whether no opaque atom is both true and false, and every term has a value left."""
        holding = {literal.atom for literal in literals if isinstance(literal, Is)}
        failing = {literal.atom for literal in literals if isinstance(literal, Isnt)}
        if not holding.isdisjoint(failing):
            return False
        about: dict[Term, list[Literal]] = {}
        for literal in literals:
            if isinstance(literal.atom, OneOf | Below | Related):
                about.setdefault(literal.atom.term, []).append(literal)
        return all(has_value(term, said) for term, said in about.items())

    def _lists_agree(self, literals: Sequence[Literal]) -> bool:
        """Whether every list can have the items that are asked for, and none of those that are ruled out."""
        sizes: list[Formula] = []
        for list_ in dict.fromkeys(_lists_of(literals)):
            wanted = [body for body, holds in _bodies(list_, literals) if holds]
            unwanted = All(tuple(negated(body) for body, holds in _bodies(list_, literals) if not holds))
            if any(not self.finds([body, unwanted], ()) for body in wanted):
                return False
            size = list_size(list_)
            if wanted:
                sizes.append(Isnt(Below(size, 0, inclusive=True)))
            if unwanted != ALWAYS and not self.finds([unwanted], ()):
                sizes.append(Is(Below(size, 0, inclusive=True)))
        return self._agree([*literals, *(size for size in sizes if isinstance(size, Is | Isnt))])


def _lists_of(literals: Sequence[Literal]) -> Iterator[str]:
    return (literal.atom.list for literal in literals if isinstance(literal.atom, Some))


def _bodies(list_: str, literals: Sequence[Literal]) -> Iterator[tuple[Formula, bool]]:
    for literal in literals:
        if isinstance(literal.atom, Some) and literal.atom.list == list_:
            yield literal.atom.body, isinstance(literal, Is)
