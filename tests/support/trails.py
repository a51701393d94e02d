"""Events of the trail as tests compare them."""

from __future__ import annotations

from typing import Any

from app.audit.chain import ChainedEvent


def told(event: ChainedEvent) -> dict[str, Any]:
    """What the event tells, without the sums of the rows that it vouches for."""
    return {name: value for name, value in event.facts.items() if name != "rows"}
