"""What agents have earned, with the figures that say so, and the signature under it."""

from __future__ import annotations

import streamlit as st

from app.autonomy.promotions import Earning, Status, overview
from app.core.autonomy import Outcome, Subject, shown
from app.permissions import Operation, may
from app.policy.model import Policy
from app.ui.agent_acts import sign, withdraw
from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.parts import badge, show, show_soft
from app.ui.session import Seat, ask_twice, memory, typed_in
from app.ui.words import worded

_COUNTED = (
    (Outcome.UNCHANGED, "unchanged"),
    (Outcome.LIGHT_EDIT, "light edit"),
    (Outcome.HEAVY_EDIT, "heavy edit"),
    (Outcome.REJECTED, "rejected"),
    (Outcome.INCIDENT, "incident"),
    (Outcome.UNATTENDED, "unattended"),
)
_RANK = (Status.PROPOSED, Status.SUSPENDED, Status.SIGNED, Status.EARNING)


def show_autonomy(seat: Seat) -> None:
    """A line for each agent, kind of mail and tier; what needs a signature comes first."""
    with seat.services.store.read() as reader:
        policy = seat.services.gate.policy.read(reader)
        earnings = sorted(overview(reader, policy), key=lambda each: _RANK.index(each.status))
    show_soft([_what_it_takes(policy)])
    if not earnings:
        show(tag("div", "No draft of any agent has come to its end yet.", cls="cs-empty"))
    for number, earning in enumerate(earnings):
        with st.container(key=f"earning-{number}", gap="small"):
            _show_earning(seat, policy, earning)


def _what_it_takes(policy: Policy) -> str:
    asked = policy.autonomy
    if asked is None:
        return "The policy in force grants no autonomy; these are the figures all the same."
    tiers = " and ".join(tier.value for tier in asked.tiers)
    return (
        f"It takes {asked.minimum} drafts that people decided about, and a share approved unchanged that is at least"
        f" {shown(asked.level)} with 95 % confidence (“bound”), at {tiers} risk. Then a person signs."
    )


def _show_earning(seat: Seat, policy: Policy, earning: Earning) -> None:
    name = f"earned-{earning.subject}"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        show(_line(policy, earning))
        if may(seat.person, Operation.AUTONOMY_SIGN) and memory().asked_twice != name:
            if earning.status is Status.PROPOSED:
                st.button("Sign …", key=f"sign-{earning.subject}", on_click=ask_twice, args=(name,))
            elif earning.promotion is not None:
                st.button("Withdraw …", key=f"withdraw-{earning.subject}", on_click=ask_twice, args=(name,))
    if memory().asked_twice == name:
        _show_confirming(seat, earning)


def _line(policy: Policy, earning: Earning) -> Html:
    subject, figures = earning.subject, earning.figures
    counts = " · ".join(f"{figures[outcome]} {words}" for outcome, words in _COUNTED if figures[outcome])
    level = policy.autonomy.level if policy.autonomy else None
    beside = f" of {shown(level)}" if level is not None else ""
    return tag(
        "div",
        tag(
            "div",
            tag("strong", visible(subject.agent)),
            f" · {worded(subject.action)} · {subject.tier.value} risk ",
            badge(earning.status.value, earning.status.value),
        ),
        tag("div", f"bound {shown(figures.bound)}{beside}", cls="cs-figure"),
        tag("div", counts or "no figures yet"),
        tag("div", visible(earning.why), cls="cs-soft cs-small"),
        cls="cs-earning",
    )


def _show_confirming(seat: Seat, earning: Earning) -> None:
    subject, signing = earning.subject, earning.promotion is None
    if signing:
        words = (
            f"From then on, {subject} leaves without being read first, where every rule allows it. You answer for it."
        )
    else:
        words = f"From then on, people read {subject} again, and the agent starts anew."
    show(tag("div", visible(words), cls="cs-notice cs-notice-plain"))
    label = "A word for the trail" if signing else "Why? The trail keeps it."
    st.text_input(label, key=f"earned-reason-{subject}")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Sign it" if signing else "Withdraw it",
            key="earned-now",
            type="primary",
            on_click=_say,
            args=(seat, subject, signing),
        )
        st.button("Not now", key="earned-not", on_click=ask_twice, args=(None,))


def _say(seat: Seat, subject: Subject, signing: bool) -> None:
    (sign if signing else withdraw)(seat, subject, typed_in(f"earned-reason-{subject}"))
