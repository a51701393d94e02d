"""Drafts on their way out: how long they can still be taken back, and when they were sent.

The only part of the page that refreshes by itself, and only while something is on its way.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import desk
from app.core.errors import NotFound
from app.core.lifecycle import ON_THE_WAY, State
from app.permissions import may_stop
from app.standing import Standing
from app.ui.acts import undo
from app.ui.highlight import visible
from app.ui.markup import tag
from app.ui.parts import show
from app.ui.session import Seat, memory, opened_draft
from app.ui.words import clock_time, stretch

_ON_THE_WAY = (State.SCHEDULED, *ON_THE_WAY)
_TICK_SECONDS = 1
_ELSEWHERE = {
    State.SENDING: "Being sent.",
    State.UNKNOWN: "Nobody knows yet whether it left. The mailbox is being asked; it is not sent again blindly.",
    State.RECONCILING: "Nobody knows yet whether it left. The mailbox is being asked.",
    State.NEEDS_PERSON: "It may have left, and the mailbox cannot tell. A person has to look there.",
    State.FAILED: "Not sent, and not tried again by itself.",
    State.UNDONE: "Taken back. It will not be sent.",
    State.IN_REVIEW: "Not sent: something has changed, and a person has to decide again.",
}


def show_departures(seat: Seat) -> None:
    """A line for each draft that the reader let go, and for the open one while it is on its way."""
    standings = _watched(seat)
    if not standings:
        return
    moving = any(s.row.state in _ON_THE_WAY for s in standings)
    refreshed = st.fragment(run_every=_TICK_SECONDS if moving else None)(_show_lines)
    refreshed(seat, moving)


def _watched(seat: Seat) -> list[Standing]:
    found = []
    with seat.services.store.read() as reader:
        for draft_id in dict.fromkeys((*memory().let_go, opened_draft())):
            if draft_id is None:
                continue
            try:
                standing = desk.shown(reader, draft_id, person=seat.person, people=seat.people)
            except NotFound:
                continue
            if draft_id in memory().let_go or standing.row.state in _ON_THE_WAY:
                found.append(standing)
    return found


def _show_lines(seat: Seat, was_moving: bool) -> None:
    if memory().notice is not None:
        st.rerun()  # a press in here was refused, and the page above says why
    standings = _watched(seat)
    with st.container(key="departures", gap="small"):
        _show_each(seat, standings)
    settled = was_moving and not any(s.row.state in _ON_THE_WAY for s in standings)
    if settled and not _is_typing():
        st.rerun()  # the rest of the page learns of it, and the ticking ends


def _is_typing() -> bool:
    """Whether the reader is in the middle of saying something about the open draft: it must not be drawn anew now."""
    draft_id, begun = opened_draft(), memory().begun
    return draft_id is not None and (memory().editing == draft_id or (begun is not None and begun[0] == draft_id))


def _show_each(seat: Seat, standings: Sequence[Standing]) -> None:
    first = next((s.row.id for s in standings if s.row.state is State.SCHEDULED), None)
    for standing in standings:
        row = standing.row
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            words = status_words(seat, standing)
            show(tag("div", tag("strong", words), " ", visible(row.subject), cls="cs-leaving"), width="content")
            if row.state is State.SCHEDULED and may_stop(seat.person, standing):
                st.button(
                    "Undo",
                    key=f"undo-{row.id}-{row.version}",
                    shortcut="U" if row.id == first else None,
                    on_click=undo,
                    args=(seat, row.id),
                )
            elif row.state not in _ON_THE_WAY:
                st.button("Hide", key=f"hide-{row.id}", type="tertiary", on_click=_hide, args=(row.id,))


def status_words(seat: Seat, standing: Standing) -> str:
    """Where a draft that was let go is now, as a sentence."""
    row = standing.row
    if row.state is State.SCHEDULED:
        by_person = row.permit is not None and row.permit.granted_by.startswith("approval:")
        left = stretch(row.due_at - seat.services.clock.now()) if row.due_at else "a moment"
        return f"{'Approved' if by_person else 'Let through by a rule'}. Leaves in {left}."
    if row.state is State.SENT:
        return f"Sent at {clock_time(row.updated_at, seat.person)}."
    return _ELSEWHERE.get(row.state, f"Not sent: {row.state.value}.")


def _hide(draft_id: str) -> None:
    memory().let_go = [each for each in memory().let_go if each != draft_id]
