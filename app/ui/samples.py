"""Mail that left unattended and was drawn for a look, and the incidents that people have recorded."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.audit.chain import ChainedEvent
from app.audit.service import trail_for
from app.autonomy import samples
from app.core.autonomy import Look, Sample
from app.core.errors import NotPermitted
from app.standing import Standing, read_standing
from app.ui.agent_acts import look
from app.ui.draft import show_draft
from app.ui.highlight import visible
from app.ui.markup import Html, tag
from app.ui.parts import card_button, heading, show, show_soft
from app.ui.session import Seat, ask_twice, memory, typed_in, visit
from app.ui.words import actor_words, age, name_of

_SHOWN = 25
_EVENTS = 2000
"""How far back in the trail incidents are looked for."""


def show_samples(seat: Seat) -> None:
    """What waits for a look, and the incidents, on the left; the mail that is looked at on the right."""
    waiting = waiting_samples(seat)
    with seat.services.store.read() as reader:
        drawn = [(sample, read_standing(reader, sample.draft_id, with_approvals=False)) for sample in waiting]
        looked = samples.listed(reader, person=seat.person, looked_at=True, limit=_SHOWN)
    chosen = next((each for each in drawn if each[0].draft_id == memory().sample), drawn[0] if drawn else None)
    left, right = st.columns([0.4, 0.6], gap="large")
    with left:
        show(heading(f"To look at · {len(drawn)}" if drawn else "No sample waits for a look"))
        for sample, standing in drawn:
            _show_card(seat, sample, standing, chosen=chosen is not None and sample is chosen[0])
        fine = sum(sample.look is Look.FINE for sample in looked)
        show_soft([f"Of the latest {len(looked)} that somebody looked at, {fine} were fine."] if looked else [])
        _show_incidents(seat)
    with right:
        if chosen is None:
            words = "Of the mail that a rule lets through, the policy's `sampling` draws a share for a look."
            show(tag("div", words, cls="cs-empty"))
        else:
            _show_look(seat, *chosen)


def _show_card(seat: Seat, sample: Sample, standing: Standing, *, chosen: bool) -> None:
    row = standing.row
    by = f"{row.agent} for {name_of(row.on_behalf_of, seat.people)}, drawn {age(sample.drawn_at, seat.now)}"
    card = tag(
        "div",
        tag("div", visible(row.subject or "(no subject)"), cls="cs-card-title", dir="auto"),
        tag("div", visible(by), cls="cs-soft cs-small"),
        cls="cs-card",
    )
    card_button(f"read-{row.id}", card, label="Read this mail", on_click=_choose, args=(row.id,), chosen=chosen)


def _choose(draft_id: str) -> None:
    memory().sample, memory().asked_twice = draft_id, None


def _show_look(seat: Seat, sample: Sample, standing: Standing) -> None:
    """The mail as its reader got it, and the two things that can be said about it."""
    draft_id = sample.draft_id
    name = f"sample-{draft_id}"
    if memory().asked_twice == name:
        st.text_input("What went wrong? The trail keeps it.", key=f"looked-reason-{draft_id}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Record the incident",
                key=f"looked-bad-{draft_id}",
                type="primary",
                on_click=_record,
                args=(seat, draft_id),
            )
            st.button("Never mind", key=f"looked-not-{draft_id}", on_click=ask_twice, args=(None,))
    else:
        with st.container(horizontal=True, gap="small"):
            fine = (seat, draft_id, Look.FINE, "")
            st.button("It was fine", key=f"looked-fine-{draft_id}", on_click=look, args=fine)
            st.button("It should not have left …", key=f"looked-{draft_id}", on_click=ask_twice, args=(name,))
    ruling = standing.assessment.ruling
    show_soft(
        [f"It left by itself, by the rule {ruling.rule} of policy version {ruling.policy_version}: {ruling.why}"]
    )
    show_draft(standing, None)


def _record(seat: Seat, draft_id: str) -> None:
    look(seat, draft_id, Look.INCIDENT, typed_in(f"looked-reason-{draft_id}"))


def _show_incidents(seat: Seat) -> None:
    try:
        with seat.services.store.read() as reader:
            found = trail_for(reader, person=seat.person, people=seat.people, limit=_EVENTS)
    except NotPermitted:
        show(heading("Incidents"))
        show_soft(["Managers, owners and administrators see those of the whole house."])
        return
    incidents = [event for event in reversed(found) if event.kind == "incident.recorded"][:_SHOWN]
    show(heading(f"Incidents · {len(incidents)}" if incidents else "No incident was recorded"))
    for event in incidents:
        card_button(
            f"incident-{event.seq}",
            _incident(seat, event),
            label="Open the mail",
            on_click=visit,
            args=(event.draft_id,),
        )


def _incident(seat: Seat, event: ChainedEvent) -> Html:
    reason = str(event.facts.get("reason", ""))
    by = f"{actor_words(event.actor, seat.people)} · {event.at[:10]} · {event.draft_id}"
    return tag("div", tag("div", visible(reason)), tag("div", by, cls="cs-soft cs-small"), cls="cs-card")


def waiting_samples(seat: Seat) -> Sequence[Sample]:
    """The samples that this reader may look at and nobody has."""
    with seat.services.store.read() as reader:
        return samples.listed(reader, person=seat.person, limit=_SHOWN)
