"""What can be done beside deciding: ask, comment, pass on, be away, reopen, say that a mail should not have left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

import streamlit as st

from app.core.errors import CountersignError
from app.core.lifecycle import State
from app.permissions import Operation, may
from app.permissions.relations import to_draft
from app.permissions.reviewing import require_remarker, require_reopener
from app.standing import Standing
from app.ui.approval_words import asked_name
from app.ui.parts import show_soft
from app.ui.request_acts import ask, comment, go_away, pass_on, record, reopen
from app.ui.session import Seat, Task, begin, leave_it, typed_in
from app.ui.waiting import Waiting, my_absence, newcomers, places_to_pass_on
from app.ui.words import name_of

_BUTTONS: Mapping[Task, tuple[str, str | None]] = {
    Task.ASK: ("Ask", "Q"),
    Task.COMMENT: ("Note", "N"),
    Task.REASSIGN: ("Pass on", "P"),
    Task.AWAY: ("I am away", None),
    Task.REOPEN: ("Reopen", "O"),
    Task.INCIDENT: ("It should not have left", None),
}
"""What each button is called, and its key."""


def open_tasks(seat: Seat, standing: Standing) -> list[Task]:
    """What this reader may do now beside deciding; nothing else is shown."""
    request, found = standing.pending, list[Task]()
    if request is not None:
        if _allowed(lambda: require_remarker(seat.person, standing, seat.people, doing="ask about")):
            found += [Task.ASK, Task.COMMENT]
        if places_to_pass_on(seat, request):
            found.append(Task.REASSIGN)
        if seat.person.id in request.people and my_absence(seat) is None:
            found.append(Task.AWAY)
    state = standing.row.state
    if state is State.EXPIRED and _allowed(lambda: require_reopener(seat.person, standing, seat.people)):
        found.append(Task.REOPEN)
    if state is State.SENT and _allowed(lambda: _require_recorder(seat, standing)):
        found.append(Task.INCIDENT)
    return found


def _allowed(require: Callable[[], None]) -> bool:
    try:
        require()
    except CountersignError:
        return False
    return True


def _require_recorder(seat: Seat, standing: Standing) -> None:
    if not may(seat.person, Operation.INCIDENT, to_draft(seat.person, standing, seat.people)):
        raise CountersignError


def show_beside_buttons(seat: Seat, standing: Standing) -> None:
    """One quiet button for each."""
    for task in open_tasks(seat, standing):
        label, shortcut = _BUTTONS[task]
        st.button(
            label,
            key=f"begin-{task.name.lower()}-{standing.row.id}",
            shortcut=shortcut,
            type="tertiary",
            on_click=begin,
            args=(standing.row.id, task),
        )


def show_task(seat: Seat, standing: Standing, waiting: Waiting | None, task: Task) -> None:
    """The boxes of what was begun."""
    match task:
        case Task.ASK:
            who = name_of(standing.row.on_behalf_of, seat.people)
            label = f"What do you need to know? {who} and the agent are told; until they answer nobody is reminded."
            _show_words(seat, standing, label, "Ask", ask)
        case Task.COMMENT:
            _show_words(seat, standing, "What should everybody know who looks at this draft?", "Note it", comment)
        case Task.REOPEN:
            label = "Why again? It is judged on today's facts, and people are asked anew."
            _show_words(seat, standing, label, "Reopen", reopen)
        case Task.INCIDENT:
            label = "What went wrong? It ends what the agent has earned for such mails, and the trail keeps it."
            _show_words(seat, standing, label, "Record the incident", record)
        case Task.REASSIGN if waiting is not None:
            _show_passing_on(seat, standing, waiting)
        case Task.AWAY:
            _show_going_away(seat)
        case _:
            leave_it()


def _show_words(
    seat: Seat, standing: Standing, label: str, action: str, act: Callable[[Seat, Standing, str], None]
) -> None:
    key = f"words-{action}-{standing.row.id}"
    st.text_area(label, key=key, height=80)

    def say() -> None:
        act(seat, standing, typed_in(key))

    with st.container(horizontal=True, gap="small"):
        st.button(action, key="say-it", type="primary", on_click=say)
        st.button("Never mind", key="never-mind", on_click=leave_it)


def _show_passing_on(seat: Seat, standing: Standing, waiting: Waiting) -> None:
    places = places_to_pass_on(seat, waiting.request)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        place = st.selectbox(
            "Whose place", places, key="pass-place", format_func=lambda each: asked_name(each, seat.people), width=220
        )
        ids = [person.id for person in newcomers(seat, waiting, place)] if place else []
        to = st.selectbox(
            "Ask instead", ids, key="pass-to", format_func=lambda each: name_of(each, seat.people), width=220
        )
        st.text_input("Why (kept in the trail)", key="pass-reason", width=320)
    if place and not ids:
        show_soft(["Nobody else may take this place: it wants its role, and no part in the draft."])
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Pass it on",
            key="say-it",
            type="primary",
            disabled=to is None,
            on_click=_pass_on,
            args=(seat, standing, place, to),
        )
        st.button("Never mind", key="never-mind", on_click=leave_it)


def _pass_on(seat: Seat, standing: Standing, place_of: str, to: str) -> None:
    pass_on(seat, standing, place_of=place_of, to=to, reason=typed_in("pass-reason"))


def _show_going_away(seat: Seat) -> None:
    today = seat.now.date()
    others = [person.id for person in seat.people.everybody() if person.id != seat.person.id]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        back_on = st.date_input(
            "Away from now on; back on", today + timedelta(days=1), key="away-back", min_value=today, width=220
        )
        delegate = st.selectbox(
            "Who decides in your name",
            [None, *others],
            key="away-delegate",
            format_func=lambda each: name_of(each, seat.people) if each else "Nobody: others are asked as well",
            width=320,
        )
    with st.container(horizontal=True, gap="small"):
        st.button(
            "I am away",
            key="say-it",
            type="primary",
            on_click=go_away,
            args=(seat,),
            kwargs={"back_on": back_on, "delegate": delegate},
        )
        st.button("Never mind", key="never-mind", on_click=leave_it)
