"""The text of a draft, open for change. Nothing is kept until it is checked again."""

from __future__ import annotations

import streamlit as st

from app.edits import DraftEdit
from app.standing import Standing
from app.ui.acts import save_edit
from app.ui.markup import tag
from app.ui.parts import show, show_soft
from app.ui.session import Seat, Typed, leave_it, memory
from app.ui.words import AFTER_CHECKING


def _keys(standing: Standing) -> tuple[str, str]:
    """The boxes' names. They hold the digest, so that a box never outlives the text that it was opened with."""
    suffix = f"{standing.row.id}-{standing.row.digest}"
    return f"subject-{suffix}", f"text-{suffix}"


def open_editor(standing: Standing) -> None:
    """Open the text for change, as it stands."""
    memory().typed.pop(standing.row.id, None)
    memory().editing = standing.row.id
    leave_it()
    _fill(standing)


def _fill(standing: Standing) -> None:
    subject_key, text_key = _keys(standing)
    typed = memory().typed.get(standing.row.id)
    if typed is not None and typed.digest == standing.row.digest:
        st.session_state[subject_key], st.session_state[text_key] = typed.subject, typed.text
    else:
        st.session_state[subject_key] = standing.draft.subject
        st.session_state[text_key] = _edit_base(standing)


def close_editor(draft_id: str) -> None:
    """Forget what was typed."""
    memory().typed.pop(draft_id, None)
    memory().editing = None


def show_editor(seat: Seat, standing: Standing) -> None:
    """Subject and text as boxes, and what happens when they are kept."""
    row = standing.row
    subject_key, text_key = _keys(standing)
    if text_key not in st.session_state:
        _fill(standing)
    with st.container(key="editor"):
        unkept = memory().typed.get(row.id)
        if unkept is not None and unkept.digest != row.digest:
            _show_unkept(unkept)
        subject = st.text_input("Subject", key=subject_key)
        text = st.text_area("Text", key=text_key, height=340)
        if unkept is None or unkept.digest == row.digest:
            memory().typed[row.id] = Typed(digest=row.digest, subject=subject, text=text)
        show_soft(AFTER_CHECKING)
        if standing.draft.html is not None:
            show_soft(["This mail is formatted. A text that is changed by hand is sent as plain text."])
        with st.container(horizontal=True):
            st.button("Check again", key="check-again", type="primary", on_click=_keep, args=(seat, standing))
            st.button("Put it back", key="close-editor", on_click=close_editor, args=(row.id,))


def _show_unkept(typed: Typed) -> None:
    note = "Somebody changed the mail meanwhile. The boxes hold it as it is now; this is what you had typed:"
    lost = tag("div", typed.subject, "\n\n", typed.text, cls="cs-unkept")
    show(tag("div", note, lost, cls="cs-soft cs-small"))


def _keep(seat: Seat, standing: Standing) -> None:
    row = standing.row
    subject, text = (str(st.session_state[key]) for key in _keys(standing))
    memory().typed[row.id] = Typed(digest=row.digest, subject=subject, text=text)
    if save_edit(seat, row.id, row.digest, _edit_of(standing, subject, text)):
        close_editor(row.id)


def _edit_of(standing: Standing, subject: str, text: str) -> DraftEdit:
    """The changes that were typed; what stayed the same is left as it is, formatting included."""
    base = _edit_base(standing)
    return DraftEdit(
        subject=None if subject == standing.draft.subject else subject,
        text=None if text == base else text,
    )


def _edit_base(standing: Standing) -> str:
    """The text that an edit starts from: what the reader sees, as plain text, without what is hidden from them."""
    if standing.draft.html is None:
        return standing.draft.text
    findings = standing.assessment.findings
    text = findings.text
    for hidden in sorted(findings.hidden, key=lambda h: -h.start):
        text = text[: hidden.start] + text[hidden.end :]
    return text.rstrip() + "\n"
