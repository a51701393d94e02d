"""Handing a draft in, and knowing afterwards whether it was new."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.drafts import Draft
from app.core.ids import Ids
from app.gate import Gate
from app.standing import Standing

MAX_KEY = 200
"""Characters of an idempotency key."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Where the draft stands; `new` is False where it was handed in before under the same key."""

    standing: Standing
    new: bool


class _Noted:
    """Ids that remember what they made."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self.made: set[str] = set()

    def new(self, kind: str) -> str:
        """A fresh id, noted."""
        made = self._ids.new(kind)
        self.made.add(made)
        return made


def hand_in(gate: Gate, draft: Draft, *, idempotency_key: str | None = None) -> HandedIn:
    """Submit a draft. It is new if its id was made for this very call: right even when two come at the same instant.

    Raises what `Gate.submit` raises.
    """
    noted = _Noted(gate.ids)
    standing = replace(gate, ids=noted).submit(draft, idempotency_key=idempotency_key)
    return HandedIn(standing, standing.row.id in noted.made)
