"""The page's entry: sign in, the bar on top, what everybody has to know, and one of the views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import streamlit as st

from app import desk
from app.core.commitments import CommitmentState
from app.core.errors import CountersignError
from app.monitoring.due import due_standing
from app.runtime import services
from app.ui.agents import show_agents
from app.ui.audit import show_audit
from app.ui.banners import show_my_absence, show_stops_in_force
from app.ui.delivery import show_delivery
from app.ui.departures import show_departures
from app.ui.ledger import show_ledger
from app.ui.markup import Html, tag
from app.ui.parts import show, show_pending_notice
from app.ui.policy import show_policy
from app.ui.queue import in_order, needs_me
from app.ui.review import show_review
from app.ui.session import Seat, View, get_up, keep_boxes, seated
from app.ui.sign_in import show_sign_in

_STYLE = Path(__file__).with_name("style.css")


def main() -> None:
    """Draw the page once."""
    st.set_page_config(page_title="Countersign", layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    try:
        house = services()
    except CountersignError as error:
        show(tag("div", f"Countersign cannot start: {error}", cls="cs-notice cs-notice-bad"))
        return
    seat = seated(house)
    if seat is None:
        show_sign_in(house)
        return
    _show_page(seat)


def _show_page(seat: Seat) -> None:
    with seat.services.store.read() as reader:
        items = desk.queue(reader, seat.services.opened.world.crm, person=seat.person, now=seat.now)
        promises = reader.ledger.entries(state=CommitmentState.OPEN)
        stuck = desk.stuck(reader, person=seat.person, people=seat.people)
    overdue = sum(due_standing(entry, seat.now) == "overdue" for entry in promises)
    keep_boxes("rule-", "policy-part", "agents-part", "settled-")
    mine = sum(needs_me(seat, item) for item in items)
    view = _show_bar(seat, _counts(mine=mine, all=len(items), overdue=overdue), stuck=len(stuck))
    # Each part has a place of its own, also while it is empty. Were a part to move, what it held would be drawn twice
    # for a moment, and a key pressed in that moment would be lost.
    for part in (show_stops_in_force, show_my_absence, show_pending_notice, show_departures):
        with st.container():
            part(seat)
    if view is View.REVIEW:
        show_review(seat, in_order(seat, items))
    else:
        _VIEWS[view](seat)


# What draws each view but the first one, which needs the queue. A new view is a line here and one in `View`.
_VIEWS: Mapping[View, Callable[[Seat], None]] = {
    View.DELIVERY: show_delivery,
    View.LEDGER: show_ledger,
    View.POLICY: show_policy,
    View.AGENTS: show_agents,
    View.AUDIT: show_audit,
}


def _counts(*, mine: int, all: int, overdue: int) -> Html:
    waiting = f"{mine} wait{'s' if mine == 1 else ''} for you"
    others = f"{all - mine} for others"
    late = f"{overdue} promise{'' if overdue == 1 else 's'} overdue"
    return tag("div", " · ".join((waiting, others, late)), cls="cs-counts")


def _show_bar(seat: Seat, counts: Html, *, stuck: int) -> View:
    labels = {View.DELIVERY.value: f"{View.DELIVERY.value} · {stuck}"} if stuck else {}
    st.session_state.setdefault("view", View.REVIEW.value)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="bar"):
        show(tag("div", "Countersign", cls="cs-mark"))
        view = st.segmented_control(
            "View",
            [view.value for view in View],
            required=True,
            key="view",
            format_func=lambda name: labels.get(name, name),
            label_visibility="collapsed",
        )
        show(counts)
        show(tag("div", tag("strong", seat.person.name), tag("div", seat.person.title, cls="cs-soft"), cls="cs-who"))
        st.button("Change seat", key="get-up", on_click=get_up, type="tertiary")
    return View(view) if view else View.REVIEW


main()
