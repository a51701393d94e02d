"""Busy times from a calendar at a private address, over HTTP on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.core.clock import ManualClock
from app.core.errors import FactUnavailable, InvalidInput, NotAvailable
from app.core.facts import Person
from app.core.grants import Grant
from integrations.calendars import ics_address
from integrations.calendars.ics_address import checked, shown
from integrations.calendars.ics_addresses import PROVIDER, IcsAddresses
from tests.emulators.google.keys import MemoryGrants
from tests.support.far_ends import certified
from tests.support.published import ETAG, PATH, SECRET, SINCE, Published, publishing
from tests.unit.integrations.worlds import calendar, event

MAYA = Person(id="maya", email="Maya@ours.example", name="Maya", timezone="America/New_York")
ACCOUNT = "maya@ours.example"
START = datetime(2026, 11, 18, 14, tzinfo=UTC)
DAY = timedelta(days=1)
WEEKLY = event("DTSTART:20261104T150000Z", "DTEND:20261104T160000Z", "RRULE:FREQ=WEEKLY", "SUMMARY:Sync")
LUNCH = event("DTSTART:20261118T170000Z", "DTEND:20261118T180000Z", "SUMMARY:Lunch", uid="2")
OLD, TOO_OLD = timedelta(minutes=2), timedelta(minutes=16)


class House:
    """Maya's address, who may read it, and the time."""

    def __init__(self, published: Published) -> None:
        self.published = published
        self.clock = ManualClock(START)
        self.grants = MemoryGrants()
        self.hand_in(published.url)
        self.calendars = self.opened()

    def hand_in(self, address: str) -> None:
        self.grants.keep(PROVIDER, ACCOUNT, address, ())

    @property
    def closed(self) -> str:
        """Why the address is no use any more."""
        grant = self.grants.of(PROVIDER, ACCOUNT)
        assert grant is not None
        return grant.closed

    def opened(self, *, patience: timedelta = timedelta(seconds=20), **more: float | str) -> IcsAddresses:
        return IcsAddresses(self.grants, clock=self.clock, patience=patience, **more)  # type: ignore[arg-type]

    def titles(self) -> list[str]:
        return [slot.summary for slot in self.calendars.busy(MAYA, START, START + DAY)]

    def unknown(self) -> str:
        """Why it is. Never a word of the secret, nor of what the server said."""
        with pytest.raises(FactUnavailable) as told:
            self.titles()
        assert told.value.source == "calendar"
        for held in (SECRET, self.published.root, "no\n"):
            assert held not in str(told.value)
        assert told.value.__cause__ is None
        return told.value.reason


@pytest.fixture
def published() -> Iterator[Published]:
    with publishing(calendar(WEEKLY)) as told:
        yield told


@pytest.fixture
def house(published: Published) -> House:
    return House(published)


def test_repetitions_are_read_as_in_a_file_and_the_age_is_told(house: House) -> None:
    [slot] = house.calendars.busy(MAYA, START, START + DAY)
    assert f"{slot.start:%m-%d %H:%M%z}" == "11-18 10:00-0500"
    assert house.calendars.as_of(MAYA) == START
    [(path, heads)] = house.published.asked
    assert (path, heads["user-agent"]) == (PATH, "countersign")


def test_a_copy_that_is_fresh_serves_without_asking(house: House) -> None:
    for _ in range(3):
        assert house.titles() == ["Sync"]
    house.clock.advance(timedelta(minutes=1))
    assert house.titles() == ["Sync"]
    assert len(house.published.asked) == 1


@pytest.mark.parametrize(
    ("etag", "since", "asked"), [(ETAG, "", (ETAG, None)), ("", SINCE, (None, SINCE)), (ETAG, SINCE, (ETAG, SINCE))]
)
def test_later_only_what_has_changed_is_read(
    house: House, etag: str, since: str, asked: tuple[str | None, str | None]
) -> None:
    house.published.etag, house.published.last_modified = etag, since
    assert house.titles() == ["Sync"]
    house.published.content = b"never sent again"
    house.clock.advance(OLD)
    assert house.titles() == ["Sync"]
    assert house.published.conditions == [(None, None), asked]
    assert house.calendars.as_of(MAYA) == START + OLD


def test_a_change_is_seen(house: House) -> None:
    assert house.titles() == ["Sync"]
    house.published.content, house.published.etag = calendar(WEEKLY, LUNCH).encode(), '"two"'
    house.clock.advance(OLD)
    assert house.titles() == ["Sync", "Lunch"]


def test_without_marks_all_of_it_is_read_each_time(house: House) -> None:
    house.published.etag = ""
    assert house.titles() == ["Sync"]
    house.clock.advance(OLD)
    assert house.titles() == ["Sync"]
    assert house.published.conditions == [(None, None), (None, None)]


