"""The product with one of its protections taken away, from outside: what the suite has to notice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from app.core.lifecycle import State
from app.delivery.dispatch import Dispatcher, _under_lease
from app.delivery.outcomes import Outcome
from app.delivery.sending import Sending
from app.store.rows import DraftRow, SendIntent
from app.store.sends import _HELD, SendRepository
from app.store.store import Transaction
from app.store.tables import sends


def whole() -> None:
    """Take nothing away."""


def intent_after_the_call() -> None:
    """The provider is called first, and what was intended is written down together with what came of it."""
    settle = Dispatcher.settle

    def begin(
        _dispatcher: Dispatcher, tx: Transaction, row: DraftRow, prepared: SendIntent
    ) -> tuple[DraftRow, SendIntent]:
        return _under_lease(row, State.SENDING, at=tx.now), prepared

    def settle_at_last(
        dispatcher: Dispatcher, tx: Transaction, row: DraftRow, intent: SendIntent, outcome: Outcome, **more: Any
    ) -> DraftRow:
        if tx.sends.find(intent.send_id) is None:
            tx.sends.intend(intent)
            row = replace(row, state=State.SCHEDULED, version=row.version - 1)
        return settle(dispatcher, tx, row, intent, outcome, **more)

    patch.object(Dispatcher, "begin", begin).start()
    patch.object(Dispatcher, "settle", settle_at_last).start()


def no_question() -> None:
    """Whoever takes a send over sends, and does not ask the provider first."""

    def ask(_sending: Sending, _row: DraftRow, _intent: SendIntent, *, held: str) -> Outcome | None:
        return None

    patch.object(Sending, "_ask", ask).start()


def no_fence() -> None:
    """Whoever held a send once goes on with it, whoever has taken it over."""

    def hold(repository: SendRepository, before: SendIntent, after: SendIntent) -> None:
        values = {name: getattr(after, name) for name in _HELD}
        repository._connection.execute(sends.update().where(sends.c.send_id == before.send_id).values(**values))

    def no_lease(_sending: Sending, _row: DraftRow, _intent: SendIntent) -> None:
        pass

    patch.object(SendRepository, "hold", hold).start()
    patch.object(Sending, "_require_lease", no_lease).start()


MUTATIONS: Mapping[str, Callable[[], None]] = {
    "whole": whole,
    "intent after the call": intent_after_the_call,
    "no question": no_question,
    "no fence": no_fence,
}
