"""Google Calendar behind the port, on the double of our own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.core.clock import ManualClock
from app.core.errors import FactUnavailable, NotAvailable
from app.core.facts import BusySlot, Person
from app.core.grants import Grant
from integrations.calendars.google import GoogleCalendars
from integrations.credentials.google import GrantedKeys, scopes_for
from tests.emulators.google.calendar_double import CalendarDouble
from tests.emulators.google.front import Front
from tests.emulators.google.keys import MemoryGrants
from tests.emulators.google.suite import app_at
from tests.emulators.google.tokens import keep
from tests.support.provider.faults import Fault

NOW = datetime(2026, 11, 18, 9, 0, tzinfo=UTC)
MAYA = Person(id="maya", email="maya@ours.example", name="Maya Stern", timezone="Europe/Berlin")
OMAR = Person(id="omar", email="omar@ours.example", name="Omar Haddad", timezone="America/New_York")
DAY = timedelta(days=1)


class House:
    """Two people, their calendars, and the gate's view of them."""

    def __init__(self, double: CalendarDouble, front: Front) -> None:
        self.google, self.front = double, front
        self.grants, self.clock = MemoryGrants(), ManualClock(NOW)
        for person in (MAYA, OMAR):
            double.book(person.email)

    def connect(self, person: Person, *features: str) -> None:
        keep(self.grants, self.google.sign_in.let_in, person.email, scopes_for(*features))

    def calendars(self, *, viewer: str = "") -> GoogleCalendars:
        keys = GrantedKeys(self.grants, app_at(self.front), clock=self.clock)
        return GoogleCalendars(keys, clock=self.clock, viewer=viewer, root=self.front.root)

    def put(self, person: Person, key: str, hours: tuple[int, int], **more: Any) -> None:
        start, end = (NOW.replace(hour=0) + timedelta(hours=hour) for hour in hours)
        stated = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
        self.google.put(person.email, {"id": key, "status": "confirmed", "summary": key, **stated, **more})

    def asked(self, what: str) -> int:
        return sum(call.path.endswith(what) for call in self.front.calls)


@pytest.fixture
def house() -> Iterator[House]:
    double = CalendarDouble()
    with Front(double) as front:
        made = House(double, front)
        yield made
        assert front.objections == []


def busy(calendars: GoogleCalendars, person: Person = MAYA, days: int = 5) -> list[BusySlot]:
    return list(calendars.busy(person, NOW, NOW + days * DAY))


# ── titles ────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_event_with_its_title_and_place_in_the_zone_of_its_owner(house: House) -> None:
    house.connect(MAYA, "titles")
    house.put(MAYA, "Pipeline review", (34, 35), location="Room 4")
    [slot] = busy(house.calendars())
    assert (slot.summary, slot.location, slot.tentative, slot.away) == ("Pipeline review", "Room 4", False, False)
    assert slot.start.isoformat() == "2026-11-19T11:00:00+01:00"


@pytest.mark.parametrize(
    ("more", "tentative", "away"),
    [
        ({"status": "tentative"}, True, False),
        ({"attendees": [{"email": MAYA.email, "self": True, "responseStatus": "tentative"}]}, True, False),
        ({"attendees": [{"email": "lee@acme.example", "responseStatus": "declined"}]}, False, False),
        ({"eventType": "outOfOffice"}, False, True),
        ({"eventType": "focusTime"}, False, False),
    ],
)
def test_what_takes_time(house: House, more: dict[str, Any], *, tentative: bool, away: bool) -> None:
    house.connect(MAYA, "titles")
    house.put(MAYA, "x", (34, 35), **more)
    [slot] = busy(house.calendars())
    assert (slot.tentative, slot.away) == (tentative, away)


