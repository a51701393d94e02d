"""The review: what it shows, and that every press does what it says, once, and to what was shown."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from app.core.codec import to_json
from app.core.lifecycle import State
from app.core.routes import Route
from app.gate import Gate
from app.standing import Standing
from app.store.tables import revisions
from tests.unit.app.ui.pages import House, named, page_for, press, publish, sample, shown


def buttons(page: AppTest) -> list[str]:
    return [button.key or "" for button in page.button]


def test_an_empty_queue_says_so(house: House) -> None:
    assert "Nothing waits for you" in shown(page_for("dana"))


def test_one_screen_explains_the_verdict(house: House) -> None:
    draft = house.submit("15-")
    text = shown(page_for("dana"))
    for expected in (
        "Re: Your offer for Tacoma",
        "oscar.villanueva@suncrestpackaging.example",
        "Suncrest",
        escape(draft.assessment.ruling.why),
        "discount-over-cap",
        "discount.cap",
        "(crm, ",
        "<del>20</del>",
        "Asked",
        "expires in ",
        draft.row.digest.removeprefix("sha256:")[:12],
    ):
        assert expected in text, expected


def test_approving_schedules_exactly_what_was_shown_and_shows_it_leave(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("approve", draft))
    row = house.standing(draft.row.id).row
    assert row.state is State.SCHEDULED
    assert row.permit is not None
    assert row.permit.digest == draft.row.digest
    assert "Approved. Leaves in 10 s." in shown(page)
    house.wait(seconds=11)
    page.run()
    assert "Sent at 10:00:11." in shown(page)
    press(page, f"hide-{draft.row.id}")
    assert "Sent at" not in shown(page)


def test_undo_within_the_window_takes_it_back(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("approve", draft))
    press(page, f"undo-{draft.row.id}-{house.standing(draft.row.id).row.version}")
    assert house.standing(draft.row.id).row.state is State.UNDONE
    assert "Taken back. It will not be sent." in shown(page)


def test_undo_that_comes_too_late_says_so(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("approve", draft))
    undo = f"undo-{draft.row.id}-{house.standing(draft.row.id).row.version}"
    house.wait(seconds=11)
    press(page, undo)
    assert house.standing(draft.row.id).row.state is State.SENT
    assert "That was not done" in shown(page)
    assert "Sent at" in shown(page)


def test_an_approval_of_what_has_changed_since_does_nothing_and_shows_what_it_is_now(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    changed = house.edited(draft, draft.draft.text.replace("20%", "25%"))
    press(page, named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    assert "has changed since it was shown" in shown(page)
    assert "25%" in shown(page)
    assert named("approve", changed) in buttons(page)


def test_a_second_press_meant_for_what_stood_there_hits_nothing(house: House) -> None:
    first, second = house.submit("15-"), house.submit("46-")
    page = page_for("dana", draft=first.row.id)
    button = page.button(key=named("approve", first))
    button.click().run()
    page.query_params["draft"] = second.row.id
    button.click().run()
    assert house.standing(first.row.id).row.state is State.SCHEDULED
    assert house.standing(second.row.id).row.state is State.IN_REVIEW


@pytest.mark.parametrize("at_hand", [None, ("dr_another", "sha256:00")])
def test_a_key_that_presses_buttons_of_two_drafts_decides_about_the_one_shown_last(
    house: House, at_hand: tuple[str, str] | None
) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    page.session_state["memory"].at_hand = at_hand
    press(page, named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    press(page, named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.SCHEDULED


def test_who_is_not_asked_cannot_approve_and_is_told_who_can(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    assert page.button(key=named("approve", draft)).disabled
    assert "Dana Okafor is asked, not you." in shown(page)
    assert not page.button(key=named("edit", draft)).disabled


def test_a_manager_who_is_not_asked_may_read_and_nothing_else(house: House) -> None:
    draft = house.submit("16-")
    page = page_for("dana", draft=draft.row.id)
    for action in ("approve", "edit", "reject"):
        assert page.button(key=named(action, draft)).disabled
    assert "Only Priya Raman or an administrator may" in shown(page).replace(", ", " or ")


def test_a_stranger_to_the_draft_is_shown_nothing_of_it(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("elena", draft=draft.row.id)
    assert named("approve", draft) not in buttons(page)
    assert draft.draft.subject not in shown(page)


def test_a_blocked_draft_can_be_edited_or_rejected_but_not_approved(house: House) -> None:
    draft = house.submit("18-")
    assert draft.row.route is Route.BLOCK
    page = page_for(draft.row.on_behalf_of, draft=draft.row.id)
    assert page.button(key=named("approve", draft)).disabled
    assert "nobody may wave it through" in shown(page)
    assert not page.button(key=named("edit", draft)).disabled
    assert not page.button(key=named("reject", draft)).disabled


def test_rejecting_needs_a_reason(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("reject", draft))
    assert named("approve", draft) not in buttons(page)
    press(page, "reject-now")
    assert "Say why" in shown(page)
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    page.text_input(key=named("reason", draft)).input("Too generous")
    press(page, "reject-now")
    after = house.standing(draft.row.id)
    assert after.row.state is State.REJECTED
    assert after.approvals[0].decisions[0].reason == "Too generous"
    assert "Rejected. It will not be sent." in shown(page)


def test_a_rejection_can_be_thought_better_of(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("reject", draft))
    press(page, "never-mind")
    assert not page.button(key=named("approve", draft)).disabled


def test_an_edit_is_checked_again_and_its_author_is_not_its_only_approver(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("edit", draft))
    assert named("approve", draft) not in buttons(page)
    page.text_area(key=named("text", draft)).input(draft.draft.text.replace("20%", "19%"))
    press(page, "check-again")
    after = house.standing(draft.row.id)
    assert after.row.digest != draft.row.digest
    assert "19%" in after.draft.text
    assert "Checked again" in shown(page)
    assert page.button(key=named("approve", after)).disabled
    assert "You changed the text" in shown(page)


def test_nothing_changed_is_nothing_kept(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("edit", draft))
    press(page, "check-again")
    assert "Nothing was changed" in shown(page)
    assert house.standing(draft.row.id).row == draft.row


def test_what_was_typed_outlives_a_look_elsewhere_and_is_put_back_on_request(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("edit", draft))
    page.text_area(key=named("text", draft)).input("Half a thought").run()
    page.segmented_control(key="view").set_value("Ledger").run()
    page.segmented_control(key="view").set_value("Review").run()
    assert page.text_area(key=named("text", draft)).value == "Half a thought"
    press(page, "close-editor")
    press(page, named("edit", draft))
    assert page.text_area(key=named("text", draft)).value == draft.draft.text


def test_an_edit_over_somebody_elses_edit_keeps_theirs_and_shows_mine(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("edit", draft))
    page.text_area(key=named("text", draft)).input("My own version")
    changed = house.edited(draft, draft.draft.text.replace("20%", "25%"))
    press(page, "check-again")
    assert house.standing(draft.row.id).row.digest == changed.row.digest
    assert "My own version" in shown(page)
    assert "25%" in str(page.text_area(key=named("text", changed)).value)


def test_an_edit_that_is_not_valid_is_refused_and_stays_open(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("edit", draft))
    page.text_input(key=named("subject", draft)).input("two\x00lines")
    press(page, "check-again")
    assert "That was not done" in shown(page)
    assert house.standing(draft.row.id).row == draft.row
    assert page.text_area(key=named("text", draft)).value


def test_a_formatted_mail_is_edited_as_its_reader_sees_it(house: House) -> None:
    draft = house.submit("20-")
    page = page_for("marcus", draft=draft.row.id)
    assert "cs-hidden" in shown(page)
    press(page, named("edit", draft))
    box = page.text_area(key=named("text", draft))
    assert "99.99%" not in (box.value or "")
    assert "sent as plain text" in shown(page)
    box.input((box.value or "") + "\nPS")
    press(page, "check-again")
    after = house.standing(draft.row.id)
    assert after.draft.html is None
    assert after.row.route is not Route.BLOCK


def test_hostile_drafts_are_shown_as_text(house: House) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)> **x** \u202eevil"
    draft = replace(
        sample("15-", house.services), client_id="bad", subject=bad, text=f"20% discount for you. {bad}\n"
    )
    standing = house.services.gate.submit(draft)
    page = page_for("marcus", draft=standing.row.id)
    text = shown(page)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "<img" not in text
    assert "\u202e" not in text
    assert not [m for m in page.markdown if "script" in m.value]


def test_the_keys_walk_through_the_queue_and_the_address_names_the_draft(house: House) -> None:
    drafts = {house.submit(name).row.id for name in ("15-", "46-")}
    page = page_for("dana")
    press(page, "step-next")
    assert page.query_params["draft"] in drafts
    assert page.button(key="step-next").disabled
    press(page, "step-previous")
    assert page.button(key="step-previous").disabled


def test_the_keys_are_told_apart(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    keys = [button.proto.shortcut for button in page.button if button.proto.shortcut]
    assert sorted(keys) == ["a", "e", "j", "k", "n", "p", "q", "x"]


def test_a_card_opens_its_draft(house: House) -> None:
    house.submit("15-")
    other = house.submit("46-")
    page = page_for("dana")
    press(page, f"open-{other.row.id}")
    assert page.query_params["draft"] == other.row.id
    assert named("approve", other) in buttons(page)


def test_an_address_without_a_draft_behind_it_says_so(house: House) -> None:
    assert "there is no draft &#x27;dr_none&#x27;" in shown(page_for("dana", draft="dr_none"))


TWO_MANAGERS = """
version: 2
undo_window: 10s
rules:
  - id: two
    route: review
    approvals: {needed: 2, resolver: {role: manager}}
