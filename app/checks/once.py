"""What several checks of one verdict need is worked out once, and what verdicts share once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

A = TypeVar("A")
P = ParamSpec("P")
T = TypeVar("T")

_BY_VALUE = (str, float, date)
_Key = tuple[object, ...]
_Kept = tuple[tuple[object, ...], tuple[Any, ...]]
"""The arguments, which have to live for as long as their identities stand in the key, and the items."""
_known: ContextVar[dict[_Key, _Kept] | None] = ContextVar("known", default=None)


@contextmanager
def one_verdict() -> Iterator[None]:
    """For as long as this lasts, what was worked out stays known; afterwards nothing does."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def while_same(function: Callable[[A], T]) -> Callable[[A], T]:
    """The function's answer, worked out again only when it is asked about another object than the last time.

    For what is the same from verdict to verdict, such as the CRM's accounts, and too large to be compared by value.
    """
    last: tuple[A, T] | None = None

    @wraps(function)
    def remembered(asked: A) -> T:
        nonlocal last
        known = last
        if known is None or known[0] is not asked:
            last = known = (asked, function(asked))
        return known[1]

    return remembered


def once(function: Callable[P, Iterable[T]]) -> Callable[P, tuple[T, ...]]:
    """The function's items as a tuple; within one verdict they are worked out once for the very same arguments.

    For pure functions of draft, findings, facts and their parts. Those are compared by identity, for to compare a
    ledger by value costs more than many a check; texts, numbers and days are compared by value.
    """

    @wraps(function)
    def remembered(*args: P.args, **kwargs: P.kwargs) -> tuple[T, ...]:
        known = _known.get()
        if known is None:
            return tuple(function(*args, **kwargs))
        values = (*args, *kwargs.values())
        key = (function, tuple(kwargs), *(value if isinstance(value, _BY_VALUE) else id(value) for value in values))
        if key not in known:
            known[key] = (values, tuple(function(*args, **kwargs)))
        items: tuple[T, ...] = known[key][1]
        return items

    return remembered
