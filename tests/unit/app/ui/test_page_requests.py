"""What surrounds a decision on the page: questions, places passed on, absences, codes, stages, lapsed drafts."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from streamlit.testing.v1 import AppTest

from app import runtime
from app.core.errors import CountersignError
from app.core.lifecycle import State
from app.gate import Gate
from app.identity.vault import new_key
from app.standing import Standing
from tests.unit.app.ui.pages import House, named, page_for, press, publish, shown

STAGES = """
version: 2
undo_window: 10s
rules:
  - id: stages
    route: review
    approvals:
      needed: 2
      resolver: {role: manager}
      then: [{resolver: {role: legal}}]
      consulted: [{role: finance}]
      accountable: {user: {id: ruth}}
      remind_after: 2h
      expires_after: 48h
"""
WITH_CODE = """
version: 2
undo_window: 10s
rules:
  - id: proof
    route: review
    approvals: {resolver: {user: {id: dana}}, step_up: true}
"""


def keys(page: AppTest) -> set[str]:
    return {button.key or "" for button in page.button}


def begin(page: AppTest, task: str, draft: Standing) -> None:
    press(page, f"begin-{task}-{draft.row.id}")


def test_a_question_goes_to_the_sender_who_answers_it_where_the_draft_is(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    begin(page, "ask", draft)
    page.text_area(key=f"words-Ask-{draft.row.id}").input("Who agreed to 20%?")
    press(page, "say-it")
    assert "Marcus Hale and the agent have been told" in shown(page)
    assert "nobody is reminded" in shown(page)
    [question] = house.standing(draft.row.id).remarks

    sender = page_for("marcus")
    assert "1 waits for you" in shown(sender)
    assert "asks you" in shown(sender)
    sender.text_area(key=f"answer-text-{question.id}").input("Nobody yet.")
    press(sender, f"answer-now-{question.id}")
    assert "Whoever asked has been told" in shown(sender)
    assert f"answer-now-{question.id}" not in keys(sender)
    page.run()
    assert "Nobody yet." in shown(page)


def test_an_empty_question_is_refused_and_its_box_stays_open(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    begin(page, "ask", draft)
    press(page, "say-it")
    assert "That was not done: question: is empty" in shown(page)
    assert "say-it" in keys(page)
    press(page, "never-mind")
    assert "say-it" not in keys(page)


def test_a_comment_stands_beside_the_draft(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    begin(page, "comment", draft)
    page.text_area(key=f"words-Note it-{draft.row.id}").input("<b>Mind</b> the term")
    press(page, "say-it")
    assert "&lt;b&gt;Mind&lt;/b&gt; the term" in shown(page)


def test_a_place_is_passed_on(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    begin(page, "reassign", draft)
    offered = page.selectbox(key="pass-to").options
    assert "Marcus Hale" not in offered, "the sender never stands in"
    page.selectbox(key="pass-to").set_value("ruth").run()
    page.text_input(key="pass-reason").input("I am in a plane")
    press(page, "say-it")
    request = house.standing(draft.row.id).pending
    assert request is not None
    assert request.people == ("ruth",)
    assert "Ruth Calloway: asked just now, instead of Dana Okafor" in shown(page)


def test_whoever_has_no_place_passes_none_on(house: House) -> None:
    draft = house.submit("15-")
    assert f"begin-reassign-{draft.row.id}" not in keys(page_for("marcus", draft=draft.row.id))


def test_away_with_a_delegate_and_back(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    begin(page, "away", draft)
    page.selectbox(key="away-delegate").set_value("ruth").run()
    press(page, "say-it")
    request = house.standing(draft.row.id).pending
    assert request is not None
    assert "ruth" in request.people
    assert "You are away until Thu 19 Nov, 08:30. Ruth Calloway decides in your name." in shown(page)
    assert "away now" in shown(page)
    assert f"begin-away-{draft.row.id}" not in keys(page)
    press(page, "come-back")
    assert "You are asked again" in shown(page)
    assert house.services.gate.reviews.absences.known() == []


def test_stages_are_told_in_words_and_lead_on(house: House) -> None:
    publish(house, STAGES, version=2)
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    text = shown(page)
    assert "Stage 1 of 2: 0 of 2 said yes; then legal" in text
    assert "Elena Marchetti" in text
    assert "Accountable" in text
    assert "In 2 h whoever has not answered is reminded" in text
    assert "In 47 h it lapses and is not sent" in text or "In 2 days it lapses" in text or "In 48 h" in text
    press(page, named("approve", draft))
    assert "Stage 1 of 2: 1 of 2 said yes; then legal" in shown(page)
    press(page_for("ruth", draft=draft.row.id), named("approve", draft))
    page.run()
    assert "Stage 2 of 2: 0 of 1 said yes" in shown(page)
    assert "Samir Haddad: asked just now" in shown(page)


def test_who_is_consulted_reads_asks_and_comments_and_decides_nothing(house: House) -> None:
    publish(house, STAGES, version=2)
    draft = house.submit("15-")
    page = page_for("elena", draft=draft.row.id)
    assert "You are consulted: read it, ask, comment. Nothing waits for you." in shown(page)
    for action in ("approve", "edit", "reject"):
        assert page.button(key=named(action, draft)).disabled
    assert {f"begin-ask-{draft.row.id}", f"begin-comment-{draft.row.id}"} <= keys(page)
    assert f"begin-reassign-{draft.row.id}" not in keys(page)


def test_what_ran_out_of_time_is_found_and_reopened(house: House) -> None:
    draft = house.submit("15-")
    house.wait(hours=25)
    assert house.standing(draft.row.id).row.state is State.EXPIRED
    page = page_for("marcus")
    assert "Ran out of time · 1" in shown(page)
    press(page, f"open-{draft.row.id}")
    begin(page, "reopen", draft)
    page.text_area(key=f"words-Reopen-{draft.row.id}").input("Oscar still waits")
    press(page, "say-it")
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    assert "It waits for people again" in shown(page)
    assert "Ran out of time" not in shown(page)


def test_who_may_not_reopen_is_not_shown_what_lapsed(house: House) -> None:
    house.submit("15-")
    house.wait(hours=25)
    assert "Ran out of time" not in shown(page_for("elena"))


def test_a_mail_that_should_not_have_left_is_an_incident(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("approve", draft))
    house.wait(seconds=11)
    page.run()
    begin(page, "incident", draft)
    press(page, "say-it")
    assert "Say what went wrong" in shown(page)
    page.text_area(key=f"words-Record the incident-{draft.row.id}").input("Wrong price")
    press(page, "say-it")
    with house.services.store.read() as reader:
        [incident] = reader.autonomy.incidents_of(draft.row.id)
    assert (incident.by, incident.reason) == ("dana", "Wrong price")


# ── fresh proof ───────────────────────────────────────────────────────────────────────────────────────────────


def with_key(house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """The same house with a key for secrets."""
    monkeypatch.setenv("COUNTERSIGN_SECRET_KEY", new_key())
    runtime.close_services()
    return House(services=runtime.services(), clock=house.clock)


def enrolled(house: House, person_id: str) -> pyotp.TOTP:
    """An authenticator app of this person, in use; its first code was given a minute ago by its own reckoning."""
    person = house.services.opened.world.people.person(person_id)
    assert person is not None
    app = pyotp.parse_uri(house.services.second_factors.begin(person))
    assert isinstance(app, pyotp.TOTP)
    house.services.second_factors.confirm(person, app.at(house.clock.now()))
    house.clock.advance(timedelta(seconds=60))
    return app


def test_without_an_authenticator_the_page_says_how_to_get_one(house: House) -> None:
    publish(house, WITH_CODE, version=2)
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    assert "It asks for a code of your authenticator app first." in shown(page)
    press(page, named("approve", draft))
    assert "countersign people totp --as dana" in shown(page)
    assert page.button(key=named("approve-now", draft)).disabled


def test_a_code_is_asked_for_where_the_rule_wants_one(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house = with_key(house, monkeypatch)
    publish(house, WITH_CODE, version=2)
    draft = house.submit("15-")
    app = enrolled(house, "dana")
    page = page_for("dana", draft=draft.row.id)
    press(page, named("approve", draft))
    page.text_input(key=named("code", draft)).input("000000")
    press(page, named("approve-now", draft))
    assert "this code proves nothing" in shown(page)
    assert page.text_input(key=named("code", draft)).value == "", "a code is worth one try"
    page.text_input(key=named("code", draft)).input(app.at(house.clock.now()))
    press(page, named("approve-now", draft))
    after = house.standing(draft.row.id)
    assert after.row.state is State.SCHEDULED
    assert after.approvals[0].decisions[0].verified_at is not None


def test_no_code_is_asked_for_where_no_rule_wants_one(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    press(page, named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.SCHEDULED


def test_a_locked_authenticator_says_until_when(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house = with_key(house, monkeypatch)
    publish(house, WITH_CODE, version=2)
    draft = house.submit("15-")
    enrolled(house, "dana")
    page = page_for("dana", draft=draft.row.id)
    press(page, named("approve", draft))
    for _ in range(5):
        page.text_input(key=named("code", draft)).input("000000")
        press(page, named("approve-now", draft))
    assert "your authenticator is locked until" in shown(page)
    assert page.button(key=named("approve-now", draft)).disabled


def test_a_refusal_around_a_decision_is_a_calm_line(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = house.submit("15-")
    house.wait(hours=25)
    page = page_for("marcus", draft=draft.row.id)
    begin(page, "reopen", draft)

    def refuse(*_args: object, **_kwargs: object) -> Standing:
        raise CountersignError("the world has moved on")

    monkeypatch.setattr(Gate, "reopen", refuse)
    press(page, "say-it")
    assert "That was not done: the world has moved on." in shown(page)