"""


def test_one_of_two_approvals_is_not_enough_and_says_so(house: House) -> None:
    publish(house, TWO_MANAGERS, version=2)
    draft = house.submit("15-")
    page = page_for("dana", draft=draft.row.id)
    press(page, named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    assert "waits for somebody else" in shown(page)
    assert page.button(key=named("approve", draft)).disabled
    assert "1 more needed, from Ruth Calloway" in shown(page)
    press(page_for("ruth", draft=draft.row.id), named("approve", draft))
    assert house.standing(draft.row.id).row.state is State.SCHEDULED


def test_what_may_no_longer_leave_comes_back_and_says_why(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("approve", draft))
    publish(house, TWO_MANAGERS, version=2)
    house.wait(seconds=11)
    page.run()
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    assert "Not sent: something has changed" in shown(page)
    assert "the content or the policy is no longer what was let through" in shown(page)


def test_a_draft_that_is_on_its_way_by_a_rule_can_be_taken_back_from_its_address(house: House) -> None:
    draft = house.submit("10-")
    page = page_for("ruth", draft=draft.row.id)
    assert "Let through by a rule. Leaves in 10 s." in shown(page)
    press(page, f"undo-{draft.row.id}-{draft.row.version}")
    assert house.standing(draft.row.id).row.state is State.UNDONE


def test_a_database_that_does_not_answer_is_a_calm_line(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = house.submit("15-")
    page = page_for("dana")

    def locked(*_args: object, **_kwargs: object) -> Standing:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(Gate, "decide", locked)
    press(page, named("approve", draft))
    assert "The database did not answer" in shown(page)


def test_an_exception_is_approved_for_a_reason(house: House) -> None:
    draft = house.submit("15-")
    held = replace(draft.assessment, ruling=replace(draft.assessment.ruling, rule="builtin.unknown-fact"))
    with house.services.engine.begin() as connection:
        connection.execute(sa.update(revisions).values(verdict=to_json(held)))
    page = page_for("dana")
    press(page, named("approve", draft))
    assert "builtin.unknown-fact" in page.text_input(key=named("reason", draft)).label
    press(page, named("approve-now", draft))
    assert "say why" in shown(page)
    assert house.standing(draft.row.id).row.state is State.IN_REVIEW
    page.text_input(key=named("reason", draft)).input("The CRM is down, and I have called them")
    press(page, named("approve-now", draft))
    after = house.standing(draft.row.id)
    assert after.row.state is State.SCHEDULED
    assert after.approvals[0].decisions[0].reason == "The CRM is down, and I have called them"