@pytest.mark.parametrize(
    "more",
    [
        {"status": "cancelled"},
        {"transparency": "transparent"},
        {"eventType": "workingLocation"},
        {"attendees": [{"email": MAYA.email, "self": True, "responseStatus": "declined"}]},
    ],
)
def test_what_takes_none(house: House, more: dict[str, Any]) -> None:
    house.connect(MAYA, "titles")
    house.put(MAYA, "x", (34, 35), **more)
    assert busy(house.calendars()) == []


def test_a_day_of_leave_stands_in_the_zone_of_its_owner(house: House) -> None:
    house.connect(MAYA, "titles")
    days = {"start": {"date": "2026-11-19"}, "end": {"date": "2026-11-20"}}
    house.google.put(MAYA.email, {"id": "leave", "status": "confirmed", "summary": "Annual leave", **days})
    [slot] = busy(house.calendars())
    assert (slot.all_day, slot.away, slot.start.isoformat()) == (True, True, "2026-11-19T00:00:00+01:00")


def test_an_answer_is_given_again_until_it_grows_old_and_says_how_old_it_is(house: House) -> None:
    house.connect(MAYA, "titles")
    calendars = house.calendars()
    busy(calendars)
    house.clock.advance(timedelta(seconds=20))
    busy(calendars, days=2)
    assert (house.asked("/events"), calendars.as_of(MAYA)) == (1, NOW)
    house.clock.advance(timedelta(seconds=20))
    busy(calendars)
    assert (house.asked("/events"), calendars.as_of(MAYA)) == (2, NOW + timedelta(seconds=40))


def test_only_changes_are_read_again(house: House) -> None:
    house.connect(MAYA, "titles")
    house.put(MAYA, "stays", (34, 35))
    house.put(MAYA, "goes", (36, 37))
    calendars = house.calendars()
    assert [slot.summary for slot in busy(calendars)] == ["stays", "goes"]
    house.put(MAYA, "goes", (36, 37), status="cancelled")
    house.put(MAYA, "new", (30, 31))
    house.clock.advance(timedelta(minutes=1))
    assert [slot.summary for slot in busy(calendars)] == ["new", "stays"]
    assert house.front.calls[-1].parameter("syncToken") == "2"


def test_where_google_has_forgotten_all_is_read_again(house: House) -> None:
    house.connect(MAYA, "titles")
    calendars = house.calendars()
    house.put(MAYA, "first", (34, 35))
    busy(calendars)
    house.put(MAYA, "second", (36, 37))
    house.google.book(MAYA.email).forgotten = 2
    house.clock.advance(timedelta(minutes=1))
    assert [slot.summary for slot in busy(calendars)] == ["first", "second"]
    assert house.asked("/events") == 3


def test_a_long_calendar_is_read_once_and_then_by_its_changes(house: House) -> None:
    """5,000 events, three in ten of them weekly."""
    house.connect(MAYA, "titles")
    for number in range(5000):
        house.put(MAYA, f"e{number}", (24 + number % 400, 25 + number % 400))
    house.google.book(MAYA.email).weekly = frozenset(f"e{number}" for number in range(0, 5000, 10)) | frozenset(
        f"e{number}" for number in range(1, 5000, 5)
    )
    calendars = house.calendars()
    first = busy(calendars)
    pages = house.asked("/events")
    house.put(MAYA, "one more", (25, 26))
    house.clock.advance(timedelta(minutes=1))
    assert len(busy(calendars)) == len(first) + 1
    assert (pages > 4, house.asked("/events")) == (True, pages + 1)


# ── free and busy ─────────────────────────────────────────────────────────────────────────────────────────


def test_without_titles_only_when_somebody_is_busy(house: House) -> None:
    house.connect(MAYA, "calendar")
    house.put(MAYA, "secret", (34, 35))
    house.put(MAYA, "free", (36, 37), transparency="transparent")
    assert [(slot.summary, slot.start.isoformat()) for slot in busy(house.calendars())] == [
        ("", "2026-11-19T11:00:00+01:00")
    ]


