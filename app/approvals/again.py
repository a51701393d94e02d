"""Trying again when somebody else moved the draft meanwhile: look again, and judge by what is there now."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from app.core.clock import Clock
from app.core.errors import Conflict, StaleVersion
from app.store.store import Store, Transaction

T = TypeVar("T")

TRIES = 25
"""More than there can be approvers: each of them overtakes a transaction once at most."""


def until_not_overtaken(store: Store, clock: Clock, what: str, act: Callable[[Transaction], T]) -> T:
    """What `act` answers in a transaction of its own. Raises Conflict where others are always faster."""
    for _ in range(TRIES):
        try:
            with store.write(now=clock.now()) as tx:
                return act(tx)
        except (StaleVersion, IntegrityError):
            continue
    raise Conflict(f"{what} is changing too fast; try again")
