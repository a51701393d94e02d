"""Whether a term can have any value, after all that is said of it together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from app.policy.logic import Below, Constant, Is, Isnt, OneOf, Related, Term, TermKind, TextRelation

_MOST_COUNTED = 50
"""Up to so many whole numbers between two bounds are tried one by one."""

_Bound = tuple[Constant, bool]
"""A bound, and whether the value may lie on it."""


def has_value(term: Term, said: Sequence[Is | Isnt]) -> bool:
    """Whether a value of the term fulfils all literals; they have to be about the term. A "no" is certain."""
    candidates = _candidates(term, said)
    if candidates is not None:
        return any(all(_fulfils(value, literal) for literal in said) for value in candidates)
    return _texts_agree(said)


def _candidates(term: Term, said: Sequence[Is | Isnt]) -> Iterable[Constant] | None:
    """All values worth trying; none at all where the bounds exclude each other; None where there are too many."""
    listed = [literal.atom.values for literal in said if isinstance(literal, Is) and isinstance(literal.atom, OneOf)]
    if term.choices is not None:
        listed.append(term.choices)
    if listed:
        return [value for value in frozenset.intersection(*listed) if _within(term, value)]
    low, high = _low(term, said), _high(term, said)
    if low is None or high is None:
        return None
    if _exclude_each_other(low, high):
        return ()
    if low[0] == high[0]:
        return (low[0],)
    return _between(low, high) if term.kind is TermKind.WHOLE else None


def _within(term: Term, value: Constant) -> bool:
    above = term.least is None or not _less(value, term.least)
    return above and (term.most is None or not _less(term.most, value))


def _low(term: Term, said: Sequence[Is | Isnt]) -> _Bound | None:
    """The greatest of the lower bounds."""
    low: _Bound | None = None if term.least is None else (term.least, True)
    for literal in said:
        if not isinstance(literal, Isnt) or not isinstance(atom := literal.atom, Below):
            continue
        if low is None or _less(low[0], atom.bound) or (low[0] == atom.bound and atom.inclusive):
            low = (atom.bound, not atom.inclusive)
    return low


def _high(term: Term, said: Sequence[Is | Isnt]) -> _Bound | None:
    """The least of the upper bounds."""
    high: _Bound | None = None if term.most is None else (term.most, True)
    for literal in said:
        if not isinstance(literal, Is) or not isinstance(atom := literal.atom, Below):
            continue
        if high is None or _less(atom.bound, high[0]) or (high[0] == atom.bound and not atom.inclusive):
            high = (atom.bound, atom.inclusive)
    return high


def _exclude_each_other(low: _Bound, high: _Bound) -> bool:
    return _less(high[0], low[0]) or (low[0] == high[0] and not (low[1] and high[1]))


def _between(low: _Bound, high: _Bound) -> Iterable[Constant] | None:
    """The whole numbers between the bounds, where there are few."""
    if not isinstance(low[0], int | float) or not isinstance(high[0], int | float):
        return None
    first = math.floor(low[0]) + 1 if not low[1] else math.ceil(low[0])
    last = math.ceil(high[0]) - 1 if not high[1] else math.floor(high[0])
    return range(first, last + 1) if last - first < _MOST_COUNTED else None


def _fulfils(value: Constant, literal: Is | Isnt) -> bool:
    match literal.atom:
        case OneOf(values=values):
            holds = value in values
        case Below(bound=bound, inclusive=inclusive):
            holds = _less(value, bound) or (inclusive and value == bound)
        case Related(relation=relation, part=part):
            holds = isinstance(value, str) and relation.holds(value, part)
        case _:
            return True
    return holds is isinstance(literal, Is)


def _less(left: Constant, right: Constant) -> bool:
    """Constants of one term are of one type."""
    return left < right  # type: ignore[operator]


def _texts_agree(said: Sequence[Is | Isnt]) -> bool:
    """Whether no two parts of a text exclude each other, such as two beginnings that differ."""
    wanted = [literal.atom for literal in said if isinstance(literal, Is) and isinstance(literal.atom, Related)]
    unwanted = [literal.atom for literal in said if isinstance(literal, Isnt) and isinstance(literal.atom, Related)]
    if any(_clash(one, other) for one in wanted for other in wanted):
        return False
    return not any(_includes(one, other) for one in wanted for other in unwanted)


def _clash(one: Related, other: Related) -> bool:
    if one.relation is not other.relation or one.relation is TextRelation.CONTAINS:
        return False
    return not one.relation.holds(one.part, other.part) and not one.relation.holds(other.part, one.part)


def _includes(one: Related, other: Related) -> bool:
    """Whether every text that is related as the first says is also related as the second says."""
    is_alike = one.relation is other.relation or other.relation is TextRelation.CONTAINS
    return is_alike and other.relation.holds(one.part, other.part)
