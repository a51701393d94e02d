"""What the contract of delivery tries: which fault at which step, and what to call it in the table."""

from __future__ import annotations

from enum import StrEnum
from itertools import product

from tests.support.provider.faults import Fault, Step


class Scene(StrEnum):
    """Where a fault strikes: at a step of the first attempt, or when the provider is asked what became of it."""

    PREPARE = "prepare"
    VERIFY = "verify"
    SEND = "send"
    CONFIRM = "confirm"
    FIND_LEFT = "find, it had left"
    FIND_LYING = "find, it had not"

    @property
    def step(self) -> Step:
        """The step that the fault strikes."""
        return Step.FIND if self in _ASKING else Step(self.value)

    @property
    def comes_after(self) -> Fault | None:
        """What goes wrong at `send` before, so that the provider is asked at all."""
        return _ASKING.get(self)


_ASKING = {Scene.FIND_LEFT: Fault.UNANSWERED, Scene.FIND_LYING: Fault.DROPPED}

Cell = tuple[Scene, Fault]

CELLS: tuple[Cell, ...] = tuple(product(Scene, Fault))
"""Every fault in every place. A provider tries each, or says why it cannot have it."""
