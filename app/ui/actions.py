"""The bar above the mail: what can be done, which key does it, and what happens then.

A button's name holds the draft's digest. A second press that was meant for what stood there before finds no such
button any more, instead of hitting the next draft. While the page is drawn anew, the old buttons and the new ones are
both there for a moment and one key presses both: a press counts only for the draft that was drawn last.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from app.core.lifecycle import State
from app.desk import QueueItem
from app.standing import Standing
from app.ui.acts import approve
from app.ui.approval_words import progress_words
from app.ui.beside import show_beside_buttons, show_task
from app.ui.choices import Choices, choices_for
from app.ui.deciding import demand_words, show_approving, show_rejecting
from app.ui.editor import open_editor
from app.ui.markup import tag
from app.ui.parts import show
from app.ui.queue import show_steps
from app.ui.session import Seat, Task, begin, begun_task, memory
from app.ui.suggestions import wanted
from app.ui.waiting import Waiting
from app.ui.words import short_digest, stretch


def show_actions(seat: Seat, standing: Standing, waiting: Waiting | None, items: Sequence[QueueItem]) -> None:
    """Buttons, and below them what they would do or why they are not open; or the boxes of what was begun."""
    memory().at_hand = standing.row.id, standing.row.digest
    choices = choices_for(seat.person, standing, seat.people)
    task = begun_task(standing.row.id)
    with st.container(key="actions", gap="small"):
        if task is Task.APPROVE and choices.approve is None:
            show_approving(seat, standing, then=_leaving_words(seat, standing))
        elif task is Task.REJECT and choices.reject is None:
            show_rejecting(seat, standing)
        elif task not in (None, Task.APPROVE, Task.REJECT):
            show_task(seat, standing, waiting, task)
        elif memory().editing != standing.row.id and not wanted(standing):
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                _show_buttons(seat, standing, choices)
                show_steps(items, chosen=standing.row.id)
                show_beside_buttons(seat, standing)
            show(tag("div", _what_happens(seat, standing, choices), cls="cs-soft cs-small"))


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
        on_click=begin,
        args=(row.id, Task.REJECT),
    )


def _what_happens(seat: Seat, standing: Standing, choices: Choices) -> str:
    if choices.approve is None:
        return " ".join(filter(None, (_leaving_words(seat, standing), demand_words(seat, standing))))
    if standing.row.state in (State.IN_REVIEW, State.BLOCKED) and choices.edit is not None:
        return f"{choices.approve} {choices.edit}"
    return choices.approve


def _leaving_words(seat: Seat, standing: Standing) -> str:
    """What an approval by the reader brings about."""
    window, digest = stretch(_undo_window(seat)), short_digest(standing.row.digest)
    leaves = f"Approve lets exactly these bytes ({digest}) leave in {window}; until then you can take them back."
    return " ".join(filter(None, (leaves, _more_needed(seat, standing))))


def _more_needed(seat: Seat, standing: Standing) -> str:
    """How far the request has come, where one word alone is not enough."""
    request = standing.pending
    if request is None or (len(request.requirement.stages) == 1 and request.wanted.needed == 1):
        return ""
    return f"{progress_words(request, seat.people)}."


def _undo_window(seat: Seat) -> timedelta:
    with seat.services.store.read() as reader:
        return seat.services.gate.policy.read(reader).undo_window


def _approve(seat: Seat, standing: Standing) -> None:
    if demand_words(seat, standing):
        begin(standing.row.id, Task.APPROVE)
    else:
        approve(seat, standing)
