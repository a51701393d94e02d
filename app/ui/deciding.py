"""What an approval or a rejection has to say with it: a reason, and a code where the rule wants a fresh proof."""

from __future__ import annotations

import streamlit as st

from app.approvals.exceptions import needs_reason
from app.standing import Standing
from app.ui.acts import approve, reject
from app.ui.markup import tag
from app.ui.parts import show
from app.ui.session import Seat, leave_it, typed_in
from app.ui.words import day_and_time


def reason_for(seat: Seat, standing: Standing) -> str | None:
    """Why an approval by the reader needs a reason; None where it needs none."""
    request = standing.pending
    return needs_reason(standing.assessment, request, seat.person.id) if request else None


def wants_code(standing: Standing) -> bool:
    """Whether the rule wants approvers to prove afresh who they are."""
    return standing.pending is not None and standing.pending.requirement.step_up


def demand_words(seat: Seat, standing: Standing) -> str:
    """What pressing Approve asks for first; empty where it asks for nothing."""
    wanted = [
        *(["a reason"] if reason_for(seat, standing) else []),
        *(["a code of your authenticator app"] if wants_code(standing) else []),
    ]
    return f"It asks for {' and '.join(wanted)} first." if wanted else ""


def show_approving(seat: Seat, standing: Standing, *, then: str) -> None:
    """The boxes that this approval needs, and the button that gives it. `then`: what happens after it."""
    ready = True
    if (why := reason_for(seat, standing)) is not None:
        st.text_input(f"Why may it leave? A reason is needed: {why}.", key=_key("reason", standing))
    if wants_code(standing):
        refusal = _why_no_code(seat)
        ready = refusal is None
        if refusal is not None:
            show(tag("div", refusal, cls="cs-notice cs-notice-bad"))
        else:
            label = "Code of your authenticator app: the rule wants a fresh proof that it is you."
            st.text_input(label, key=_key("code", standing), max_chars=9, width=320, autocomplete="one-time-code")
    with st.container(horizontal=True, gap="small"):
        words = "Approve for this reason" if reason_for(seat, standing) else "Approve with this code"
        name = _key("approve-now", standing)
        st.button(words, key=name, type="primary", disabled=not ready, on_click=_approve, args=(seat, standing))
        st.button("Leave it waiting", key="never-mind", on_click=leave_it)
    show(tag("div", then, cls="cs-soft cs-small"))


def _why_no_code(seat: Seat) -> str | None:
    """Why the reader can give no code now, and what to do; None where they can."""
    with seat.services.store.read() as reader:
        factor = reader.identity.factor(seat.person.id)
    if factor.secret is None:
        return (
            "This rule wants a fresh code, and you have no authenticator app yet. Enrol one in a terminal: "
            f"countersign people totp --as {seat.person.id}"
        )
    if factor.locked_until is not None and seat.now < factor.locked_until:
        until = day_and_time(factor.locked_until, seat.person)
        return f"Too many wrong codes: your authenticator is locked until {until}."
    return None


def _approve(seat: Seat, standing: Standing) -> None:
    reason, code = (typed_in(_key(name, standing)) for name in ("reason", "code"))
    if wants_code(standing):
        st.session_state[_key("code", standing)] = ""  # a code is worth one try
    approve(seat, standing, reason, code)


def show_rejecting(seat: Seat, standing: Standing) -> None:
    """The reason for a rejection, and the button that gives it."""
    st.text_input("Why is it rejected? The agent and the trail keep the reason.", key=_key("reason", standing))
    with st.container(horizontal=True, gap="small"):
        st.button("Reject for good", key="reject-now", type="primary", on_click=_reject, args=(seat, standing))
        st.button("Leave it waiting", key="never-mind", on_click=leave_it)


def _reject(seat: Seat, standing: Standing) -> None:
    reject(seat, standing, typed_in(_key("reason", standing)))


def _key(name: str, standing: Standing) -> str:
    return f"{name}-{standing.row.id}-{standing.row.digest}"
