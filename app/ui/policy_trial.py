"""What a policy would have changed: the drafts of the past days, as they went and as they would go."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from app.core.routes import Route
from app.policy.records import READ, SENT
from app.policy.replay import Change, Precision, Simulation
from app.ui.markup import Html, tag
from app.ui.parts import badge, card_button, show, show_soft
from app.ui.policy_acts import try_out
from app.ui.session import Seat, memory, visit
from app.ui.words import worded

_MOST = 8


def show_trial(seat: Seat, text: str, *, name: str, note: str = "", counting: str | None = None) -> None:
    """The button that tries the policy, and what it found. `name` tells this place from others on the page.

    `counting`: a rule of it that is on trial, and is tried as if it counted.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        days = int(st.number_input("Past days", 1, 400, 30, key=f"try-days-{name}", width=120))
        st.button("Show what it would change", key=f"try-{name}", on_click=try_out, args=(seat, text, days, counting))
    trial = memory().trial
    if trial is None or trial.text != text:
        show_soft(["Nothing is stored or sent: drafts of the past are routed by these rules, and compared."])
        return
    _show_found(trial.found, trial.days, note)


def _show_found(found: Simulation, days: int, note: str) -> None:
    moved = len(found.changes)
    if not found.replayed:
        show(tag("div", f"No drafts of the last {days} days can be tried on.", cls="cs-empty"))
    else:
        drafts = "1 draft" if found.replayed == 1 else f"{found.replayed} drafts"
        opening = f"{moved} of {drafts} of the last {days} days would go another way. {note}".strip()
        show(tag("div", opening, cls="cs-progress"))
        for (before, after), count in sorted(found.routes.items()):
            if before is not after:
                show(tag("div", f"{count} × ", _way(before), " → ", _way(after), cls="cs-row"))
        show_soft(_precision(found))
        for change in found.changes[:_MOST]:
            card_button(
                f"changed-{change.draft_id}",
                _card(change),
                label="Open this draft",
                on_click=visit,
                args=(change.draft_id,),
            )
        show_soft([f"and {moved - _MOST} more"] if moved > _MOST else [])
    show_soft(_left_out(found))


def _way(route: Route) -> Html:
    return badge(worded(route.value), route.value)


def _card(change: Change) -> Html:
    name = change.client_id or change.draft_id
    return tag(
        "div",
        tag("div", tag("strong", name), " ", _way(change.before.route), " → ", _way(change.after.route)),
        tag(
            "div",
            f"then by {change.before.rule}, now by {change.after.rule}; {worded(change.outcome.value)}",
            cls="cs-soft cs-small",
        ),
        cls="cs-card",
    )


def _precision(found: Simulation) -> Iterator[str]:
    read, sent = found.precision(*READ), found.precision(*SENT)
    yield from _share(read, read.objected, read.of_review, "Of what people would read", "a person was needed")
    yield from _share(sent, sent.agreed, sent.of_sending, "Of what would leave by itself", "people had agreed to it")


def _share(of: Precision, count: int, share: float | None, what: str, how: str) -> Iterator[str]:
    if share is not None:
        yield f"{what} and people decided about, {how} in {count} of {of.agreed + of.objected} ({share:.0%})."


def _left_out(found: Simulation) -> Iterator[str]:
    for reason, count in found.left_out.items():
        yield f"{count} left out: {reason}."
    if found.other_rule:
        yield f"{found.other_rule} would go the same way by another rule."
