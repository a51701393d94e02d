"""Delivery on the page: what is stuck and who may settle it, and what the gate finds out by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from app import runtime
from app.core.clock import ManualClock
from app.core.facts import Person
from app.core.lifecycle import State
from app.delivery.outcomes import quiet
from app.services import open_services
from app.standing import Standing
from app.ui import delivery
from app.ui.words import day_and_time
from tests.support.gates import RecordingMail
from tests.support.undelivered import FORGETFUL, come_to_grief
from tests.unit.app.ui.pages import House, page_for, press, publish, sample, shown

ALL_GO = "version: 2\nundo_window: 10s\nrules:\n  - {id: all, route: auto_send}\n"
SEEN = "It is the third from above in the sent mail."

Stick = Callable[..., Standing]


@pytest.fixture
def mail() -> RecordingMail:
    return RecordingMail()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mail: RecordingMail) -> Iterator[House]:
    """The sample world before a mailbox that answers as it is told to; every draft may leave."""
    clock = ManualClock(datetime(2026, 1, 5, 12, 0, tzinfo=UTC))
    monkeypatch.setenv("COUNTERSIGN_HOME", str(tmp_path))
    monkeypatch.setattr(
        runtime, "open_services", lambda settings: open_services(settings, base_clock=clock, mail=mail)
    )
    runtime.close_services()
    try:
        opened = House(services=runtime.services(), clock=clock)
        publish(opened, ALL_GO, version=2)
        yield opened
    finally:
        runtime.close_services()


@pytest.fixture
def stick(house: House, mail: RecordingMail) -> Stick:
    """Have a sample draft come to grief at the mailbox."""

    def stuck(answer: str, *, name: str = "10-", forgetful: bool = False) -> Standing:
        mail.manner = FORGETFUL if forgetful else RecordingMail.manner
        return come_to_grief(house.services, mail, sample(name, house.services), answer)

    return stuck


def in_doubt(stick: Stick) -> Standing:
    """A draft of which only a person can find out whether it left."""
    standing = stick("lost", forgetful=True)
    assert standing.row.state is State.NEEDS_PERSON
    return standing


def refused(stick: Stick) -> Standing:
    """A draft that the mailbox wants nothing of."""
    standing = stick("refused")
    assert standing.row.state is State.FAILED
    return standing


def person_of(house: House, person_id: str) -> Person:
    person = house.services.opened.world.people.person(person_id)
    assert person is not None
    return person


def moment(house: House, standing: Standing, pattern: str) -> str:
    """When the draft came to where it stands, on the clock of the person in whose name it goes out."""
    person = person_of(house, standing.row.on_behalf_of)
    return standing.row.updated_at.astimezone(ZoneInfo(person.timezone)).strftime(pattern)


def named(word: str, standing: Standing) -> str:
    return f"{word}-{standing.row.id}-{standing.row.version}"


def say(page: AppTest, word: str, standing: Standing, reason: str) -> None:
    """Begin to say the word, give the reason, and say it."""
    press(page, f"say-{named(word, standing)}")
    page.text_input(key=f"settled-{word}-{standing.row.id}").input(reason)
    press(page, f"settle-{named(word, standing)}")


def keys(page: AppTest, *beginnings: str) -> list[str]:
    return [button.key for button in page.button if button.key and button.key.startswith(beginnings)]


def bar(page: AppTest) -> list[str]:
    return list(page.segmented_control(key="view").options)


def test_what_needs_a_person_is_shown_with_the_reason_and_counted(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    house.clock.advance(timedelta(hours=2))
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    text = shown(page)
    assert "Needs you · 1" in text
    assert standing.row.subject in text
    assert f"to {', '.join(standing.draft.recipients)}" in text
    assert f"since {moment(house, standing, '%a %d %b, %H:%M')}, 2 h ago" in text
    assert "The reason: lost" in text
    assert "Delivery · 1" in bar(page)


def test_a_reminder_does_not_hide_the_reason(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    house.wait(hours=5)
    assert house.standing(standing.row.id).row.version > standing.row.version
    text = shown(page_for(standing.row.on_behalf_of, view="Delivery"))
    assert "The reason: lost" in text
    assert f"since {moment(house, standing, '%a %d %b, %H:%M')}, 5 h ago" in text


@pytest.mark.usefixtures("house")
def test_where_all_is_well_one_line_says_so_and_nothing_is_counted() -> None:
    page = page_for("ruth", view="Delivery")
    assert "No mail that is yours to settle is stuck or in doubt." in shown(page)
    assert "Delivery" in bar(page)


def test_it_did_leave(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    say(page, "LEFT", standing, SEEN)
    assert "Kept: it did leave." in shown(page)
    assert house.standing(standing.row.id).row.state is State.SENT
    with house.services.store.read() as reader:
        [left] = [e for e in reader.audit.events(draft_id=standing.row.id) if e.kind == "draft.sent"]
    assert (left.actor, left.facts["reason"]) == (f"person:{standing.row.on_behalf_of}", SEEN)
    assert "Delivery" in bar(page)


def test_it_is_tried_again_on_todays_facts_and_watched(house: House, stick: Stick, mail: RecordingMail) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    press(page, f"say-{named('AGAIN', standing)}")
    assert "Had it left before, it would arrive twice." in shown(page)
    page.text_input(key=f"settled-AGAIN-{standing.row.id}").input("It is nowhere")
    press(page, f"settle-{named('AGAIN', standing)}")
    assert house.standing(standing.row.id).row.state is State.SCHEDULED
    assert "It is tried again, on today" in shown(page)
    assert f"undo-{standing.row.id}" in "".join(keys(page, "undo-"))
    house.wait(seconds=1)
    assert house.standing(standing.row.id).row.state is State.SENT
    assert len(mail.delivered) == 1


def test_what_failed_is_tried_again_and_never_said_to_have_left(house: House, stick: Stick) -> None:
    standing = refused(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    assert "It has certainly not left" in shown(page)
    assert keys(page, "say-") == [f"say-{named('AGAIN', standing)}"]
    say(page, "AGAIN", standing, "The mailbox was full; it is not any more")
    assert house.standing(standing.row.id).row.state is State.SCHEDULED


@pytest.mark.parametrize(("word", "reason"), [("LEFT", ""), ("AGAIN", "  ")])
def test_without_a_reason_nothing_is_done_and_the_box_stays_open(
    house: House, stick: Stick, word: str, reason: str
) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    say(page, word, standing, reason)
    assert "Say how you know" in shown(page)
    assert house.standing(standing.row.id).row == standing.row
    assert keys(page, "settle-") == [f"settle-{named(word, standing)}", f"settle-not-{standing.row.id}"]


def test_it_can_be_thought_better_of(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    press(page, f"say-{named('LEFT', standing)}")
    press(page, f"settle-not-{standing.row.id}")
    assert keys(page, "say-") == [f"say-{named(word, standing)}" for word in ("LEFT", "AGAIN")]
    assert house.standing(standing.row.id).row == standing.row


def test_a_word_about_what_has_moved_on_and_come_back_does_not_count(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    press(page, f"say-{named('LEFT', standing)}")
    house.wait(hours=5)  # a reminder
    page.text_input(key=f"settled-LEFT-{standing.row.id}").input(SEEN)
    press(page, f"settle-{named('LEFT', standing)}")
    assert "It has moved on since it was shown to you" in shown(page)
    now = house.standing(standing.row.id)
    assert now.row.state is State.NEEDS_PERSON
    say(page, "LEFT", now, SEEN)
    assert house.standing(standing.row.id).row.state is State.SENT


def test_a_second_press_of_the_same_button_says_nothing_more(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    press(page, f"say-{named('AGAIN', standing)}")
    page.text_input(key=f"settled-AGAIN-{standing.row.id}").input("It is nowhere")
    button = page.button(key=f"settle-{named('AGAIN', standing)}")
    button.click().run()
    button.click().run()
    assert not page.exception
    assert "That was not done" not in shown(page)
    assert "moved on" not in shown(page)


def test_what_failed_leads_to_editing_it(house: House, stick: Stick) -> None:
    standing = refused(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    assert page.button(key=f"visit-{standing.row.id}").label == "Edit or reject it"
    press(page, f"visit-{standing.row.id}")
    assert page.segmented_control(key="view").value == "Review"
    digest = standing.row.digest
    assert not page.button(key=f"edit-{standing.row.id}-{digest}").disabled
    assert not page.button(key=f"reject-{standing.row.id}-{digest}").disabled


def test_their_manager_settles_it_and_reads_it(house: House, stick: Stick) -> None:
    standing = refused(stick)
    manager = person_of(house, standing.row.on_behalf_of).manager
    assert manager is not None
    page = page_for(manager, view="Delivery")
    assert page.button(key=f"visit-{standing.row.id}").label == "Read it"
    say(page, "AGAIN", standing, "The mailbox is open again")
    assert house.standing(standing.row.id).row.state is State.SCHEDULED


def test_a_colleague_is_shown_and_offered_nothing(stick: Stick) -> None:
    standing = in_doubt(stick)
    stick("lost", name="15-")
    page = page_for("yuki", view="Delivery")
    assert "No mail that is yours to settle" in shown(page)
    assert standing.row.subject not in shown(page)
    assert keys(page, "say-", "visit-") == []
    assert "Delivery" in bar(page)


def test_who_lost_the_right_meanwhile_is_refused(house: House, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    standing = in_doubt(stick)
    monkeypatch.setattr("app.desk._may_settle_for", lambda *_: True)
    page = page_for("yuki", view="Delivery")
    say(page, "LEFT", standing, SEEN)
    assert "That was not done" in shown(page)
    assert house.standing(standing.row.id).row == standing.row


def test_what_the_gate_finds_out_asks_nothing_of_anybody(house: House, stick: Stick) -> None:
    standing = stick("lost")
    assert standing.row.state is State.UNKNOWN
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    text = shown(page)
    assert "The gate finds out by itself · 1" in text
    assert "Nothing to do." in text
    assert f"the mailbox is asked next at {moment(house, standing, '%H:%M')}" in text
    assert keys(page, "say-", "visit-") == []
    assert "Delivery" in bar(page)
    house.clock.advance(timedelta(minutes=2))
    late = shown(page_for(standing.row.on_behalf_of, view="Delivery"))
    assert f"the mailbox is to be asked since {moment(house, standing, '%H:%M')}" in late


@pytest.mark.parametrize(("minutes", "doubted"), [(0, False), (60, True)])
def test_what_is_being_sent_is_in_doubt_once_its_lease_has_run_out(house: House, minutes: int, doubted: bool) -> None:
    submitted = house.submit("10-")
    gate = house.services.gate
    prepared = gate.dispatcher.prepare(
        submitted.row, submitted.draft, submitted.assessment.sender, at=house.services.clock.now()
    )
    with house.services.store.write(now=house.services.clock.now()) as tx:
        gate.dispatcher.begin(tx, submitted.row, prepared)
    house.clock.advance(timedelta(minutes=minutes))
    text = shown(page_for(submitted.row.on_behalf_of, view="Delivery"))
    assert ("the mailbox is to be asked since" in text) is doubted


def test_a_mailbox_is_asked_now_and_one_that_wants_quiet_another_day(house: House, stick: Stick) -> None:
    standing = stick("lost")
    now, dispatcher = house.services.clock.now(), house.services.gate.dispatcher
    with house.services.store.write(now=now) as tx:
        row, intent = dispatcher.take_over(tx, standing.row)
    assert row.state is State.RECONCILING
    assert "the mailbox is being asked now" in shown(page_for("ruth", view="Delivery"))
    later = now + timedelta(days=1)
    with house.services.store.write(now=now) as tx:
        dispatcher.settle(tx, row, intent, quiet("priya@ours.example", until=later), in_doubt=True)
    then = day_and_time(later, person_of(house, "ruth"))
    assert f"the mailbox is asked next at {then}" in shown(page_for("ruth", view="Delivery"))


def test_what_was_settled_while_the_page_was_read_is_left_out(
    house: House, stick: Stick, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = in_doubt(stick)
    house.services.gate.settle_send(
        standing.row.id, person="ruth", digest=standing.row.digest, left=True, reason=SEEN
    )
    monkeypatch.setattr("app.desk.stuck", lambda *_, **__: [standing.row])
    page = page_for("ruth", view="Delivery")
    assert standing.row.subject not in shown(page)
    assert keys(page, "say-") == []


def test_more_than_fit_are_counted(house: House, stick: Stick, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "_SHOWN", 1)
    standing = in_doubt(stick)
    house.clock.advance(timedelta(seconds=1))
    stick("refused", name="15-")
    stick("lost", name="07-")
    stick("lost", name="08-")
    page = page_for("ruth", view="Delivery")
    assert "Delivery · 2" in bar(page)
    assert "1 more stand behind these." in shown(page)
    assert "1 more are asked about after these." in shown(page)
    assert keys(page, "visit-") == [f"visit-{standing.row.id}"]


def test_what_was_typed_stays_while_the_mail_is_read(house: House, stick: Stick) -> None:
    standing = in_doubt(stick)
    page = page_for(standing.row.on_behalf_of, view="Delivery")
    press(page, f"say-{named('LEFT', standing)}")
    box = f"settled-LEFT-{standing.row.id}"
    page.text_input(key=box).input(SEEN).run()
    page.segmented_control(key="view").set_value("Review").run()
    page.segmented_control(key="view").set_value("Delivery").run()
    assert page.text_input(key=box).value == SEEN
    assert house.standing(standing.row.id).row == standing.row
