"""Suggestions on the page: what keeping them would change and leave out is shown first, and is what is then kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app import assess
from app.checks import Checked, run_checks
from app.core.checks import CheckResult, CheckSetting, Severity, Suggestion
from app.core.drafts import Draft
from app.core.errors import Conflict
from app.core.facts import Facts
from app.core.findings import Findings
from app.rewriting.service import accept_suggestions
from app.standing import Standing
from tests.unit.app.ui.pages import House, named, page_for, press, sample, shown

HTML = (
    "<p>Oscar,</p><p>We'll give you a <b>20% discount</b> on the first year.</p>"
    '<p style="display:none">And a free van.</p><p>Marcus</p>'
)
PROMISE = "I'll send the contract by Friday."

Suggests = Callable[[str, str], None]


@pytest.fixture
def suggests(monkeypatch: pytest.MonkeyPatch) -> Suggests:
    """Adds a check of little weight that would have some words replaced wherever they stand."""
    wishes: list[tuple[str, str]] = []

    def and_more(draft: Draft, findings: Findings, facts: Facts, *, settings: dict[str, CheckSetting]) -> Checked:
        checked = run_checks(draft, findings, facts, settings=settings)
        more = (_wish(findings.text, old, new) for old, new in wishes if old in findings.text)
        return replace(checked, results=(*checked.results, *more))

    monkeypatch.setattr(assess, "run_checks", and_more)
    return lambda old, new: wishes.append((old, new))


def _wish(text: str, old: str, new: str) -> CheckResult:
    start = text.index(old)
    suggestion = Suggestion(start=start, end=start + len(old), replacement=new, why="it reads better")
    return CheckResult(check="test.style", severity=Severity.INFO, message="could read better", suggestion=suggestion)


def use(page: AppTest, standing: Standing, number: int) -> None:
    press(page, f"{named('accept', standing)}-{number}")


def formatted(house: House) -> Standing:
    draft = replace(sample("15-", house.services), client_id="formatted", html=HTML, text="")
    return house.services.gate.submit(draft)


def test_a_mended_draft_is_judged_again_and_leaves_by_rule(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    use(page, draft, 1)
    assert "a <del>20</del><ins>15</ins>% discount" in shown(page)
    assert named("approve", draft) not in [button.key for button in page.button]
    assert house.standing(draft.row.id).row == draft.row
    press(page, "keep-suggestions")
    after = house.standing(draft.row.id)
    assert after.draft.text == draft.draft.text.replace("20%", "15%")
    assert after.editors == {"marcus"}
    assert "discount.cap" not in {result.check for result in after.assessment.checks}
    assert "Checked again. This is the new verdict." in shown(page)


def test_formatted_mail_stays_formatted(house: House) -> None:
    draft = formatted(house)
    page = page_for("marcus", draft=draft.row.id)
    use(page, draft, 1)
    assert "With these changes it stays formatted." in shown(page)
    assert "cs-hidden" in shown(page)
    press(page, "keep-suggestions")
    assert house.standing(draft.row.id).draft.html == HTML.replace("20%", "15%")


def test_numbers_are_those_of_every_other_way(house: House, suggests: Suggests) -> None:
    suggests("Please run it past Natalie", "Please show it to Natalie")
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    assert "Suggestion 1" in shown(page)
    assert "Suggestion 2" in shown(page)
    use(page, draft, 2)
    assert "With suggestion 2" in shown(page)
    press(page, "keep-suggestions")
    after = house.standing(draft.row.id)
    assert "20%" in after.draft.text
    assert "Please show it to Natalie" in after.draft.text


def test_a_rewrite_that_would_add_a_promise_is_left_out_and_says_so(house: House, suggests: Suggests) -> None:
    suggests("Training stays as quoted.", f"Training stays as quoted. {PROMISE}")
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    use(page, draft, 1)
    use(page, draft, 2)
    why = "Left out suggestion 2 (test.style): it would add a promise: “I&#x27;ll send the contract by Friday”."
    assert why in shown(page)
    assert "<ins>15</ins>" in shown(page)
    press(page, "keep-suggestions")
    assert why in shown(page)
    after = house.standing(draft.row.id)
    assert "15%" in after.draft.text
    assert PROMISE not in after.draft.text


def test_where_none_can_be_used_nothing_can_be_kept_and_the_reason_is_shown(house: House, suggests: Suggests) -> None:
    suggests("Training stays as quoted.", f"Training stays as quoted. {PROMISE}")
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    use(page, draft, 2)
    assert "no suggestion was applied: 2 would add a promise" in shown(page)
    assert page.button(key="keep-suggestions").disabled


def test_a_suggestion_can_be_thought_better_of(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    use(page, draft, 1)
    press(page, f"{named('leave', draft)}-1")
    assert not page.button(key=named("edit", draft)).disabled
    use(page, draft, 1)
    press(page, "drop-suggestions")
    assert not page.button(key=named("edit", draft)).disabled
    assert house.standing(draft.row.id).row == draft.row


def test_no_suggestion_goes_into_a_text_that_is_open(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    press(page, named("edit", draft))
    page.text_area(key=named("text", draft)).input("No numbers at all.").run()
    button = page.button(key=f"{named('accept', draft)}-1")
    assert button.disabled
    assert "Check it again or put it back first" in button.help
    assert page.text_area(key=named("text", draft)).value == "No numbers at all."


def test_who_may_not_edit_is_offered_none(house: House) -> None:
    draft = house.submit("16-")
    page = page_for("dana", draft=draft.row.id)
    assert "Suggestion 1" in shown(page)
    assert f"{named('accept', draft)}-1" not in [button.key for button in page.button]


def test_what_has_changed_since_is_not_touched(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("marcus", draft=draft.row.id)
    use(page, draft, 1)
    changed = house.edited(draft, draft.draft.text.replace("20%", "25%"))
    press(page, "keep-suggestions")
    assert house.standing(draft.row.id).row == changed.row
    assert "has changed since it was shown" in shown(page)
    assert "25%" in shown(page)


def test_suggestions_that_are_others_by_now_are_not_taken_for_those_that_were_shown(house: House) -> None:
    draft = house.submit("15-")
    with pytest.raises(Conflict, match="its suggestions are others now; choose from these"):
        accept_suggestions(
            house.services.gate, draft.row.id, (1,), person="marcus", digest=draft.row.digest, offered=()
        )
    assert house.standing(draft.row.id).row == draft.row
