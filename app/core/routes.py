"""The ways out of the gate and the tiers of risk."""

from __future__ import annotations

from enum import StrEnum


class Route(StrEnum):
    """Where a draft goes, from the most lenient to the strictest."""

    AUTO_SEND = "auto_send"
    MONITOR = "monitor"
    REVIEW = "review"
    BLOCK = "block"

    @property
    def strictness(self) -> int:
        """Place in the order above; higher is stricter."""
        return list(Route).index(self)

    @property
    def sends_unattended(self) -> bool:
        """Whether the draft leaves without a person's approval."""
        return self in (Route.AUTO_SEND, Route.MONITOR)


class Tier(StrEnum):
    """How much could go wrong if the draft left as it is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """Place in the order above; higher is graver."""
        return list(Tier).index(self)
