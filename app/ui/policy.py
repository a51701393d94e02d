"""The policy: what is in force, a form for a new rule, and what was proposed."""

from __future__ import annotations

from app.core.errors import InvalidPolicy
from app.policy import proposals, service
from app.ui.highlight import visible
from app.ui.markup import tag
from app.ui.parts import show, show_parts
from app.ui.policy_proposals import open_proposals, show_proposals
from app.ui.policy_rules import show_rules
from app.ui.rule_form import show_rule_form
from app.ui.session import Seat


def show_policy(seat: Seat) -> None:
    """One of the three parts."""
    try:
        with seat.services.store.read() as reader:
            live = service.published(reader)
            waiting = len(open_proposals(proposals.proposals(reader), live))
    except InvalidPolicy as error:
        show(tag("div", visible(f"{error}."), cls="cs-empty"))
        return
    parts = {"In force": show_rules, "New rule": show_rule_form, "Proposals": show_proposals}
    labels = {"Proposals": f"Proposals · {waiting}"} if waiting else {}
    show_parts(seat, parts, labels=labels, key="policy-part")