def test_nothing_changed_is_no_answer_to_a_first_question(house: House) -> None:
    house.published.status = 304
    assert house.unknown() == "the calendar address of maya cannot be read: its server answers 304"


@pytest.mark.parametrize("status", [404, 410])
def test_an_address_that_is_gone_is_asked_for_again_once(house: House, status: int) -> None:
    assert house.titles() == ["Sync"]
    house.published.status = status
    house.clock.advance(OLD)
    assert house.unknown() == (
        f"the calendar address of maya cannot be read: its server says that there is none any more ({status}); "
        "run `countersign accounts connect ics --for maya`"
    )
    assert house.closed == f"its server says that there is none any more ({status})"
    asked = len(house.published.asked)
    assert "is no use any more" in house.unknown()
    assert len(house.published.asked) == asked
    assert house.grants.told == [ACCOUNT]


def test_another_address_takes_over_at_once(house: House) -> None:
    assert house.titles() == ["Sync"]
    with publishing(calendar(LUNCH)) as other:
        house.hand_in(other.url)
        assert house.titles() == ["Lunch"]
        assert other.conditions == [(None, None)]


def test_without_an_address_it_says_how_one_is_handed_in(house: House) -> None:
    tom = replace(MAYA, id="tom", email="tom@ours.example")
    with pytest.raises(FactUnavailable, match=r"for tom; run `countersign accounts connect ics --for tom`"):
        house.calendars.busy(tom, START, START + DAY)
    with pytest.raises(FactUnavailable, match="nobody has handed in an address"):
        house.calendars.as_of(tom)


def test_without_the_key_it_is_unknown(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def sealed(_provider: str, _account: str) -> Grant:
        raise NotAvailable("the key")

    monkeypatch.setattr(house.grants, "of", sealed)
    assert "the key" in house.unknown()


# ── servers that do not do as they should ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_refusal_is_unknown_and_closes_nothing(house: House, status: int) -> None:
    house.published.status = status
    assert house.unknown() == f"the calendar address of maya cannot be read: its server answers {status}"
    house.published.status = 200
    assert house.titles() == ["Sync"]
    assert house.closed == ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Sign in</html>",
        b"\xff\xfe\x00",
        calendar(WEEKLY)[:-30].encode(),
        (calendar(WEEKLY) + calendar(LUNCH)[:60]).encode(),
        calendar(event("DTSTART:whenever")).encode(),
        calendar("BEGIN:VFREEBUSY", "FREEBUSY:20261118T150000Z/PT1H", "END:VFREEBUSY").encode(),
    ],
)
def test_what_is_no_calendar_or_not_all_of_one_is_unknown(house: House, content: bytes) -> None:
    house.published.content = content
    assert house.unknown() == (
        "the calendar address of maya cannot be read: what is there is no calendar, or not all of it can be read"
    )


def test_an_event_that_cannot_be_expanded_is_unknown(house: House) -> None:
    house.published.content = calendar(
        event("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z", "RRULE:FREQ=SOMETIMES")
    ).encode()
    assert "cannot be read" in house.unknown()


def test_an_answer_that_breaks_off_is_unknown(house: House) -> None:
    house.published.breaks_off = True
    assert "its server does not answer (no answer: " in house.unknown()


@pytest.mark.parametrize("zipped", [False, True])
def test_what_is_too_large_is_given_up(house: House, zipped: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_address, "MOST_BYTES", 100_000)
    house.published.content = calendar(WEEKLY).encode() + b" " * 200_000
    house.published.zipped = zipped
    assert "the answer is too long to be one" in house.unknown()


def test_a_server_that_is_not_there_is_unknown(house: House) -> None:
    house.hand_in(f"http://127.0.0.1:9{PATH}")
    assert house.unknown() == "the calendar address of maya cannot be read: its server cannot be reached"


def test_a_server_that_is_too_slow_is_given_up(house: House) -> None:
    house.published.held = threading.Event()
    house.calendars = house.opened(seconds=0.2)
    assert "its server does not answer (no answer: ReadTimeout)" in house.unknown()


def test_a_copy_that_is_still_good_serves_where_the_server_is_slow_and_its_late_answer_the_next_time(
    house: House,
) -> None:
    assert house.titles() == ["Sync"]
    house.published.held = threading.Event()
    house.published.content, house.published.etag = calendar(LUNCH).encode(), '"two"'
    house.calendars._patience = 0.05
    house.clock.advance(OLD)
    for _ in range(2):
        assert house.titles() == ["Sync"]
        assert house.calendars.as_of(MAYA) == START
    house.calendars._patience = 20.0
    house.published.held.set()
    assert house.titles() == ["Lunch"]
    assert len(house.published.asked) == 2
    assert house.calendars.as_of(MAYA) == START + OLD


