"""What everybody has to know, whatever they look at: what is stopped, and that they themselves are away."""

from __future__ import annotations

import streamlit as st

from app.limits import switch
from app.ui.highlight import visible
from app.ui.markup import tag
from app.ui.parts import show
from app.ui.request_acts import come_back, stand_in_words
from app.ui.session import Seat, View, memory
from app.ui.waiting import my_absence
from app.ui.words import day_and_time, name_of


def show_stops_in_force(seat: Seat) -> None:
    """A line for each stop, and the way to where it is lifted."""
    with seat.services.store.read() as reader:
        stops = switch.listed(reader)
    if not stops:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="stopped"):
        words = [
            f"Stopped: {each.what}, by {name_of(each.by, seat.people)} since {day_and_time(each.at, seat.person)}: "
            f"{each.reason}"
            for each in stops
        ]
        show(tag("div", *(tag("div", visible(line)) for line in words), cls="cs-alerts"))
        if st.session_state.get("view") != View.AGENTS:
            st.button("Look", key="look-at-stops", on_click=_look, type="tertiary")


def _look() -> None:
    st.session_state["view"] = View.AGENTS.value
    st.session_state.pop("agents-part", None)
    memory().asked_twice = None


def show_my_absence(seat: Seat) -> None:
    """That the reader is away, who decides meanwhile, and the button that ends it."""
    absence = my_absence(seat)
    if absence is None:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="away"):
        words = f"You are away until {day_and_time(absence.until, seat.person)}. {stand_in_words(seat, absence)}"
        show(tag("div", words, cls="cs-notice cs-notice-plain"), width="content")
        st.button("I am back", key="come-back", on_click=come_back, args=(seat, absence))
