"""Questions, answers and comments about a draft, and the box in which a question is answered."""

from __future__ import annotations

import streamlit as st

from app.core.errors import CountersignError
from app.core.remarks import Remark, RemarkKind, open_questions
from app.permissions.reviewing import require_answerer
from app.standing import Standing
from app.ui.highlight import visible
from app.ui.markup import Html, joined, tag
from app.ui.parts import heading, show
from app.ui.request_acts import answer
from app.ui.session import Seat, typed_in
from app.ui.words import actor_words, age

_SAYS = {RemarkKind.QUESTION: "asks", RemarkKind.ANSWER: "answers", RemarkKind.COMMENT: "notes"}


def show_talk(seat: Seat, standing: Standing) -> None:
    """What was said, oldest first; below it, for whoever may answer, a box for each question that waits."""
    if not standing.remarks:
        return
    show(joined(heading("Questions and comments"), *(_remark(seat, remark) for remark in standing.remarks)))
    for question in waiting_questions(standing):
        if _may_answer(seat, standing):
            _show_box(seat, standing, question)


def waiting_questions(standing: Standing) -> tuple[Remark, ...]:
    """The questions that nobody has answered yet."""
    return open_questions(standing.remarks, standing.pending.id) if standing.pending else ()


def _remark(seat: Seat, remark: Remark) -> Html:
    head = f"{actor_words(remark.author, seat.people)} {_SAYS[remark.kind]}"
    when = tag("span", f" · {age(remark.at, seat.now)}", cls="cs-soft")
    words = tag("div", visible(remark.text), dir="auto")
    return tag("div", tag("div", tag("strong", head), when), words, cls=f"cs-remark cs-remark-{remark.kind.value}")


def _may_answer(seat: Seat, standing: Standing) -> bool:
    try:
        require_answerer(seat.person, standing, seat.people)
    except CountersignError:
        return False
    return True


def _show_box(seat: Seat, standing: Standing, question: Remark) -> None:
    name = f"answer-text-{question.id}"
    with st.container(key=f"answer-{question.id}", gap="small"):
        st.text_area(
            "Your answer. Whoever asked is told, and the time of those asked begins anew.", key=name, height=90
        )
        st.button(
            "Answer",
            key=f"answer-now-{question.id}",
            type="primary",
            on_click=_answer,
            args=(seat, standing, question.id, name),
        )


def _answer(seat: Seat, standing: Standing, question_id: str, name: str) -> None:
    answer(seat, standing, question_id, typed_in(name))
