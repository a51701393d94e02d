"""The left side of the review: what waits, what needs somebody first, and why."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import desk
from app.core.lifecycle import State
from app.desk import QueueItem
from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.parts import badge, card_button, heading, show
from app.ui.session import Seat, memory, open_draft
from app.ui.words import age, name_of, stretch, worded


def show_queue(seat: Seat, items: Sequence[QueueItem], *, chosen: str | None) -> None:
    """The queue as cards, those that the reader is asked about first; at its end, what ran out of time."""
    mine = [item for item in items if needs_me(seat, item)]
    others = [item for item in items if not needs_me(seat, item)]
    with st.container(key="queue", gap="small"):
        if not items:
            show(tag("div", "Nothing waits for you.", cls="cs-empty"))
        for title, group in (("Waits for you", mine), ("Waits for others, or for a better text", others)):
            if group:
                show(heading(f"{title} · {len(group)}"))
            for item in group:
                _show_item(seat, item, chosen=chosen)
        _show_lapsed(seat, chosen=chosen)


def needs_me(seat: Seat, item: QueueItem) -> bool:
    """Whether the reader is asked to decide about the draft, or to answer a question about it."""
    return item.mine or desk.awaits_answer(seat.person, item.standing)


def in_order(seat: Seat, items: Sequence[QueueItem]) -> list[QueueItem]:
    """The items as the queue shows them."""
    return sorted(items, key=lambda item: not needs_me(seat, item))


def _show_lapsed(seat: Seat, *, chosen: str | None) -> None:
    with seat.services.store.read() as reader:
        lapsed = desk.lapsed(reader, person=seat.person, people=seat.people)
    if not lapsed:
        return
    show(heading(f"Ran out of time · {len(lapsed)}"))
    for standing in lapsed:
        row = standing.row
        card = tag(
            "div",
            tag("div", visible(row.subject or "(no subject)"), cls="cs-card-title", dir="auto"),
            tag("div", f"lapsed {age(row.updated_at, seat.now)}, not sent", cls="cs-soft cs-small"),
            cls="cs-card",
        )
        card_button(
            f"open-{row.id}",
            card,
            label="Open this draft",
            on_click=open_draft,
            args=(row.id,),
            chosen=row.id == chosen,
        )


def _show_item(seat: Seat, item: QueueItem, *, chosen: str | None) -> None:
    draft_id = item.standing.row.id
    card_button(
        f"open-{draft_id}",
        _card(seat, item),
        label="Open this draft",
        on_click=open_draft,
        args=(draft_id,),
        chosen=draft_id == chosen,
    )


def _card(seat: Seat, item: QueueItem) -> Html:
    row, draft = item.standing.row, item.standing.draft
    tier = item.standing.assessment.risk.tier.value
    more = f" +{len(draft.recipients) - 1}" if len(draft.recipients) > 1 else ""
    return tag(
        "div",
        tag("div", visible(row.subject or "(no subject)"), cls="cs-card-title", dir="auto"),
        tag("div", visible(draft.recipients[0]), more, cls="cs-soft cs-clip"),
        tag("div", badge(tier), _clock(seat, item), cls="cs-row"),
        tag("div", f"{item.first_because} · for {name_of(row.on_behalf_of, seat.people)}", cls="cs-soft cs-small"),
        cls="cs-card",
    )


def _clock(seat: Seat, item: QueueItem) -> Html:
    row, request = item.standing.row, item.standing.pending
    if row.state is not State.IN_REVIEW or request is None:
        return badge(worded(row.state.value), row.state.value)
    if request.paused:
        return badge("asks you" if desk.awaits_answer(seat.person, item.standing) else "a question is open", "asks")
    left = request.expires_at - seat.now
    soon = left.total_seconds() < 3600
    return tag("span", f"expires in {stretch(left)}", cls="cs-urgent" if soon else "cs-soft")


def show_steps(items: Sequence[QueueItem], *, chosen: str | None) -> None:
    """The buttons that walk through the queue. A draft that has left the queue is left in its old place."""
    ids = [item.standing.row.id for item in items]
    before, after = neighbours(ids, chosen, place=memory().place)
    if chosen in ids:
        memory().place = ids.index(chosen)
    for label, shortcut, target in (("Previous", "K", before), ("Next", "J", after)):
        st.button(
            label,
            key=f"step-{label.lower()}",
            shortcut=shortcut,
            disabled=target is None,
            on_click=open_draft,
            args=(target,),
        )


def neighbours(ids: Sequence[str], chosen: str | None, *, place: int) -> tuple[str | None, str | None]:
    """The drafts before and after the chosen one; `place` is where it stood, should it be gone from the queue."""
    at = ids.index(chosen) if chosen in ids else None
    before = (at if at is not None else min(place, len(ids))) - 1
    after = at + 1 if at is not None else place
    return (
        ids[before] if 0 <= before < len(ids) else None,
        ids[after] if after < len(ids) else (ids[-1] if at is None and ids else None),
    )
