"""The page's entry: sign in, the bar on top, and one of three views."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app import desk
from app.core.commitments import CommitmentState
from app.core.errors import CountersignError
from app.monitoring.due import due_standing
from app.runtime import services
from app.ui.audit import show_audit
from app.ui.departures import show_departures
from app.ui.ledger import show_ledger
from app.ui.markup import Html, tag
from app.ui.parts import show, show_pending_notice
from app.ui.review import show_review
from app.ui.session import Seat, View, get_up, seated
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
    overdue = sum(due_standing(entry, seat.now) == "overdue" for entry in promises)
    view = _show_bar(seat, _counts(mine=sum(item.mine for item in items), all=len(items), overdue=overdue))
    show_pending_notice()
    show_departures(seat)
    match view:
        case View.REVIEW:
            show_review(seat, items)
        case View.LEDGER:
            show_ledger(seat)
        case View.AUDIT:
            show_audit(seat)


def _counts(*, mine: int, all: int, overdue: int) -> Html:
    waiting = f"{mine} wait{'s' if mine == 1 else ''} for you"
    others = f"{all - mine} for others"
    late = f"{overdue} promise{'' if overdue == 1 else 's'} overdue"
    return tag("div", " · ".join((waiting, others, late)), cls="cs-counts")


def _show_bar(seat: Seat, counts: Html) -> View:
    st.session_state.setdefault("view", View.REVIEW.value)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center", key="bar"):
        show(tag("div", "Countersign", cls="cs-mark"))
        view = st.segmented_control(
            "View",
            [view.value for view in View],
            required=True,
            key="view",
            label_visibility="collapsed",
        )
        show(counts)
        show(tag("div", tag("strong", seat.person.name), tag("div", seat.person.title, cls="cs-soft"), cls="cs-who"))
        st.button("Change seat", key="get-up", on_click=get_up, type="tertiary")
    return View(view) if view else View.REVIEW


main()