def test_a_copy_serves_where_the_server_fails_but_not_for_long(house: House) -> None:
    assert house.titles() == ["Sync"]
    house.published.status = 500
    house.clock.advance(OLD)
    assert house.titles() == ["Sync"]
    assert house.calendars.as_of(MAYA) == START
    house.clock.advance(TOO_OLD - OLD)
    assert "answers 500" in house.unknown()


def test_a_server_that_wants_to_be_left_alone_is(house: House) -> None:
    assert house.titles() == ["Sync"]
    house.published.status, house.published.headers = 429, {"Retry-After": "1800"}
    for _ in range(3):
        house.clock.advance(OLD)
        assert house.titles() == ["Sync"]
    assert len(house.published.asked) == 2
    house.clock.advance(TOO_OLD)
    assert house.unknown() == "the calendar address of maya is left alone for a while, as its server wants"
    house.published.status = 200
    house.clock.advance(TOO_OLD)
    assert house.titles() == ["Sync"]


def test_many_who_ask_at_once_ask_once(house: House) -> None:
    house.published.held = threading.Event()
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(house.titles) for _ in range(6)]
        house.published.held.set()
        assert [each.result() for each in asked] == [["Sync"]] * 6
    assert len(house.published.asked) == 1


# ── redirects ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_redirect_on_the_same_server_is_followed(house: House) -> None:
    house.published.elsewhere = {PATH: "/moved", "/moved": "/there.ics"}
    assert house.titles() == ["Sync"]
    assert [path for path, _ in house.published.asked] == [PATH, "/moved", "/there.ics"]


def test_a_redirect_in_circles_is_given_up(house: House) -> None:
    house.published.elsewhere = {PATH: PATH}
    assert "leads round in circles" in house.unknown()
    assert len(house.published.asked) == 4


@pytest.mark.parametrize("location", ["http://[::1", "http://127.0.0.1:x/", ""])
def test_a_redirect_to_nowhere_is_unknown(house: House, location: str) -> None:
    house.published.elsewhere = {PATH: location}
    house.unknown()


def test_a_redirect_to_another_server_is_not_followed(house: House) -> None:
    with publishing(calendar(LUNCH)) as other:
        house.published.elsewhere = {PATH: other.url}
        assert "its server leads to" in house.unknown()
        assert other.asked == []
    house.published.elsewhere = {PATH: "https://other.example/x.ics"}
    assert "leads to another server; hand in the address of the calendar itself" in house.unknown()


def test_https_is_read_with_the_authorities_named_and_never_left(tmp_path: Path) -> None:
    trust = certified(tmp_path)
    with publishing(calendar(WEEKLY), tls=trust.server) as published, publishing(calendar(LUNCH)) as clear:
        house = House(published)
        assert "cannot be reached" in house.unknown()
        house.calendars = house.opened(ca_file=str(trust.ca_file))
        assert house.titles() == ["Sync"]
        house.clock.advance(OLD + TOO_OLD)
        published.elsewhere = {PATH: clear.url}
        assert "leads to an address that is not encrypted; hand in the address" in house.unknown()
        assert clear.asked == []


# ── addresses ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (" https://cal.example/p/basic.ics\n", "https://cal.example/p/basic.ics"),
        ("webcal://cal.example/p.ics?key=1", "https://cal.example/p.ics?key=1"),
        ("WEBCALS://cal.example:8443/p.ics", "https://cal.example:8443/p.ics"),
        ("https://cal.example/p.ics#top", "https://cal.example/p.ics"),
        ("http://127.0.0.1:8000/p.ics", "http://127.0.0.1:8000/p.ics"),
        ("http://localhost/p.ics", "http://localhost/p.ics"),
        ("http://[::1]/p.ics", "http://[::1]/p.ics"),
    ],
)
def test_an_address_as_it_is_read(given: str, read: str) -> None:
    assert checked(given) == read
    assert checked(read) == read


@pytest.mark.parametrize(
    "given",
    [
        "",
        "cal.example/private.ics",
        "http://cal.example/private.ics",
        "http://127.0.0.1.cal.example/private.ics",
        "ftp://cal.example/private.ics",
        "file:///etc/private.ics",
        "https:///private.ics",
        "https://maya:pw@cal.example/private.ics",
        "https://cal.example/pri vate.ics",
        "https://cal.example/private\x00.ics",
        "https://cal.example/private\u00e9.ics",
        "https://cal.example:port/private.ics",
        "https://[cal/private.ics",
        "https://cal.example/" + "private" * 400,
    ],
)
def test_what_is_no_such_address_is_refused_without_being_repeated(given: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked(given)
    assert refused.value.field == "address"
    assert "private.ics" not in str(refused.value)
    assert "pw" not in str(refused.value)


def test_only_the_server_is_shown() -> None:
    assert shown(f"https://cal.example:8443{PATH}?key=1") == "https://cal.example:8443/…"
