"""The review: the queue on the left, the mail in the middle, the reasons on the right."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app import desk
from app.audit.chain import ChainedEvent
from app.core.errors import CountersignError, NotFound
from app.core.facts import Deal
from app.desk import QueueItem
from app.rewriting import offers
from app.standing import Standing
from app.ui.actions import show_actions
from app.ui.asked import show_asked
from app.ui.choices import choices_for
from app.ui.draft import show_draft
from app.ui.editor import show_editor
from app.ui.markup import tag
from app.ui.parts import heading, show
from app.ui.queue import show_queue
from app.ui.reasons import result_html, show_findings, show_history, show_verdict
from app.ui.session import Seat, memory, open_draft, opened_draft
from app.ui.suggestions import preview_of, show_choice, show_preview
from app.ui.talk import show_talk
from app.ui.waiting import read_waiting

_QUEUE, _MAIL, _REASONS = 0.24, 0.44, 0.32


def show_review(seat: Seat, items: Sequence[QueueItem]) -> None:
    """The whole view, for the draft in the address bar or else for the first that waits."""
    chosen = opened_draft()
    if chosen is None and items:
        chosen = items[0].standing.row.id
        open_draft(chosen)  # it stays before the reader, even when what they do takes it out of the queue
    left, right = st.columns([_QUEUE, _MAIL + _REASONS], gap="medium")
    with left:
        show_queue(seat, items, chosen=chosen)
    with right:
        if chosen is None:
            show(tag("div", "Nothing waits for you. New drafts appear here as agents hand them in.", cls="cs-empty"))
            return
        try:
            standing, events = _read(seat, chosen)
        except NotFound as error:
            show(tag("div", f"{error}. Choose another on the left.", cls="cs-empty"))
            return
        _show_one(seat, items, standing, events)


def _read(seat: Seat, draft_id: str) -> tuple[Standing, Sequence[ChainedEvent]]:
    with seat.services.store.read() as reader:
        standing = desk.shown(reader, draft_id, person=seat.person, people=seat.people)
        return standing, list(reader.audit.events(draft_id=draft_id))


def _deal_of(seat: Seat, standing: Standing) -> Deal | None:
    try:
        return seat.services.opened.world.crm.deal(standing.row.deal_id) if standing.row.deal_id else None
    except CountersignError:
        return None  # the verdict says what could not be read; the mail is shown without it


def _show_one(seat: Seat, items: Sequence[QueueItem], standing: Standing, events: Sequence[ChainedEvent]) -> None:
    waiting = read_waiting(seat, standing)
    show_actions(seat, standing, waiting, items)
    middle, right = st.columns([_MAIL, _REASONS], gap="medium")
    with middle, st.container(key="mail"):
        _show_mail(seat, standing)
    with right, st.container(key="reasons", gap="small"):
        show_verdict(standing)
        show_talk(seat, standing)
        _show_results(seat, standing)
        show_asked(seat, standing, waiting)
        show_findings(standing)
        show_history(seat, events)


def _show_mail(seat: Seat, standing: Standing) -> None:
    if memory().editing == standing.row.id:
        show_editor(seat, standing)
        return
    preview = preview_of(seat, standing)
    if preview is not None:
        show_preview(seat, standing, preview)
    show_draft(standing, _deal_of(seat, standing), changes=preview.changes if preview else ())


def _show_results(seat: Seat, standing: Standing) -> None:
    results = standing.assessment.checks
    show(heading(f"Checks with something to say · {len(results)}" if results else "No check has anything to say"))
    may_edit = choices_for(seat.person, standing, seat.people).edit is None
    offered = {id(offer.result): offer for offer in offers(standing.assessment)}
    for number, result in enumerate(results, 1):
        offer = offered.get(id(result))
        show(result_html(seat, result, number, standing.assessment.findings.text, offer))
        if offer is not None and may_edit:
            show_choice(standing, offer)
