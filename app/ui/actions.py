"""The bar above the mail: what can be done, which key does it, and what happens then.

A button's name holds the draft's digest. A second press that was meant for what stood there before finds no such
button any more, instead of hitting the next draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from app.approvals.exceptions import needs_reason
from app.core.lifecycle import State
from app.desk import QueueItem
from app.standing import Standing
from app.ui.acts import approve, reject
from app.ui.choices import Choices, choices_for
from app.ui.editor import open_editor
from app.ui.markup import tag
from app.ui.parts import show
from app.ui.queue import show_steps
from app.ui.session import Seat, memory
from app.ui.suggestions import wanted
from app.ui.words import short_digest, stretch


def show_actions(seat: Seat, standing: Standing, items: Sequence[QueueItem]) -> None:
    """Buttons, and below them one line on what each would do or why it is not open."""
    row, kept = standing.row, memory()
    choices = choices_for(seat.person, standing, seat.people)
    typing = row.id in (kept.editing, kept.rejecting, kept.approving) or bool(wanted(standing))
    with st.container(key="actions", gap="small"):
        if not typing:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _show_buttons(seat, standing, choices)
                show_steps(items, chosen=row.id)
            show(tag("div", _what_happens(seat, standing, choices), cls="cs-soft cs-small"))
        if kept.rejecting == row.id:
            _ask_reason(seat, standing)
        elif kept.approving == row.id:
            _ask_why(seat, standing)


def _show_buttons(seat: Seat, standing: Standing, choices: Choices) -> None:
    row = standing.row
    name = f"{row.id}-{row.digest}"
    st.button(
        "Approve",
        key=f"approve-{name}",
        shortcut="A",
        type="primary",
        disabled=choices.approve is not None,
        on_click=_approve,
        args=(seat, standing),
    )
    st.button(
        "Edit",
        key=f"edit-{name}",
        shortcut="E",
        disabled=choices.edit is not None,
        on_click=open_editor,
        args=(standing,),
    )
    st.button(
        "Reject",
        key=f"reject-{name}",
        shortcut="X",
        disabled=choices.reject is not None,
        on_click=_ask,
        args=(row.id,),
    )


def _what_happens(seat: Seat, standing: Standing, choices: Choices) -> str:
    if choices.approve is None:
        window = stretch(_undo_window(seat))
        digest = short_digest(standing.row.digest)
        return (
            f"Approve lets exactly these bytes ({digest}) leave in {window}, and until then you can take them back."
        )
    if standing.row.state in (State.IN_REVIEW, State.BLOCKED) and choices.edit is not None:
        return f"{choices.approve} {choices.edit}"
    return choices.approve


def _undo_window(seat: Seat) -> timedelta:
    with seat.services.store.read() as reader:
        return seat.services.gate.policy.read(reader).undo_window


def _approve(seat: Seat, standing: Standing) -> None:
    if _needs_reason(seat, standing) is None:
        approve(seat, standing)
    else:
        memory().approving, memory().rejecting, memory().editing = standing.row.id, None, None


def _needs_reason(seat: Seat, standing: Standing) -> str | None:
    request = standing.pending
    return needs_reason(standing.assessment, request, seat.person.id) if request else None


def _ask(draft_id: str) -> None:
    memory().rejecting, memory().approving, memory().editing = draft_id, None, None


def _keep_it() -> None:
    memory().rejecting = memory().approving = None


def _ask_why(seat: Seat, standing: Standing) -> None:
    why = _needs_reason(seat, standing) or "the trail keeps it"
    st.text_input(f"Why may it leave? A reason is needed: {why}.", key=_reason_key(standing))
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Approve for this reason", key="approve-now", type="primary", on_click=_let_go, args=(seat, standing)
        )
        st.button("Leave it waiting", key="approve-not", on_click=_keep_it)


def _let_go(seat: Seat, standing: Standing) -> None:
    approve(seat, standing, str(st.session_state.get(_reason_key(standing), "")))


def _ask_reason(seat: Seat, standing: Standing) -> None:
    st.text_input("Why is it rejected? The agent and the trail keep the reason.", key=_reason_key(standing))
    with st.container(horizontal=True, gap="small"):
        st.button("Reject for good", key="reject-now", type="primary", on_click=_reject, args=(seat, standing))
        st.button("Leave it waiting", key="reject-not", on_click=_keep_it)


def _reject(seat: Seat, standing: Standing) -> None:
    reject(seat, standing, str(st.session_state.get(_reason_key(standing), "")))


def _reason_key(standing: Standing) -> str:
    return f"reason-{standing.row.id}-{standing.row.digest}"
