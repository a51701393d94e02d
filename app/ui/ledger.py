"""The ledger: what was promised to whom, what is overdue, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.core.commitments import COMMITMENT_MOVES, CommitmentState, LedgerEntry
from app.core.errors import NotPermitted
from app.ledger.service import as_csv
from app.monitoring.due import due_standing
from app.permissions import require_ledger_keeper
from app.ui.acts import settle_commitment
from app.ui.highlight import visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import badge, card_button, fact, heading, show
from app.ui.session import Seat, memory, visit
from app.ui.words import age, day_and_time, name_of, stretch, worded

EVERYBODY = "everybody"
ATTENTION, OPEN, SETTLED, ALL = "Overdue and due soon", "Open", "Settled", "All"
_SHOWN = 50
_RANK = {"overdue": 0, "due_soon": 1, "open": 2}
_SETTLING = (
    CommitmentState.KEPT,
    CommitmentState.BROKEN,
    CommitmentState.RENEGOTIATED,
    CommitmentState.WITHDRAWN,
)


def show_ledger(seat: Seat) -> None:
    """Alerts, filters, the promises, and the chosen one with what can be said of it."""
    with seat.services.store.read() as reader:
        entries = reader.ledger.entries()
        open_ids = {entry.id for entry in entries if entry.state is CommitmentState.OPEN}
        alerts = [alert.message for alert in reader.ledger.alerts() if alert.commitment_id in open_ids]
    _show_alerts(alerts)
    found = _filtered(seat, entries)
    left, right = st.columns([0.68, 0.32], gap="medium")
    with left, st.container(key="promises", gap="small"):
        _show_promises(seat, found)
    with right, st.container(key="promise"):
        _show_chosen(seat, entries)


def _show_alerts(alerts: Sequence[str]) -> None:
    if not alerts:
        return
    lines = [tag("div", visible(message)) for message in alerts[:4]]
    more = [tag("div", f"and {len(alerts) - 4} more below", cls="cs-soft")] if len(alerts) > 4 else []
    show(tag("div", *lines, *more, cls="cs-alerts"))


def _filtered(seat: Seat, entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    owing = sorted({entry.person for entry in entries}, key=lambda each: name_of(each, seat.people))
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="ledger-filters"):
        standing = st.segmented_control(
            "Standing", [OPEN, ATTENTION, SETTLED, ALL], default=OPEN, key="ledger-standing", required=True
        )
        person = st.selectbox(
            "Who owes it",
            [EVERYBODY, *owing],
            format_func=lambda each: "Everybody" if each == EVERYBODY else name_of(each, seat.people),
            key="ledger-person",
            width=240,
        )
        found = select(seat, entries, standing=standing or OPEN, person=person)
        csv = as_csv(found, now=seat.now)
        st.download_button("Download as CSV", csv, file_name="ledger.csv", mime="text/csv", on_click="ignore")
    return found


def select(seat: Seat, entries: Sequence[LedgerEntry], *, standing: str, person: str) -> list[LedgerEntry]:
    """The entries that the filters let through, overdue ones first, then by due moment."""
    wanted = {ATTENTION: {"overdue", "due_soon"}, OPEN: {"overdue", "due_soon", "open"}}.get(standing)
    found = []
    for entry in entries:
        now_is = due_standing(entry, seat.now)
        fits = standing == ALL or (now_is in wanted if wanted else now_is not in _RANK)
        if fits and person in (EVERYBODY, entry.person):
            found.append((_RANK.get(now_is, 3), entry))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _show_promises(seat: Seat, entries: Sequence[LedgerEntry]) -> None:
    if not entries:
        show(tag("div", "No promise fits these filters.", cls="cs-empty"))
        return
    limit = st.session_state.get("ledger-shown", _SHOWN)
    for entry in entries[:limit]:
        card_button(
            f"promise-{entry.id}",
            _card(seat, entry),
            label="Open this promise",
            on_click=_choose,
            args=(entry.id,),
            chosen=memory().commitment == entry.id,
        )
    if len(entries) > limit:
        st.button("Show more", key="ledger-more", on_click=_show_more, args=(limit,))


def _choose(commitment_id: str) -> None:
    memory().commitment = commitment_id


def _show_more(limit: int) -> None:
    st.session_state["ledger-shown"] = limit + _SHOWN


def _card(seat: Seat, entry: LedgerEntry) -> Html:
    standing = due_standing(entry, seat.now)
    due = f"{entry.due_day:%a %d %b}" if entry.due_day else "no day"
    owing = f"{name_of(entry.person, seat.people)} → {entry.recipient}"
    about = f" · {entry.deal_id}" if entry.deal_id else ""
    return tag(
        "div",
        tag("div", tag("div", due, cls="cs-due"), badge(worded(standing), standing), cls="cs-when"),
        tag(
            "div",
            tag("div", visible(entry.text), dir="auto"),
            tag("div", visible(owing + about), cls="cs-soft cs-small"),
        ),
        cls="cs-card cs-promise-row",
    )


def _show_chosen(seat: Seat, entries: Sequence[LedgerEntry]) -> None:
    entry = next((each for each in entries if each.id == memory().commitment), None)
    if entry is None:
        show(tag("div", "Choose a promise to see where it came from, and to say what became of it.", cls="cs-empty"))
        return
    show(_details(seat, entry))
    if entry.draft_id is not None:
        st.button("Open the mail that made it", key="open-made-by", on_click=visit, args=(entry.draft_id,))
    _show_settling(seat, entry)


def _details(seat: Seat, entry: LedgerEntry) -> Html:
    facts = [
        ("Owed by", name_of(entry.person, seat.people)),
        ("To", entry.recipient),
        ("Deal", entry.deal_id or "none"),
        ("Kind", f"{entry.strength.value} {worded(entry.kind.value)}"),
        ("Due", _due_words(seat, entry)),
        ("Made", f"{day_and_time(entry.made_at, seat.person)} ({age(entry.made_at, seat.now)})"),
    ]
    text = tag("div", "“", visible(entry.text), "”", cls="cs-subject", dir="auto")
    lines = [
        tag("div", tag("span", name, cls="cs-name"), tag("span", visible(value)), cls="cs-fact")
        for name, value in facts
    ]
    return joined(text, *lines, fact("Standing", worded(due_standing(entry, seat.now))))


def _due_words(seat: Seat, entry: LedgerEntry) -> str:
    if entry.due_at is None:
        return "no day was named"
    late = entry.due_at < seat.now
    distance = f"{stretch(seat.now - entry.due_at)} ago" if late else f"in {stretch(entry.due_at - seat.now)}"
    return f"{day_and_time(entry.due_at, seat.person)} ({distance})"


def _show_settling(seat: Seat, entry: LedgerEntry) -> None:
    show(heading("What became of it?"))
    try:
        require_ledger_keeper(seat.person, entry)
    except NotPermitted:
        who = name_of(entry.person, seat.people)
        show(tag("div", f"{who}, managers and administrators may say.", cls="cs-soft cs-small"))
        return
    moves = [state for state in _SETTLING if state in COMMITMENT_MOVES[entry.state]]
    if not moves:
        show(tag("div", f"It is {entry.state.value}; that is final.", cls="cs-soft cs-small"))
        return
    key = f"settle-reason-{entry.id}"
    st.text_input("Reason (for anything but kept)", key=key)
    with st.container(horizontal=True, gap="small"):
        for state in moves:
            name = f"settle-{state.value}-{entry.id}"
            st.button(state.value.capitalize(), key=name, on_click=_settle, args=(seat, entry.id, state, key))


def _settle(seat: Seat, commitment_id: str, state: CommitmentState, reason_key: str) -> None:
    settle_commitment(seat, commitment_id, state, str(st.session_state.get(reason_key, "")))
