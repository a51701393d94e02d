"""What the page keeps from a reader whom a draft does not concern, whatever stands in the address bar."""

from __future__ import annotations

from app.core.lifecycle import State
from tests.unit.app.ui.pages import House, page_for, press, shown


def test_a_foreign_draft_is_not_there(house: House) -> None:
    draft = house.submit("07")
    assert draft.row.on_behalf_of != "tom"
    page = page_for("tom", draft=draft.row.id)
    assert f"there is no draft &#x27;{draft.row.id}&#x27;" in shown(page).replace("'", "&#x27;")
    assert draft.row.subject not in shown(page)


def test_a_manager_reads_every_draft(house: House) -> None:
    draft = house.submit("07")
    assert "there is no draft" not in shown(page_for("dana", draft=draft.row.id))


def test_the_departure_of_a_foreign_draft_is_not_shown(house: House) -> None:
    draft = house.submit("07")
    assert draft.row.state is State.SCHEDULED
    assert draft.row.subject not in shown(page_for("tom", draft=draft.row.id))


def test_a_colleague_reads_the_trail_of_their_own_drafts_only(house: House) -> None:
    draft = house.submit("07")
    page = page_for("tom", view="Audit")
    assert "only managers and up may read the whole trail" in shown(page)
    page.text_input(key="audit-draft").input(draft.row.id).run()
    assert "No events for this draft" in shown(page)
    press(page, "audit-verify")
    assert "tom may not verify the trail" in shown(page)
    own = page_for(draft.row.on_behalf_of, view="Audit")
    own.text_input(key="audit-draft").input(draft.row.id).run()
    assert "draft.submitted" in shown(own)
