"""The agents: what is stopped and limited, what they have earned, and what they sent that should be looked at."""

from __future__ import annotations

from app.core.errors import InvalidPolicy
from app.ui.autonomy import show_autonomy
from app.ui.highlight import visible
from app.ui.markup import tag
from app.ui.parts import show, show_parts
from app.ui.samples import show_samples, waiting_samples
from app.ui.session import Seat
from app.ui.stops import show_stops


def show_agents(seat: Seat) -> None:
    """One of the three parts."""
    waiting = len(waiting_samples(seat))
    parts = {"Stops and limits": show_stops, "Autonomy": show_autonomy, "Samples and incidents": show_samples}
    labels = {"Samples and incidents": f"Samples and incidents · {waiting}"} if waiting else {}
    try:
        show_parts(seat, parts, labels=labels, key="agents-part")
    except InvalidPolicy as error:
        show(tag("div", visible(f"{error}."), cls="cs-empty"))
