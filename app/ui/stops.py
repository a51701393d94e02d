"""The stop switch, and how much of each limit is used up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from app.core.lifecycle import State
from app.core.limits import DAY, Limit, Per, Stop, StopScope
from app.limits import switch
from app.limits.overview import limits_in_use
from app.permissions import Operation, may
from app.policy.catalogue import ACTIONS
from app.store.store import Reader
from app.store.uses import Use
from app.ui.agent_acts import resume, stop
from app.ui.attempt import missing
from app.ui.highlight import visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import heading, show, show_soft
from app.ui.session import Seat, ask_twice, memory, typed_in
from app.ui.words import age, day_and_time, name_of, stretch, worded

_MOST = 1000
_SHOWN = 5
"""Of each limit, those who have used most of it."""
_SCOPES = {StopScope.AGENT: "one agent", StopScope.ACTION: "one kind of action", StopScope.ALL: "everything"}
_STOP = "stop"


def show_stops(seat: Seat) -> None:
    """What is stopped and the switch on the left; the limits on the right."""
    with seat.services.store.read() as reader:
        stops = switch.listed(reader)
        policy = seat.services.gate.policy.read(reader)
        uses = list(limits_in_use(reader, policy.limits, at=seat.now))
        agents, leaving = _agents(reader)
    left, right = st.columns([0.5, 0.5], gap="large")
    with left:
        show(heading("Stopped now" if stops else "Nothing is stopped"))
        for each in stops:
            _show_stop(seat, each)
        _show_switch(seat, agents, leaving)
    with right:
        _show_limits(seat, uses)


def _agents(reader: Reader) -> tuple[Sequence[str], Sequence[str]]:
    """The agents that are known, and the agent of each draft that is on its way out."""
    leaving = reader.drafts.in_states((State.SCHEDULED, State.SENDING), limit=_MOST)
    waiting = reader.drafts.in_states((State.IN_REVIEW, State.BLOCKED), limit=_MOST)
    earned = {subject.agent for subject in reader.autonomy.every_figures()}
    return sorted({*earned, *(row.agent for row in (*leaving, *waiting))}), [row.agent for row in leaving]


def _may_switch(seat: Seat, scope: StopScope) -> bool:
    return may(seat.person, Operation.STOP_ALL if scope is StopScope.ALL else Operation.STOP_AGENT)


def _show_stop(seat: Seat, each: Stop) -> None:
    with st.container(key=f"stop-{each.id}", gap="small"):
        by = f"{name_of(each.by, seat.people)}, {age(each.at, seat.now)}"
        show(
            tag(
                "div", tag("strong", each.what), " ", tag("span", by, cls="cs-soft"), tag("div", visible(each.reason))
            )
        )
        if not _may_switch(seat, each.scope):
            return
        if memory().asked_twice != each.id:
            st.button("Resume …", key=f"resume-{each.id}", on_click=ask_twice, args=(each.id,))
            return
        show_soft(["What it held is judged again on today's facts; what the policy lets through leaves."])
        st.text_input("Why it may go on (kept in the trail)", key=f"resume-reason-{each.id}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"Resume {each.what}",
                key=f"resume-now-{each.id}",
                type="primary",
                on_click=_resume,
                args=(seat, each),
            )
            st.button("Leave it stopped", key=f"resume-not-{each.id}", on_click=ask_twice, args=(None,))


def _show_switch(seat: Seat, agents: Sequence[str], leaving: Sequence[str]) -> None:
    show(heading("Stop"))
    scopes = [scope for scope in _SCOPES if _may_switch(seat, scope)]
    if not scopes:
        show_soft(["Managers stop agents and actions; owners and administrators everything."])
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        scope = st.selectbox("What", scopes, key="stop-scope", format_func=_SCOPES.__getitem__, width=200)
        subject = _show_subject(scope, agents)
    st.text_input("Why? Everybody who meets the stop reads it.", key="stop-reason")
    what = _SCOPES[scope] if scope is StopScope.ALL else f"{scope} {subject}"
    if memory().asked_twice != _STOP:
        st.button(f"Stop {what} …", key="stop", on_click=_want_to_stop)
        return
    show(tag("div", f"Stop {what} now? {_held_words(scope, subject, leaving)}", cls="cs-notice cs-notice-bad"))
    with st.container(horizontal=True, gap="small"):
        st.button(
            f"Yes, stop {what}",
            key=f"stop-now-{what}",
            type="primary",
            on_click=_stop,
            args=(seat, scope, subject),
        )
        st.button("Leave it running", key="stop-not", on_click=ask_twice, args=(None,))


def _want_to_stop() -> None:
    if typed_in("stop-reason").strip():
        ask_twice(_STOP)
    else:
        missing("Say why it is stopped: everybody who meets the stop reads it.")


def _stop(seat: Seat, scope: StopScope, subject: str) -> None:
    stop(seat, scope, subject, typed_in("stop-reason"))


def _resume(seat: Seat, stopped: Stop) -> None:
    resume(seat, stopped, typed_in(f"resume-reason-{stopped.id}"))


def _show_subject(scope: StopScope, agents: Sequence[str]) -> str:
    if scope is StopScope.ALL:
        return ""
    known = agents if scope is StopScope.AGENT else list(ACTIONS)
    label = "Which agent" if scope is StopScope.AGENT else "Which action, or kind of mail"
    return str(st.selectbox(label, known, key=f"stop-{scope}", accept_new_options=True, width=260) or "")


def _held_words(scope: StopScope, subject: str, leaving: Sequence[str]) -> str:
    after = "What comes due meanwhile goes to review. Nothing is lost."
    if scope is StopScope.ACTION:
        return after
    count = len(leaving) if scope is StopScope.ALL else leaving.count(subject)
    return f"{count} {'draft is' if count == 1 else 'drafts are'} on the way out. {after}"


def _show_limits(seat: Seat, uses: Sequence[Use]) -> None:
    show(heading("Limits in use"))
    if not uses:
        show_soft(["The policy in force sets no limits."])
        return
    for limit, of_limit in groupby(uses, key=lambda use: use.limit):
        each = list(of_limit)
        more = [tag("div", f"and {len(each) - _SHOWN} more", cls="cs-soft cs-small")] if len(each) > _SHOWN else []
        title = f"{limit.most} per {worded(limit.per.value)} in {_window(limit)}"
        show(joined(tag("div", title, cls="cs-soft cs-small"), *(_use(seat, use) for use in each[:_SHOWN]), *more))
    show_soft(["A full limit sends drafts to review; it drops none. What people approved counts and is not held."])


def _window(limit: Limit) -> str:
    return "a day" if limit.window >= DAY else "an hour"


def _use(seat: Seat, use: Use) -> Html:
    share = min(use.used / use.limit.most, 1.0)
    who = name_of(use.subject, seat.people) if use.limit.per is Per.SENDER else use.subject
    free = ""
    if use.free_at is not None:
        free = f"next place {day_and_time(use.free_at, seat.person)}, in {stretch(use.free_at - seat.now)}"
    return tag(
        "div",
        tag("div", visible(who or "nobody yet")),
        tag("div", f"{use.used} of {use.limit.most}", cls="cs-figure"),
        tag(
            "div",
            tag("div", "", cls="cs-fill", style=f"width: {share:.0%}"),
            cls=f"cs-bar{' cs-full' * (share >= 1)}",
        ),
        tag("div", free, cls="cs-soft cs-small"),
        cls="cs-use",
    )
