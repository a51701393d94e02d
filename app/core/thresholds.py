"""Where the checks draw their lines. A policy may draw them elsewhere; these are the defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from types import MappingProxyType

from app.core.findings import Kind


def _usual_effort() -> Mapping[Kind, float]:
    return MappingProxyType(
        {
            Kind.DELIVERABLE: 2.0,
            Kind.FOLLOW_UP: 0.5,
            Kind.MEETING: 1.0,
            Kind.CONCESSION: 0.0,
            Kind.ROADMAP: 0.0,
            Kind.GUARANTEE: 0.0,
            Kind.RESOURCE: 4.0,
            Kind.OTHER: 2.0,
        }
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """Limits that a company sets for itself. Amounts are in the deal's own currency, efforts in hours."""

    large_deal: float = 100_000.0
    """From this amount on a promise is worth a second look."""
    short_notice: timedelta = timedelta(hours=2)
    """A meeting proposed to begin sooner than this after the mail is sent comes too soon."""
    travel: timedelta = timedelta(minutes=30)
    """What it takes to get from one place to another between two meetings."""
    effort: Mapping[Kind, float] = field(default_factory=_usual_effort)
    """Hours that keeping a promise costs, by kind, until the ledger's history teaches better."""
    mails_per_contact: int = 3
    """More mails than this to one contact within `mails_window` are too many."""
    mails_window: timedelta = timedelta(days=7)
    quiet_from: time = time(20, 0)
    """From here to `quiet_until`, in the recipient's zone, no unasked mail goes out and nobody is called."""
    quiet_until: time = time(7, 0)
    stale_after: timedelta = timedelta(hours=24)
    """A source that vouches for a moment longer ago than this is taken for unknown."""
    facts_budget: timedelta = timedelta(seconds=2)
    """How long all facts together may take; what has not come by then is unknown."""


USUAL = Thresholds()
