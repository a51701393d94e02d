"""The text of a draft, open for change. Nothing is kept until it is checked again."""

from __future__ import annotations

import streamlit as st

from app.core.checks import Suggestion
from app.edits import DraftEdit
from app.standing import Standing
from app.ui.acts import save_edit
from app.ui.markup import tag
from app.ui.parts import show
from app.ui.session import Notice, Seat, memory
from app.ui.suggestions import apply_suggestion, edit_base


def _keys(standing: Standing) -> tuple[str, str]:
    """The boxes' names. They hold the digest, so that a box never outlives the text that it was opened with."""
    suffix = f"{standing.row.id}-{standing.row.digest}"
    return f"subject-{suffix}", f"text-{suffix}"


def open_editor(standing: Standing) -> None:
    """Open the text for change."""
    subject_key, text_key = _keys(standing)
    st.session_state[subject_key] = standing.draft.subject
    st.session_state[text_key] = edit_base(standing.draft, standing.assessment)
    memory().editing = standing.row.id
    memory().rejecting = None


def close_editor() -> None:
    """Forget what was typed."""
    memory().editing = None


def accept(standing: Standing, suggestion: Suggestion) -> None:
    """Put a suggestion into the open text; opens it first where it is not open."""
    _, text_key = _keys(standing)
    if memory().editing != standing.row.id or text_key not in st.session_state:
        open_editor(standing)
    changed = apply_suggestion(st.session_state[text_key], standing.assessment.findings.text, suggestion)
    if changed is None:
        text = "The words that this would replace are no longer there. Change the text by hand."
        memory().notice = Notice(look="plain", text=text)
        return
    st.session_state[text_key] = changed


def show_editor(seat: Seat, standing: Standing) -> None:
    """Subject and text as boxes, and what happens when they are kept."""
    subject_key, text_key = _keys(standing)
    if text_key not in st.session_state:
        open_editor(standing)
    with st.container(key="editor"):
        st.text_input("Subject", key=subject_key)
        st.text_area("Text", key=text_key, height=340)
        for line in _consequences(standing):
            show(tag("div", line, cls="cs-soft cs-small"))
        with st.container(horizontal=True):
            st.button("Check again", key="check-again", type="primary", on_click=_keep, args=(seat, standing))
            st.button("Put it back", key="close-editor", on_click=close_editor)


def _consequences(standing: Standing) -> list[str]:
    lines = [
        "Check again keeps the text and judges it anew; approvals given before count no more.",
        "If no rule stands against the new text, it leaves after the undo window. If a person has to decide, your own"
        " word alone is not enough, because you changed it.",
    ]
    if standing.draft.html is not None:
        lines.append("This mail is formatted. A changed text is sent as plain text.")
    return lines


def _keep(seat: Seat, standing: Standing) -> None:
    subject_key, text_key = _keys(standing)
    save_edit(seat, standing.row.id, standing.row.digest, edit_of(standing, *_typed(subject_key, text_key)))


def _typed(subject_key: str, text_key: str) -> tuple[str, str]:
    return str(st.session_state[subject_key]), str(st.session_state[text_key])


def edit_of(standing: Standing, subject: str, text: str) -> DraftEdit:
    """The changes that were typed; what stayed the same is left as it is, formatting included."""
    base = edit_base(standing.draft, standing.assessment)
    return DraftEdit(
        subject=None if subject == standing.draft.subject else subject,
        text=None if text == base else text,
    )
