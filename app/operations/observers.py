"""Several who listen to the store, as one."""

from __future__ import annotations

from collections.abc import Sequence

from app.store.observing import Moved, Observer


class Everybody:
    """Passes on what it hears to each in turn."""

    def __init__(self, *observers: Observer) -> None:
        self._observers = observers

    def moved(self, moves: Sequence[Moved]) -> None:
        """Tell everybody, unless there is nothing to tell."""
        if moves:
            for observer in self._observers:
                observer.moved(moves)
