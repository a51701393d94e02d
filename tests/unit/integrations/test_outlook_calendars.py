"""Outlook calendars: what takes time, whose account shows it, what changed, and how old the answer is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.core.clock import ManualClock
from app.core.errors import FactUnavailable, NotAvailable
from app.core.facts import BusySlot, Person
from app.core.grants import Grant
from integrations.calendars.outlook import OutlookCalendars
from integrations.calendars.outlook.slots import of_event, of_schedule
from integrations.credentials.microsoft import CALENDAR, SEND, ApplicationAccess, MicrosoftApp
from integrations.graph import Graph, Unreadable
from tests.support.graph.answers import Answer, failed
from tests.support.graph.calendars import event, occurrence
from tests.support.graph.house import NOW, House
from tests.support.graph.server import GraphDouble, running_graph

MAYA = Person(id="maya", email="maya@ours.example", name="Maya", timezone="Europe/Berlin")
OMAR = Person(id="omar", email="omar@ours.example", name="Omar", timezone="America/New_York")
IDA = Person(id="ida", email="ida@ours.example", name="Ida")
FROM, TO = datetime(2026, 11, 18, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphDouble]:
    with running_graph(tmp_path_factory.mktemp("graph")) as running:
        yield running


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def house(double: GraphDouble, clock: ManualClock) -> House:
    double.diaries.clear()
    double.login_says = None
    house = House(double, clock=clock)
    house.sign_in(MAYA.email, CALENDAR)
    return house


@pytest.fixture
def calendars(house: House, clock: ManualClock) -> OutlookCalendars:
    return OutlookCalendars(house.graph, clock=clock)


def names(slots: object) -> list[str]:
    assert isinstance(slots, list)
    return [slot.summary for slot in slots]


# ── what takes time ───────────────────────────────────────────────────────────────────────────────────────────


def slot(**more: Any) -> BusySlot | None:
    return of_event(event("Call", "2026-11-18T09:00", "2026-11-18T10:00", **more), MAYA)


def test_an_event_stands_in_the_zone_of_its_person() -> None:
    assert slot(location=" Room  5 ") == BusySlot(
        start=datetime(2026, 11, 18, 10, tzinfo=ZoneInfo("Europe/Berlin")),
        end=datetime(2026, 11, 18, 11, tzinfo=ZoneInfo("Europe/Berlin")),
        summary="Call",
        location="Room 5",
    )


@pytest.mark.parametrize(
    "more",
    [{"showAs": "free"}, {"showAs": "workingElsewhere"}, {"isCancelled": True}, {"response": "declined"}],
)
def test_what_takes_no_time(more: dict[str, Any]) -> None:
    assert slot(**more) is None


@pytest.mark.parametrize(
    ("more", "tentative", "away"),
    [
        ({}, False, False),
        ({"showAs": "tentative"}, True, False),
        ({"response": "tentativelyAccepted"}, True, False),
        ({"response": "notResponded"}, True, False),
        ({"showAs": "oof"}, False, True),
        ({"showAs": "something new"}, False, False),
        ({"showAs": None}, False, False),
    ],
)
def test_how_time_is_taken(more: dict[str, Any], tentative: bool, away: bool) -> None:
    found = slot(**more)
    assert found is not None
    assert (found.tentative, found.away) == (tentative, away)


@pytest.mark.parametrize(
    ("start", "end"), [("2026-11-18T00:00", "2026-11-19T00:00"), ("2026-11-17T23:00", "2026-11-18T23:00")]
)
def test_an_all_day_event_is_a_day_of_its_person(start: str, end: str) -> None:
    found = of_event(event("Leave", start, end, isAllDay=True, showAs="oof"), MAYA)
    assert found is not None
    day = datetime(2026, 11, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    assert (found.start, found.end, found.all_day) == (day, day + timedelta(days=1), True)


@pytest.mark.parametrize("when", [None, {"dateTime": "soon"}, {"dateTime": "2026-11-18T09:00", "timeZone": "CET"}])
def test_an_event_without_a_time_is_not_passed_over(when: object) -> None:
    with pytest.raises(Unreadable, match="an event"):
        of_event({"start": when, "end": when}, MAYA)


def test_a_view_of_figures_alone_becomes_slots() -> None:
    start = datetime(2026, 11, 18, 9, tzinfo=UTC)
    found = list(of_schedule({"availabilityView": "0112234?", "scheduleItems": []}, OMAR, start))
    minutes = [(int((one.start - start) / MINUTE), int((one.end - start) / MINUTE)) for one in found]
    assert minutes == [(15, 45), (45, 75), (75, 90), (105, 120)]
    assert [(one.tentative, one.away) for one in found] == [
        (True, False),
        (False, False),
        (False, True),
        (False, False),
    ]
    with pytest.raises(Unreadable):
        list(of_schedule({}, OMAR, start))


# ── one's own calendar ────────────────────────────────────────────────────────────────────────────────────────


def test_ones_own_calendar_is_read_over_many_pages_and_in_order(house: House, calendars: OutlookCalendars) -> None:
    day = "2026-11-19T"
    hours = (15, 9, 13, 11, 10)
    house.double.diaries.put(
        MAYA.email, *(event(f"At {hour}", f"{day}{hour:02}:00", f"{day}{hour:02}:30") for hour in hours)
    )
    assert names(calendars.busy(MAYA, FROM, TO)) == ["At 9", "At 10", "At 11", "At 13", "At 15"]
    at_ten = datetime(2026, 11, 19, 10, tzinfo=UTC)
    assert names(calendars.busy(MAYA, at_ten, at_ten + 2 * MINUTE)) == ["At 10"]
    assert calendars.as_of(MAYA) == NOW
    assert house.double.diaries.calls == ["GET calendarView/delta"] * 3


def test_only_what_changed_is_read_again(house: House, calendars: OutlookCalendars, clock: ManualClock) -> None:
    diaries = house.double.diaries
    diaries.put(MAYA.email, *(event(f"E{n}", "2026-11-19T09:00", "2026-11-19T10:00") for n in range(6)))
    assert len(calendars.busy(MAYA, FROM, TO)) == 6
    diaries.calls.clear()
    clock.advance(2 * MINUTE)
    diaries.strike(MAYA.email, "E0")
    diaries.put(MAYA.email, event("E1", "2026-11-20T09:00", "2026-11-20T10:00", subject="moved"))
    assert names(calendars.busy(MAYA, FROM, TO)) == ["E2", "E3", "E4", "E5", "moved"]
    assert diaries.calls == ["GET calendarView/delta"]
    assert calendars.as_of(MAYA) == NOW + 2 * MINUTE


def test_within_a_minute_nothing_is_asked_again(
    house: House, calendars: OutlookCalendars, clock: ManualClock
) -> None:
    calendars.busy(MAYA, FROM, TO)
    house.double.diaries.calls.clear()
    clock.advance(MINUTE)
    calendars.busy(MAYA, FROM, TO)
    assert house.double.diaries.calls == []


def test_what_graph_has_forgotten_is_read_anew(house: House, calendars: OutlookCalendars, clock: ManualClock) -> None:
    diaries = house.double.diaries
    diaries.put(MAYA.email, event("Old", "2026-11-19T09:00", "2026-11-19T10:00"))
    calendars.busy(MAYA, FROM, TO)
    diaries.strike(MAYA.email, "Old")
    diaries.put(MAYA.email, event("New", "2026-11-19T09:00", "2026-11-19T10:00"))
    diaries.forget(MAYA.email)
    clock.advance(2 * MINUTE)
    assert names(calendars.busy(MAYA, FROM, TO)) == ["New"]


def test_an_occurrence_is_what_its_series_is(house: House, calendars: OutlookCalendars) -> None:
    master = event("Standup", "2026-11-18T09:00", "2026-11-18T09:15", type="seriesMaster", showAs="tentative")
    free = event("Lunch", "2026-11-18T12:00", "2026-11-18T13:00", type="seriesMaster", showAs="free")
    house.double.diaries.put(
        MAYA.email,
        occurrence("s1", "2026-11-19T09:00", "2026-11-19T09:15", of="Standup"),
        master,
        free,
        occurrence("l1", "2026-11-19T12:00", "2026-11-19T13:00", of="Lunch"),
        occurrence("x1", "2026-11-19T14:00", "2026-11-19T15:00", of="Nowhere"),
    )
    first, lost = calendars.busy(MAYA, FROM, TO)
    assert (first.summary, first.tentative, first.start.day) == ("Standup", True, 19)
    assert (lost.summary, lost.start.hour) == ("", 15)


def test_an_account_that_may_follow_no_changes_is_read_in_full(
    house: House, calendars: OutlookCalendars, clock: ManualClock
) -> None:
    diaries = house.double.diaries
    diaries.no_delta = True
    diaries.put(MAYA.email, *(event(f"E{n}", "2026-11-19T09:00", "2026-11-19T10:00") for n in range(3)))
    assert len(calendars.busy(MAYA, FROM, TO)) == 3
    clock.advance(2 * MINUTE)
    diaries.strike(MAYA.email, "E0")
    assert len(calendars.busy(MAYA, FROM, TO)) == 2


def test_a_stretch_beyond_what_is_known_is_read(house: House, calendars: OutlookCalendars) -> None:
    house.double.diaries.put(MAYA.email, event("Far", "2027-03-01T09:00", "2027-03-01T10:00"))
    calendars.busy(MAYA, FROM, TO)
    assert names(calendars.busy(MAYA, FROM, TO + timedelta(days=200))) == ["Far"]


# ── colleagues ────────────────────────────────────────────────────────────────────────────────────────────────


def test_colleagues_are_looked_up_through_one_who_signed_in_many_at_once(
    house: House, calendars: OutlookCalendars, clock: ManualClock
) -> None:
    diaries = house.double.diaries
    for person in (OMAR, IDA):
        diaries.put(person.email, event("Call", "2026-11-19T09:00", "2026-11-19T10:00", showAs="tentative"))
    [found] = calendars.busy(OMAR, FROM, TO)
    assert (found.start.hour, found.tentative) == (4, True)
    calendars.busy(IDA, FROM, TO)
    clock.advance(2 * MINUTE)
    diaries.calls.clear()
    for person in (OMAR, IDA):
        calendars.busy(person, FROM, TO)
        assert calendars.as_of(person) == NOW + 2 * MINUTE
    assert diaries.calls == ["POST calendar/getSchedule"]


def test_a_colleague_who_shows_only_when_they_are_busy(house: House, calendars: OutlookCalendars) -> None:
    house.double.diaries.shows_items = False
    house.double.diaries.put(OMAR.email, event("Secret", "2026-11-19T09:00", "2026-11-19T10:00", showAs="oof"))
    [found] = calendars.busy(OMAR, FROM, TO)
    assert (found.summary, found.away, found.start) == ("", True, datetime(2026, 11, 19, 9, tzinfo=UTC))


def test_a_whole_day_of_a_colleague_is_one(house: House, calendars: OutlookCalendars) -> None:
    house.double.diaries.put(OMAR.email, event("Leave", "2026-11-19T05:00", "2026-11-20T05:00", showAs="oof"))
    [found] = calendars.busy(OMAR, FROM, TO)
    assert found.all_day


@pytest.mark.parametrize(
    ("person", "end", "words"),
    [
        (IDA, TO, r"is not shown the time of ida.*accounts connect microsoft --account ida@ours\.example"),
        (Person(id="eve", email="eve@theirs.example", name="Eve"), TO, "nobody who sees the time of eve signed in"),
        (OMAR, FROM + timedelta(days=70), "no more than 62 days"),
    ],
)
def test_a_colleague_whose_time_nobody_sees(
    house: House, calendars: OutlookCalendars, person: Person, end: datetime, words: str
) -> None:
    house.double.diaries.put(OMAR.email)
    with pytest.raises(FactUnavailable, match=words):
        calendars.busy(person, FROM, end)
    with pytest.raises(FactUnavailable, match="not read yet"):
        calendars.as_of(person)


def test_whoever_agreed_to_mail_alone_shows_nobodys_time(house: House, calendars: OutlookCalendars) -> None:
    house.sign_in(MAYA.email, SEND)
    with pytest.raises(FactUnavailable, match="nobody who sees the time of maya"):
        calendars.busy(MAYA, FROM, TO)


def test_an_application_looks_everybody_up_by_their_address(house: House, clock: ManualClock) -> None:
    double = house.double
    app = MicrosoftApp(
        client_id="c", tenant="t", client_secret="s", authority=double.authority, ca_file=double.ca_file
    )
    double.mailbox_of_application = OMAR.email
    double.diaries.put(OMAR.email, event("Call", "2026-11-19T09:00", "2026-11-19T10:00"))
    graph = Graph(ApplicationAccess(app), clock=clock, base=double.base)
    assert names(OutlookCalendars(graph, clock=clock).busy(OMAR, FROM, TO)) == ["Call"]


# ── when there is no answer ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (
            failed(503, "ServiceUnavailable", pause=MINUTE),
            "503 ServiceUnavailable; it wants to be asked again in 60 s",
        ),
        (failed(429, "ApplicationThrottled"), "429 ApplicationThrottled"),
        (Answer(status=200, body=b"<html>"), "no JSON"),
        (Answer(status=200, body={"value": 1}), "no list"),
        (Answer(status=200, body={"value": [{"subject": "?"}]}), "an event without an id"),
        (Answer(status=200, body={"value": [], "@odata.nextLink": "https://elsewhere.example/"}), "away from Graph"),
    ],
)
def test_what_is_known_counts_for_a_while_and_its_age_is_told(
    house: House, calendars: OutlookCalendars, clock: ManualClock, says: Answer, words: str
) -> None:
    house.double.diaries.put(MAYA.email, event("Call", "2026-11-19T09:00", "2026-11-19T10:00"))
    calendars.busy(MAYA, FROM, TO)
    house.double.diaries.says = says
    clock.advance(15 * MINUTE)
    assert names(calendars.busy(MAYA, FROM, TO)) == ["Call"]
    assert calendars.as_of(MAYA) == NOW
    clock.advance(MINUTE)
    with pytest.raises(FactUnavailable, match=words) as raised:
        calendars.busy(MAYA, FROM, TO)
    assert raised.value.source == "calendar"


@pytest.mark.parametrize(("says", "words"), [(failed(403, "ErrorAccessDenied"), "403"), (failed(404, "X"), "404")])
def test_what_may_be_seen_no_more_is_not_shown_from_memory(
    house: House, calendars: OutlookCalendars, clock: ManualClock, says: Answer, words: str
) -> None:
    calendars.busy(MAYA, FROM, TO)
    house.double.diaries.says = says
    clock.advance(2 * MINUTE)
    with pytest.raises(FactUnavailable, match=words):
        calendars.busy(MAYA, FROM, TO)


def test_a_sign_in_that_is_over_is_told(house: House, calendars: OutlookCalendars, clock: ManualClock) -> None:
    calendars.busy(MAYA, FROM, TO)
    house.double.exchange.void(MAYA.email, close=True)
    clock.advance(2 * MINUTE)
    with pytest.raises(FactUnavailable, match="accounts connect microsoft"):
        calendars.busy(MAYA, FROM, TO)


def test_an_authority_that_cannot_tell_leaves_what_is_known(
    house: House, calendars: OutlookCalendars, clock: ManualClock
) -> None:
    calendars.busy(MAYA, FROM, TO)
    house.double.exchange.void(MAYA.email, close=False)
    house.double.login_says = Answer(status=503)
    clock.advance(2 * MINUTE)
    assert calendars.busy(MAYA, FROM, TO) == []
    assert calendars.as_of(MAYA) == NOW


def test_grants_that_cannot_be_read_are_told(
    house: House, calendars: OutlookCalendars, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: str) -> tuple[Grant, ...]:
        raise NotAvailable("the key")

    monkeypatch.setattr(house.grants, "all_of", closed)
    with pytest.raises(FactUnavailable, match="needs the key"):
        calendars.busy(MAYA, FROM, TO)
