"""Asking for information pauses reminders and never the expiry; comments decide nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.approvals import Requirement
from app.core.errors import Conflict, InvalidInput, NotFound, NotPermitted
from app.core.lifecycle import State
from app.edits import DraftEdit
from app.standing import Standing
from tests.support.deciding import approve, standing
from tests.support.gates import START, Harness
from tests.unit.app.approvals.house import LEGAL, MANAGER, asked, events, kinds, reviews, submit

HOUR = timedelta(hours=1)
DEMAND = Requirement(resolver=MANAGER, consulted=(LEGAL,), remind_after=HOUR, expires_after=timedelta(days=3))


def ask(harness: Harness, shown: Standing, person: str = "ruth", text: str = "Which plan?") -> str:
    return reviews(harness).questions.ask(shown.row.id, person=person, text=text).remarks[-1].id


def answer(
    harness: Harness, shown: Standing, question: str, author: str = "sam", text: str = "The blue one."
) -> None:
    reviews(harness).questions.answer(shown.row.id, question, author=author, text=text)


def test_a_question_pauses_reminders_and_an_answer_starts_the_time_anew(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    question = ask(harness, shown)
    harness.wait(hours=20)
    assert kinds(harness, "ruth") == ["asked"]
    assert kinds(harness, "sam") == kinds(harness, "agent:bot") == ["question"]
    answer(harness, shown, question)
    assert kinds(harness, "ruth") == ["asked", "answered"]
    assert standing(harness, shown.row.id).row.due_at == START + timedelta(hours=21)
    harness.wait(hours=1)
    assert kinds(harness, "ruth") == ["asked", "answered", "reminded"]


def test_a_question_never_puts_off_the_expiry(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    ask(harness, shown)
    assert standing(harness, shown.row.id).row.due_at == START + timedelta(days=3)
    harness.wait(days=3)
    assert standing(harness, shown.row.id).row.state is State.EXPIRED


def test_it_waits_until_the_last_question_is_answered(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    first, second = ask(harness, shown), ask(harness, shown, "lena")
    answer(harness, shown, first)
    assert standing(harness, shown.row.id).row.due_at == START + timedelta(days=3)
    answer(harness, shown, second, "agent:bot")
    assert standing(harness, shown.row.id).row.due_at == START + HOUR
    assert kinds(harness, "lena") == ["consulted", "answered"]


def test_a_question_does_not_stop_anybody_from_deciding(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    question = ask(harness, shown)
    assert approve(harness, shown).row.state is State.SCHEDULED
    with pytest.raises(Conflict):
        answer(harness, shown, question)


def test_only_the_sender_the_agent_that_wrote_it_and_those_above_everybody_answer(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    question = ask(harness, shown)
    for author in ("ruth", "lena", "agent:other"):
        with pytest.raises(NotPermitted):
            answer(harness, shown, question, author)
    with pytest.raises(NotFound):
        answer(harness, shown, question, "tom")
    answer(harness, shown, question, "ada")


def test_a_question_is_answered_once(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    question = ask(harness, shown)
    answer(harness, shown, question)
    with pytest.raises(Conflict, match="answered"):
        answer(harness, shown, question)
    with pytest.raises(NotFound, match="question"):
        answer(harness, shown, "rm_none")


def test_an_edit_makes_a_new_request_without_the_old_question(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    question = ask(harness, shown)
    harness.gate.edit(shown.row.id, DraftEdit(text="The blue plan."), person="sam", digest=shown.row.digest)
    assert standing(harness, shown.row.id).row.due_at == START + HOUR
    with pytest.raises(Conflict, match="closed"):
        answer(harness, shown, question)


def test_strangers_neither_ask_nor_comment(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    for act in (reviews(harness).questions.ask, reviews(harness).questions.comment):
        with pytest.raises(NotFound):
            act(shown.row.id, person="tom", text="Why?")
        with pytest.raises(NotPermitted):
            act(shown.row.id, person="vera", text="Why?")


@pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "x" * 3000])
def test_what_cannot_be_kept_is_refused(harness: Harness, text: str) -> None:
    shown = submit(harness, DEMAND)
    with pytest.raises(InvalidInput):
        ask(harness, shown, text=text)
    assert standing(harness, shown.row.id).row == shown.row


def test_who_is_consulted_comments_and_does_not_decide(harness: Harness) -> None:
    shown = submit(harness, DEMAND)
    after = reviews(harness).questions.comment(shown.row.id, person="lena", text="The term is ours.")
    assert after.remarks[-1].text == "The term is ours."
    assert asked(standing(harness, shown.row.id)) == ("ruth",)
    assert events(harness, shown.row.id, "approval.comment")[0]["text"] == "The term is ours."
    with pytest.raises(NotPermitted):
        approve(harness, shown, "lena")


def test_nobody_asks_where_nothing_waits(harness: Harness) -> None:
    shown = submit(harness, replace(DEMAND, consulted=()))
    approve(harness, shown)
    with pytest.raises(Conflict, match="scheduled"):
        ask(harness, shown)
