"""The agents on the page: stop and resume, limits, what was earned, samples and incidents."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app.core.autonomy import Figures, Outcome, Subject
from app.core.lifecycle import State
from app.core.routes import Tier
from app.limits import switch
from tests.unit.app.ui.pages import House, named, page_for, press, publish, shown

EVERYTHING_GOES = """
version: 2
undo_window: 10s
limits: {per_sender_per_hour: 1}
sampling: {auto_send: 1}
autonomy: {level: 0.5, minimum: 10}
rules:
  - {id: all, route: auto_send}
  - {id: some, when: 'draft.action == "none"', route: review, autonomy: true}
"""
SUBJECT = Subject(agent="scribe", action="reply", tier=Tier.LOW)


def agents_page(person: str, part: str = "Stops and limits") -> AppTest:
    page = page_for(person, view="Agents")
    if part != "Stops and limits":
        page.segmented_control(key="agents-part").set_value(part).run()
        assert not page.exception
    return page


def stops(house: House) -> list[str]:
    with house.services.store.read() as reader:
        return [each.what for each in switch.listed(reader)]


def test_a_stop_wants_a_reason_and_a_second_press_and_everybody_sees_it(house: House) -> None:
    draft = house.submit("15-")
    page = agents_page("dana")
    press(page, "stop")
    assert "Say why it is stopped" in shown(page)
    page.text_input(key="stop-reason").input("It quotes last year's prices")
    press(page, "stop")
    assert f"Stop agent {draft.row.agent} now? 0 drafts are on the way out." in shown(page)
    assert stops(house) == []
    press(page, f"stop-now-agent {draft.row.agent}")
    assert stops(house) == [f"agent {draft.row.agent}"]
    other = page_for("dana", draft=draft.row.id)
    assert f"Stopped: agent {draft.row.agent}, by Dana Okafor" in shown(other)
    press(other, named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    assert "That was not done" in shown(other)
    press(other, "look-at-stops")
    assert other.segmented_control(key="view").value == "Agents"


def test_a_stop_can_be_thought_better_of(house: House) -> None:
    house.submit("15-")
    page = agents_page("dana")
    page.text_input(key="stop-reason").input("Hm")
    press(page, "stop")
    press(page, "stop-not")
    assert stops(house) == []
    assert "Leave it running" not in [button.label for button in page.button]


def test_resuming_judges_what_was_held_again(house: House) -> None:
    page = agents_page("ruth")
    page.selectbox(key="stop-scope").set_value("all").run()
    page.text_input(key="stop-reason").input("Wrong price list")
    press(page, "stop")
    press(page, "stop-now-everything")
    held = house.submit("10-")
    assert held.row.state is State.IN_REVIEW
    with house.services.store.read() as reader:
        [stop] = switch.listed(reader)
    press(page, f"resume-{stop.id}")
    press(page, f"resume-now-{stop.id}")
    assert "1 draft that it held judged again" in shown(page)
    assert stops(house) == []


@pytest.mark.parametrize(("person", "offered"), [("dana", 2), ("ruth", 3)])
def test_managers_stop_agents_and_owners_everything(house: House, person: str, offered: int) -> None:
    assert len(agents_page(person).selectbox(key="stop-scope").options) == offered


def test_a_colleague_sees_the_switch_and_cannot_reach_it(house: House) -> None:
    page = agents_page("marcus")
    assert "Managers stop agents and actions" in shown(page)
    assert "stop" not in [button.key for button in page.button]


def test_limits_are_shown_with_their_use(house: House) -> None:
    publish(house, EVERYTHING_GOES, version=2)
    draft = house.submit("10-")
    house.wait(seconds=11)
    assert house.standing(draft.row.id).row.state is State.SENT
    text = shown(agents_page("marcus"))
    assert "1 per sender in an hour" in text
    assert "1 of 1" in text
    assert "next place" in text
    assert "cs-full" in text


def figures(counts: dict[Subject, dict[Outcome, int]]) -> dict[Subject, Figures]:
    """As the store would give them."""
    return {subject: Figures(counts=each) for subject, each in counts.items()}


def test_what_an_agent_has_earned_is_signed_and_withdrawn(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(house, EVERYTHING_GOES, version=2)
    counts = {SUBJECT: {Outcome.UNCHANGED: 30}}
    monkeypatch.setattr("app.store.autonomy.AutonomyRepository.every_figures", lambda _self: figures(counts))
    monkeypatch.setattr("app.store.autonomy.AutonomyRepository.figures", lambda _self, _of: figures(counts)[SUBJECT])
    page = agents_page("dana", "Autonomy")
    assert "30 unchanged" in shown(page)
    assert "bound 0.886 of 0.500" in shown(page)
    press(page, f"sign-{SUBJECT}")
    assert "leaves without being read first" in shown(page)
    press(page, "earned-now")
    assert f"Signed: {SUBJECT}" in shown(page)
    press(page, f"withdraw-{SUBJECT}")
    press(page, "earned-now")
    assert "That was not done" in shown(page)
    page.text_input(key=f"earned-reason-{SUBJECT}").input("New product line")
    press(page, "earned-now")
    assert f"Withdrawn: {SUBJECT}" in shown(page)
    assert not [b for b in agents_page("marcus", "Autonomy").button if (b.key or "").startswith("sign-")]


def test_without_figures_the_page_says_so(house: House) -> None:
    text = shown(agents_page("dana", "Autonomy"))
    assert "No draft of any agent has come to its end yet." in text
    assert "The policy in force grants no autonomy" in text


def test_samples_are_read_and_looked_at_once(house: House) -> None:
    publish(house, EVERYTHING_GOES.replace("limits: {per_sender_per_hour: 1}\n", ""), version=2)
    one, other = house.submit("10-"), house.submit("15-")
    house.wait(seconds=11)
    page = agents_page("dana", "Samples and incidents")
    assert "To look at · 2" in shown(page)
    press(page, f"read-{one.row.id}")
    press(page, f"looked-fine-{one.row.id}")
    assert "Of the latest 1 that somebody looked at, 1 were fine." in shown(page)
    press(page, f"looked-{other.row.id}")
    press(page, f"looked-bad-{other.row.id}")
    assert "Say what went wrong" in shown(page)
    page.text_input(key=f"looked-reason-{other.row.id}").input("Too generous")
    press(page, f"looked-bad-{other.row.id}")
    text = shown(page)
    assert "No sample waits for a look" in text
    assert "Incidents · 1" in text
    assert "Too generous" in text


def test_a_colleague_sees_no_incidents_of_others(house: House) -> None:
    assert "those of the whole house" in shown(agents_page("marcus", "Samples and incidents"))
