"""Handing a draft in, and knowing afterwards whether it was new."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.drafts import Draft
from app.gate import Gate
from app.standing import Standing

MAX_KEY = 200
"""Characters of an idempotency key."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """Where the draft stands; `new` is False where it was handed in before under the same key."""

    standing: Standing
    new: bool


def hand_in(gate: Gate, draft: Draft, *, idempotency_key: str | None = None) -> HandedIn:
    """Submit a draft, and say whether it was new. Raises what `Gate.submit` raises."""
    standing = gate.submit(draft, idempotency_key=idempotency_key)
    return HandedIn(standing, standing.new)
