"""The policy on the page: rules in plain words, the form that writes one, and the way into force."""

from __future__ import annotations

from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from app.core.routes import Route
from app.policy import proposals, service
from app.policy.document import load_policy
from app.store.proposals import Proposal, ProposalState
from tests.unit.app.ui.pages import House, page_for, press, publish, shown


def policy_page(person: str, part: str = "In force") -> AppTest:
    page = page_for(person, view="Policy")
    if part != "In force":
        page.segmented_control(key="policy-part").set_value(part).run()
        assert not page.exception
    return page


def the_proposals(house: House) -> list[Proposal]:
    with house.services.store.read() as reader:
        return list(proposals.proposals(reader))


def live_version(house: House) -> int:
    with house.services.store.read() as reader:
        return service.published(reader).version


def the_key(page: AppTest, beginning: str) -> str:
    [key] = [button.key for button in page.button if (button.key or "").startswith(beginning)]
    assert key is not None
    return key


def filled(person: str) -> AppTest:
    """The form with a rule about large deals in it."""
    page = policy_page(person, "New rule")
    [box] = [box for box in page.number_input if (box.key or "").startswith("rule-value")]
    box.set_value(70_000).run()
    page.text_input(key="rule-id").input("large-deals")
    page.text_input(key="rule-why").input("Large deals are read first.").run()
    assert not page.exception
    return page


def test_the_rules_in_force_read_as_english(house: House) -> None:
    text = unescape(shown(policy_page("elena")))
    assert 'If there is a result of a check whose id is "recipient.opted_out": it must not leave as it is.' in text
    assert 'checks.exists(c, c.check == "recipient.opted_out")' in text
    assert "On trial, without effect · 1" in text
    assert "the first policy of this house" in text


def test_a_condition_that_no_form_says_is_shown_as_it_is_written(house: House) -> None:
    text = "version: 2\nrules: [{id: odd, when: 'draft.subject.matches(\"x\")', route: block}]\n"
    publish(house, text, version=2)
    page = unescape(shown(policy_page("elena")))
    assert "If its condition holds: it must not leave as it is." in page
    assert 'draft.subject.matches("x")' in page


def test_the_form_says_the_rule_in_english_and_in_cel(house: House) -> None:
    text = unescape(shown(filled("dana")))
    assert "If the deal's amount is at least 70,000: a person decides (the sender's manager)." in text
    assert "deal.amount >= 70000" in text


def test_what_the_rule_would_change_is_shown_on_past_drafts(house: House) -> None:
    house.submit("10-")
    changed = house.submit("15-")
    page = filled("dana")
    page.selectbox(key="rule-route").set_value(Route.BLOCK).run()
    press(page, "try-rule")
    text = unescape(shown(page))
    assert "1 of 2 drafts of the last 30 days would go another way." in text
    assert "if it counted; on trial it changes nothing" in text
    press(page, f"changed-{changed.row.id}")
    assert page.query_params["draft"] == changed.row.id


def test_a_rule_goes_from_the_form_into_force(house: House) -> None:
    page = filled("dana")
    page.text_input(key="rule-note").input("Since the Tacoma deal")
    press(page, the_key(page, "propose-"))
    assert "Proposed as version 2" in shown(page)
    [proposal] = the_proposals(house)
    rule = load_policy(proposal.text).rules[-1]
    assert (rule.id, rule.shadow, proposal.note) == ("large-deals", True, "Since the Tacoma deal")

    own = policy_page("dana", "Proposals")
    assert "You wrote it: somebody else reviews it." in shown(own)
    assert "Proposals · 1" in own.segmented_control(key="policy-part").options

    page = policy_page("ruth", "Proposals")
    assert "New rule" in shown(page)
    assert "Beside version 1" in shown(page)
    press(page, "review-approve")
    assert "Say what you looked at" in shown(page)
    assert the_proposals(house)[0].state is ProposalState.PROPOSED
    page.text_input(key=f"review-reason-{proposal.id}").input("Tried on November")
    press(page, "review-approve")
    assert "It changes nothing until it is published" in shown(page)
    assert live_version(house) == 1
    assert "Owners and administrators put it in force" in shown(policy_page("dana", "Proposals"))
    press(page, "publish")
    assert "Version 2 is in force from now on" in shown(page)
    assert live_version(house) == 2


def test_a_rejected_proposal_shows_its_reason(house: House) -> None:
    page = filled("dana")
    press(page, the_key(page, "propose-"))
    [proposal] = the_proposals(house)
    page = policy_page("ruth", "Proposals")
    page.text_input(key=f"review-reason-{proposal.id}").input("Too wide")
    press(page, "review-reject")
    assert the_proposals(house)[0].state is ProposalState.REJECTED
    assert "Too wide" in shown(policy_page("dana", "Proposals"))


def test_a_proposal_against_an_older_version_says_so(house: House) -> None:
    page = filled("dana")
    press(page, the_key(page, "propose-"))
    publish(house, "version: 5\nrules: [{id: all, route: review}]\n", version=5)
    text = shown(policy_page("ruth", "Proposals"))
    assert "outdated" in text
    assert "Version 5 came into force since" in text


def test_a_taken_name_is_told_before_anything_is_proposed(house: House) -> None:
    page = filled("dana")
    page.text_input(key="rule-id").input("guarantee").run()
    assert "is the name of another rule" in unescape(shown(page))
    assert not [button for button in page.button if (button.key or "").startswith("propose-")]


def test_a_line_about_items_and_a_second_line(house: House) -> None:
    page = policy_page("dana", "New rule")
    page.selectbox(key="rule-about-1").set_value("commitments").run()
    press(page, "also-1")
    press(page, "add-line")
    page.segmented_control(key="rule-match").set_value("any").run()
    text = unescape(shown(page))
    assert "commitments.exists(item, " in text
    assert " || deal.amount >= 0" in text
    press(page, "drop-1")
    assert "commitments.exists" not in shown(page)


def test_a_value_that_is_missing_is_told(house: House) -> None:
    page = policy_page("dana", "New rule")
    page.selectbox(key="rule-about-1").set_value("risk.tier").run()
    page.selectbox(key="rule-is-1-risk.tier").set_value("one_of").run()
    assert "name at least one" in shown(page)


def test_what_stands_in_the_form_outlives_a_look_elsewhere(house: House) -> None:
    page = filled("dana")
    page.segmented_control(key="view").set_value("Ledger").run()
    page.segmented_control(key="view").set_value("Policy").run()
    assert page.text_input(key="rule-id").value == "large-deals"
    assert "deal.amount >= 70000" in unescape(shown(page))


def test_who_may_not_propose_gets_no_form(house: House) -> None:
    page = policy_page("marcus", "New rule")
    assert "Managers, owners and administrators propose rules." in shown(page)
    assert not page.selectbox


def test_a_rule_on_trial_tells_how_it_did_and_can_be_proposed_to_count(house: House) -> None:
    house.submit("15-")
    page = policy_page("dana")
    page.toggle(key="shadow-asked").set_value(True).run()
    assert "It matched 0 of 1 drafts" in shown(page)
    press(page, "count-wide-audience")
    [proposal] = the_proposals(house)
    [rule] = [rule for rule in load_policy(proposal.text).rules if rule.id == "wide-audience"]
    assert not rule.shadow


@pytest.mark.parametrize("part", ["In force", "New rule", "Proposals"])
def test_every_part_can_be_looked_at_by_everybody(house: House, part: str) -> None:
    assert not policy_page("elena", part).exception
