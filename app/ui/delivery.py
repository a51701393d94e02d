"""The delivery: what is stuck and needs a person who looks, and what the gate finds out by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from app import desk
from app.audit.chain import ChainedEvent
from app.core.drafts import Draft
from app.core.lifecycle import EDITABLE, STUCK, State
from app.permissions import may_stop
from app.standing import Standing, read_standing
from app.store.rows import DraftRow
from app.store.store import Reader
from app.ui.delivery_acts import Word, opened_word, settle, word_name
from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.parts import badge, heading, show, show_soft
from app.ui.session import Seat, ask_twice, visit
from app.ui.words import age, day_and_time, name_of

_SHOWN = 25
_MOST_NAMED = 3
_REMINDED = "send.reminded"
_BADGES = {State.NEEDS_PERSON: ("may have left", "needs_person"), State.FAILED: ("not sent", "blocked")}
_LOOKS = {
    State.NEEDS_PERSON: "Nobody knows whether it left. Look among the sent mail of {sender}.",
    State.FAILED: "It has certainly not left, and is not tried again by itself.",
}
_WHAT_HAPPENS = {
    Word.LEFT: "it counts as sent, and what it promises stands in the ledger.",
    Word.AGAIN: "it is judged again on today's facts, and leaves at once if it still may.",
}
_TWICE = " Had it left before, it would arrive twice."


@dataclass(frozen=True, kw_only=True, slots=True)
class _Stuck:
    """A draft that is stuck, and what the trail says about it."""

    standing: Standing
    since: datetime
    reason: str


def show_delivery(seat: Seat) -> None:
    """What waits for a person first; then what needs nobody."""
    with seat.services.store.read() as reader:
        waiting = desk.stuck(reader, person=seat.person, people=seat.people)
        doubted = desk.in_doubt(reader, person=seat.person, people=seat.people, now=seat.now)
        stuck = _read_stuck(reader, waiting[:_SHOWN])
        drafts = {row.id: draft for row, draft, _ in reader.drafts.whole_of([row.id for row in doubted[:_SHOWN]])}
    if not waiting and not doubted:
        show(tag("div", "No mail that is yours to settle is stuck or in doubt.", cls="cs-empty"))
        return
    with st.container(key="delivery", gap="small"):
        if waiting:
            show(heading(f"Needs you · {len(waiting)}"))
        for each in stuck:
            _show_stuck(seat, each)
        show_soft([f"{len(waiting) - _SHOWN} more stand behind these."] if len(waiting) > _SHOWN else [])
        if doubted:
            _show_doubted(seat, doubted, drafts)


def _read_stuck(reader: Reader, rows: Sequence[DraftRow]) -> list[_Stuck]:
    trails = reader.audit.of_drafts([row.id for row in rows])
    standings = [read_standing(reader, row.id) for row in rows]
    # Somebody may have settled one since its row was read.
    return [_stuck(standing, trails[standing.row.id]) for standing in standings if standing.row.state in STUCK]


def _stuck(standing: Standing, trail: Sequence[ChainedEvent]) -> _Stuck:
    came = next((e for e in reversed(trail) if e.kind.startswith("send.") and e.kind != _REMINDED), None)
    if came is None:
        return _Stuck(standing=standing, since=standing.row.updated_at, reason="")
    return _Stuck(standing=standing, since=datetime.fromisoformat(came.at), reason=str(came.facts.get("reason", "")))


# ── what needs a person ───────────────────────────────────────────────────────────────────────────────────────


def _show_stuck(seat: Seat, stuck: _Stuck) -> None:
    row = stuck.standing.row
    with st.container(key=f"stuck-{row.id}", gap="small"):
        show(_what_is_stuck(seat, stuck))
        word = opened_word(row)
        if word is None:
            _show_buttons(seat, stuck.standing)
        else:
            _show_word(seat, row, word)


def _what_is_stuck(seat: Seat, stuck: _Stuck) -> Html:
    row = stuck.standing.row
    sender = name_of(row.on_behalf_of, seat.people)
    since = f"since {day_and_time(stuck.since, seat.person)}, {age(stuck.since, seat.now)}"
    about = f"to {_recipients(stuck.standing.draft)} · for {sender} · {since}"
    reason = f" The reason: {stuck.reason}" if stuck.reason else ""
    return tag(
        "div",
        tag("div", badge(*_BADGES[row.state]), " ", tag("strong", visible(_subject(row)), dir="auto")),
        tag("div", visible(about), cls="cs-soft cs-small"),
        tag("div", visible(_LOOKS[row.state].format(sender=sender) + reason)),
        cls="cs-rule",
    )


def _show_buttons(seat: Seat, standing: Standing) -> None:
    row = standing.row
    mends = row.state in EDITABLE and may_stop(seat.person, standing)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for word in _words_for(row):
            name = word_name(row, word)
            st.button(f"{word} …", key=f"say-{name}", on_click=ask_twice, args=(name,))
        label = "Edit or reject it" if mends else "Read it"
        st.button(label, key=f"visit-{row.id}", type="tertiary", on_click=visit, args=(row.id,))
    lines = (tag("div", f"{word}: {_what_happens(row, word)}") for word in _words_for(row))
    show(tag("div", *lines, cls="cs-soft cs-small"))


def _words_for(row: DraftRow) -> tuple[Word, ...]:
    return (Word.LEFT, Word.AGAIN) if row.state is State.NEEDS_PERSON else (Word.AGAIN,)


def _show_word(seat: Seat, row: DraftRow, word: Word) -> None:
    """The reason for what is about to be said, what happens then, and the button that says it."""
    box = f"settled-{word.name}-{row.id}"
    st.text_input(_question(row, word), key=box)
    with st.container(horizontal=True, gap="small"):
        args = (seat, row, word, box)
        st.button(word.value, key=f"settle-{word_name(row, word)}", type="primary", on_click=settle, args=args)
        st.button("Never mind", key=f"settle-not-{row.id}", on_click=ask_twice, args=(None,))
    show_soft([f"{word}: {_what_happens(row, word)}"])


def _question(row: DraftRow, word: Word) -> str:
    if row.state is State.FAILED:
        return "How do you know that it can leave now? The trail keeps it."
    what = "that it left" if word is Word.LEFT else "that it never left"
    return f"How do you know {what}? The trail keeps it."


def _what_happens(row: DraftRow, word: Word) -> str:
    may_arrive_twice = word is Word.AGAIN and row.state is State.NEEDS_PERSON
    return _WHAT_HAPPENS[word] + (_TWICE if may_arrive_twice else "")


# ── what the gate finds out ───────────────────────────────────────────────────────────────────────────────────


def _show_doubted(seat: Seat, rows: Sequence[DraftRow], drafts: Mapping[str, Draft]) -> None:
    show(heading(f"The gate finds out by itself · {len(rows)}"))
    show_soft(["Nothing to do. None of these is sent again unless it is certain that it never left."])
    for row in rows[:_SHOWN]:
        draft = drafts.get(row.id)
        about = f"to {_recipients(draft)} · " if draft else ""
        line = tag("div", visible(about + _next_asked(seat, row)), cls="cs-soft cs-small")
        show(tag("div", tag("div", visible(_subject(row)), dir="auto"), line, cls="cs-rule"))
    show_soft([f"{len(rows) - _SHOWN} more are asked about after these."] if len(rows) > _SHOWN else [])


def _next_asked(seat: Seat, row: DraftRow) -> str:
    due = row.due_at or seat.now
    if due <= seat.now:
        return f"the mailbox is to be asked since {_time(due, seat)}"
    if row.state is State.RECONCILING:
        return "the mailbox is being asked now"
    return f"the mailbox is asked next at {_time(due, seat)}"


def _time(moment: datetime, seat: Seat) -> str:
    """`14:05` on the reader's own clock; with the day where that is not today."""
    zone = ZoneInfo(seat.person.timezone)
    local = moment.astimezone(zone)
    today = local.date() == seat.now.astimezone(zone).date()
    return f"{local:%H:%M}" if today else day_and_time(moment, seat.person)


def _recipients(draft: Draft) -> str:
    everybody = draft.recipients
    more = len(everybody) - _MOST_NAMED
    return ", ".join(everybody[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _subject(row: DraftRow) -> str:
    return row.subject or "(no subject)"
