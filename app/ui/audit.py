"""The trail: what happened, newest first, and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from app.audit.chain import ChainedEvent
from app.audit.service import trail_for, verify_store
from app.core.errors import AuditBroken, InvalidInput, NotFound, NotPermitted
from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.parts import card_button, show, show_notice
from app.ui.session import Notice, Seat, memory, visit
from app.ui.words import actor_words, day_and_time

_SHOWN = 40
_TOLD = (
    "rule",
    "route",
    "tier",
    "reasons",
    "reason",
    "text",
    "granted_by",
    "provider_id",
    "commitment",
    "policy_version",
)


def show_audit(seat: Seat) -> None:
    """Verification, a filter, and the newest events."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        draft_id = st.text_input("Only this draft", key="audit-draft", placeholder="dr_…", width=280).strip()
        st.button("Verify the trail", key="audit-verify", on_click=_verify, args=(seat,))
    show_notice(memory().verified)
    try:
        events, more = _read(seat, draft_id)
    except NotPermitted:
        show(tag("div", "Name a draft of yours: only managers and up may read the whole trail.", cls="cs-empty"))
        return
    if not events:
        show(tag("div", "No events for this draft." if draft_id else "Nothing has happened yet.", cls="cs-empty"))
    with st.container(key="events", gap=None):
        for event in events:
            _show_event(seat, event)
    if more:
        st.button("Show more", key="audit-more", on_click=_show_more)


def _limit() -> int:
    return int(st.session_state.get("audit-shown", _SHOWN))


def _show_more() -> None:
    st.session_state["audit-shown"] = _limit() + _SHOWN


def _read(seat: Seat, draft_id: str) -> tuple[Sequence[ChainedEvent], bool]:
    limit = _limit()
    with seat.services.store.read() as reader:
        try:
            found = trail_for(reader, person=seat.person, people=seat.people, draft=draft_id or None, limit=limit + 1)
        except (NotFound, InvalidInput):
            found = ()
    events = found[::-1]
    return events[:limit], len(events) > limit


def _verify(seat: Seat) -> None:
    with seat.services.store.snapshot() as reader:
        try:
            verified = verify_store(reader, person=seat.person)
        except NotPermitted as error:
            memory().verified = Notice(look="bad", text=f"That was not done: {error}.")
            return
        except AuditBroken as error:
            memory().verified = Notice(look="bad", text=f"The trail is not whole: {error}.")
            return
    head = verified.head
    memory().verified = Notice(
        look="good",
        text=f"Whole: {head.seq} events follow one another without a gap or a change, and {verified.drafts} drafts"
        f" stand where it says. Its head is event {head.seq}, {head.hash}. Note the head somewhere else: it proves"
        " later that nothing before it was changed.",
    )


def _show_event(seat: Seat, event: ChainedEvent) -> None:
    card = _card(seat, event)
    if event.draft_id is None:
        show(card)
        return
    card_button(f"event-{event.seq}", card, label="Open the draft", on_click=visit, args=(event.draft_id,))


def _card(seat: Seat, event: ChainedEvent) -> Html:
    told = [f"{name}: {_plain(event.facts[name])}" for name in _TOLD if event.facts.get(name)]
    when = day_and_time(datetime.fromisoformat(event.at), seat.person)
    return tag(
        "div",
        tag("span", str(event.seq), cls="cs-soft cs-seq"),
        tag("span", when, cls="cs-soft cs-at"),
        tag("span", tag("strong", event.kind), " ", actor_words(event.actor, seat.people), cls="cs-kind"),
        tag("span", visible(" · ".join(told)), cls="cs-soft cs-clip"),
        tag("span", event.draft_id or "", cls="cs-soft cs-id"),
        cls="cs-card cs-event",
        title=event.hash,
    )


def _plain(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)