def test_a_colleague_is_looked_up_by_an_account_that_may_see_them(house: House) -> None:
    house.connect(MAYA, "calendar")
    house.put(OMAR, "x", (34, 35))
    calendars = house.calendars(viewer=MAYA.email)
    with pytest.raises(FactUnavailable, match=r"no calendar of omar@ours\.example \(notFound\).*connect google"):
        busy(calendars, OMAR)
    house.google.shows[MAYA.email].add(OMAR.email)
    house.clock.advance(timedelta(minutes=1))
    assert [slot.start.isoformat() for slot in busy(calendars, OMAR)] == ["2026-11-19T05:00:00-05:00"]


def test_many_colleagues_are_asked_about_at_once_and_never_more_than_fifty(house: House) -> None:
    house.connect(MAYA, "calendar")
    people = [Person(id=f"p{n}", email=f"p{n}@ours.example", name=f"P {n}") for n in range(60)]
    calendars = house.calendars(viewer=MAYA.email)
    for person in people:
        house.google.book(person.email)
        house.google.shows[MAYA.email].add(person.email)
        busy(calendars, person)
    before = house.asked("/freeBusy")
    house.clock.advance(timedelta(minutes=1))
    for person in people:
        busy(calendars, person)
    assert (before, house.asked("/freeBusy") - before) == (60, 2)


# ── what cannot be had ────────────────────────────────────────────────────────────────────────────────────


def test_nobody_has_connected_anything(house: House) -> None:
    with pytest.raises(FactUnavailable, match=r"connect google --account maya@ours\.example"):
        busy(house.calendars())


def test_a_house_without_its_key(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def all_of(_: str) -> tuple[Grant, ...]:
        raise NotAvailable("COUNTERSIGN_SECRET_KEY")

    monkeypatch.setattr(house.grants, "all_of", all_of)
    with pytest.raises(FactUnavailable, match="COUNTERSIGN_SECRET_KEY"):
        busy(house.calendars())


def test_an_account_that_was_connected_for_mail_alone(house: House) -> None:
    house.connect(MAYA, "send")
    with pytest.raises(FactUnavailable, match="nobody has let the gate look"):
        house.calendars().as_of(MAYA)


@pytest.mark.parametrize("fault", [Fault.DROPPED, Fault.TRUNCATED, Fault.GARBAGE, Fault.ERROR_BEFORE, Fault.REVOKED])
@pytest.mark.parametrize("feature", ["titles", "calendar"])
def test_what_goes_wrong_is_no_answer(house: House, feature: str, fault: Fault) -> None:
    house.connect(MAYA, feature)
    house.put(MAYA, "x", (34, 35))
    calendars = house.calendars()
    busy(calendars)
    house.clock.advance(timedelta(minutes=1))
    house.front.hurt(lambda call: "/calendar/v3/" in call.path, fault)
    with pytest.raises(FactUnavailable):
        busy(calendars)
    house.front.sign_in()
    house.connect(MAYA, feature)
    assert len(busy(calendars)) == 1


def test_google_is_left_alone_for_as_long_as_it_asks(house: House) -> None:
    house.connect(MAYA, "titles")
    calendars = house.calendars()
    house.front.hurt(lambda call: call.path.endswith("/events"), Fault.THROTTLED)
    with pytest.raises(FactUnavailable, match="429"):
        busy(calendars)
    with pytest.raises(FactUnavailable, match=r"quiet from maya@ours\.example until 09:02:00 UTC"):
        busy(calendars)
    house.clock.advance(timedelta(minutes=2))
    assert (busy(calendars), house.asked("/events")) == ([], 2)


def test_an_event_that_cannot_be_read_is_no_free_time(house: House) -> None:
    house.connect(MAYA, "titles")
    calendars = house.calendars()
    busy(calendars)
    house.put(MAYA, "x", (34, 35), start={"dateTime": "soon"})
    house.clock.advance(timedelta(minutes=1))
    with pytest.raises(FactUnavailable, match="an event cannot be read"):
        busy(calendars)
