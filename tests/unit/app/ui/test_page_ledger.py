"""The ledger and the audit view."""

from __future__ import annotations

import csv
import io

import pytest
import sqlalchemy as sa

from app.core.commitments import CommitmentState, LedgerEntry
from app.ledger.service import as_csv
from app.monitoring.due import raise_due_alerts
from app.ui.ledger import ALL, ATTENTION, OPEN, SETTLED, select
from app.ui.session import Seat
from tests.unit.app.ui.pages import House, named, page_for, press, shown


def entries(house: House) -> list[LedgerEntry]:
    with house.services.store.read() as reader:
        return list(reader.ledger.entries())


def seat_of(house: House, person: str) -> Seat:
    found = house.services.opened.world.people.person(person)
    assert found is not None
    return Seat(services=house.services, person=found, now=house.services.clock.now())


def test_the_promises_are_listed_and_an_empty_filter_says_so(house: House) -> None:
    page = page_for("dana", view="Ledger")
    assert "Implementation Guide by Friday, November 20" in shown(page)
    page.segmented_control(key="ledger-standing").set_value(ATTENTION).run()
    assert "No promise fits these filters" in shown(page)


def test_overdue_promises_come_first_with_their_alerts_on_top(house: House) -> None:
    house.wait(days=4)
    raise_due_alerts(house.services.store, now=house.services.clock.now())
    page = page_for("dana", view="Ledger")
    text = shown(page)
    assert "cs-alerts" in text
    assert "promises overdue" in text or "promise overdue" in text
    first = text.index("cs-promise-row")
    assert "cs-badge-overdue" in text[first : first + 400]


def test_the_filters_choose_by_standing_and_person(house: House) -> None:
    everything = entries(house)
    seat = seat_of(house, "dana")
    everybody = {"person": "everybody"}
    assert len(select(seat, everything, standing=ALL, **everybody)) == len(everything)
    open_ones = select(seat, everything, standing=OPEN, **everybody)
    settled = select(seat, everything, standing=SETTLED, **everybody)
    assert {e.id for e in open_ones} | {e.id for e in settled} == {e.id for e in everything}
    assert {e.person for e in select(seat, everything, standing=ALL, person="priya")} == {"priya"}


def an_open_one(house: House, person: str) -> LedgerEntry:
    return next(e for e in entries(house) if e.person == person and e.state is CommitmentState.OPEN)


def test_who_owes_it_may_say_that_it_was_kept(house: House) -> None:
    entry = an_open_one(house, "priya")
    page = page_for("priya", view="Ledger")
    press(page, f"promise-{entry.id}")
    press(page, f"settle-kept-{entry.id}")
    assert {e.id: e.state for e in entries(house)}[entry.id] is CommitmentState.KEPT
    assert "Noted: kept." in shown(page)


def test_anything_but_kept_needs_a_reason(house: House) -> None:
    entry = an_open_one(house, "priya")
    page = page_for("dana", view="Ledger")
    press(page, f"promise-{entry.id}")
    press(page, f"settle-withdrawn-{entry.id}")
    assert "Say why" in shown(page)
    assert an_open_one(house, "priya").id == entry.id
    page.text_input(key=f"settle-reason-{entry.id}").input("The customer has it already")
    press(page, f"settle-withdrawn-{entry.id}")
    assert {e.id: e.state for e in entries(house)}[entry.id] is CommitmentState.WITHDRAWN
    assert "that is final" in shown(page)


def test_a_colleague_may_look_but_not_say(house: House) -> None:
    entry = an_open_one(house, "priya")
    page = page_for("marcus", view="Ledger")
    press(page, f"promise-{entry.id}")
    assert "Priya Raman, managers and administrators may say." in shown(page)
    assert not [b for b in page.button if (b.key or "").startswith("settle-")]


def test_the_table_can_be_taken_along(house: House) -> None:
    page = page_for("dana", view="Ledger")
    [button] = page.download_button
    assert button.label == "Download as CSV"
    rows = list(csv.DictReader(io.StringIO(as_csv(entries(house), now=house.services.clock.now()))))
    assert {row["id"] for row in rows} == {e.id for e in entries(house)}


def test_a_sent_promise_leads_back_to_its_mail(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana")
    press(page, named("approve", draft))
    house.wait(seconds=11)
    page.segmented_control(key="view").set_value("Ledger").run()
    entry = next(e for e in entries(house) if e.draft_id == draft.row.id)
    press(page, f"promise-{entry.id}")
    press(page, "open-made-by")
    assert page.query_params["draft"] == draft.row.id
    assert page.segmented_control(key="view").value == "Review"


def test_the_trail_is_shown_newest_first_and_leads_to_the_draft(house: House) -> None:
    draft = house.submit("15-")
    page = page_for("dana", view="Audit")
    assert "draft.submitted" in shown(page)
    with house.services.store.read() as reader:
        [event] = reader.audit.events(draft_id=draft.row.id)
    press(page, f"event-{event.seq}")
    assert page.query_params["draft"] == draft.row.id


def test_the_trail_of_one_draft(house: House) -> None:
    one, other = house.submit("15-"), house.submit("18-")
    page = page_for("dana", view="Audit")
    page.text_input(key="audit-draft").input(one.row.id).run()
    assert one.row.id in shown(page)
    assert other.row.id not in shown(page)
    page.text_input(key="audit-draft").input("dr_none").run()
    assert "No events for this draft" in shown(page)


def test_a_whole_trail_names_its_head(house: House) -> None:
    house.submit("15-")
    page = page_for("dana", view="Audit")
    press(page, "audit-verify")
    with house.services.store.read() as reader:
        head = reader.audit.head()
    assert f"event {head.seq}, {head.hash}" in shown(page)
    assert "Note the head somewhere else" in shown(page)


@pytest.mark.parametrize(
    "damage", ["UPDATE audit SET actor = 'gate' WHERE seq = 3", "UPDATE drafts SET state = 'sent'"]
)
def test_a_trail_that_was_tampered_with_is_not_called_whole(house: House, damage: str) -> None:
    house.submit("15-")
    with house.services.engine.begin() as connection:
        connection.execute(sa.text(damage))
    page = page_for("dana", view="Audit")
    press(page, "audit-verify")
    assert "The trail is not whole" in shown(page)
