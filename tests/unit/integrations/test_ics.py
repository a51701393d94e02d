"""Busy times out of `.ics` files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from app.core.errors import FactUnavailable
from app.core.facts import BusySlot, Person
from integrations.calendars.ics import IcsCalendars
from tests.unit.integrations.worlds import calendar, event, write

NEW_YORK = ZoneInfo("America/New_York")
MAYA = Person(id="maya", email="maya@ours.example", name="Maya", timezone="America/New_York")
MONDAY = datetime(2026, 11, 16, tzinfo=NEW_YORK)
WEEK = timedelta(days=7)


def busy(
    folder: Path, *events: str, start: datetime = MONDAY, length: timedelta = WEEK, person: Person = MAYA
) -> list[BusySlot]:
    write(folder / f"{person.id}.ics", calendar(*events))
    return list(IcsCalendars(folder).busy(person, start, start + length))


def spans(slots: list[BusySlot]) -> list[str]:
    return [f"{slot.start:%m-%d %H:%M%z} {slot.end:%m-%d %H:%M%z}" for slot in slots]


def test_a_meeting_in_the_persons_zone(tmp_path: Path) -> None:
    slots = busy(tmp_path, event("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z", "SUMMARY:Sync"))
    start = datetime(2026, 11, 18, 10, tzinfo=NEW_YORK)
    assert slots == [BusySlot(start=start, end=start + timedelta(hours=1), summary="Sync")]
    assert str(slots[0].start.tzinfo) == "America/New_York"


def test_named_zones_floating_times_and_durations(tmp_path: Path) -> None:
    slots = busy(
        tmp_path,
        event("DTSTART;TZID=Europe/Berlin:20261118T160000", "DURATION:PT30M", uid="1"),
        event("DTSTART:20261119T160000", "DTEND:20261119T170000", uid="2"),
        event(
            "DTSTART;TZID=Eastern Standard Time:20261120T160000",
            "DTEND;TZID=Eastern Standard Time:20261120T170000",
            uid="3",
        ),
    )
    assert spans(slots) == [
        "11-18 10:00-0500 11-18 10:30-0500",
        "11-19 16:00-0500 11-19 17:00-0500",
        "11-20 16:00-0500 11-20 17:00-0500",
    ]


def test_all_day_is_the_persons_day(tmp_path: Path) -> None:
    tokyo = Person(id="yuki", email="yuki@ours.example", name="Yuki", timezone="Asia/Tokyo")
    lines = ("DTSTART;VALUE=DATE:20261118", "DTEND;VALUE=DATE:20261119", "SUMMARY:Trade fair")
    midnight = datetime(2026, 11, 18, tzinfo=ZoneInfo("Asia/Tokyo"))
    slots = busy(tmp_path, event(*lines), person=tokyo)
    assert slots == [BusySlot(start=midnight, end=midnight + timedelta(days=1), summary="Trade fair", all_day=True)]
    just_inside = midnight + timedelta(days=1) - timedelta(minutes=1)
    assert busy(tmp_path, event(*lines), person=tokyo, start=just_inside.astimezone(UTC), length=timedelta(hours=1))
    after = midnight + timedelta(days=1)
    assert busy(tmp_path, event(*lines), person=tokyo, start=after.astimezone(UTC)) == []


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "TRANSP:transparent",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Maya@ours.example",
    ],
)
def test_what_takes_no_time(tmp_path: Path, line: str) -> None:
    assert busy(tmp_path, event("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z", line)) == []


def test_another_ones_refusal_and_an_empty_event_change_nothing(tmp_path: Path) -> None:
    slots = busy(
        tmp_path,
        event(
            "DTSTART:20261118T150000Z",
            "DTEND:20261118T160000Z",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:omar@ours.example",
            "ATTENDEE;PARTSTAT=ACCEPTED:mailto:maya@ours.example",
        ),
        event("DTSTART:20261118T180000Z", uid="2"),
    )
    assert spans(slots) == ["11-18 10:00-0500 11-18 11:00-0500"]


def test_repetitions_exceptions_and_moved_instances(tmp_path: Path) -> None:
    zone = ";TZID=America/New_York"
    slots = busy(
        tmp_path,
        event(
            f"DTSTART{zone}:20261102T090000",
            f"DTEND{zone}:20261102T093000",
            "RRULE:FREQ=DAILY;BYDAY=MO,TU,WE",
            f"EXDATE{zone}:20261117T090000",
            "SUMMARY:Stand-up",
        ),
        event(
            f"RECURRENCE-ID{zone}:20261118T090000",
            f"DTSTART{zone}:20261118T140000",
            f"DTEND{zone}:20261118T143000",
            "SUMMARY:Stand-up (moved)",
        ),
    )
    assert spans(slots) == ["11-16 09:00-0500 11-16 09:30-0500", "11-18 14:00-0500 11-18 14:30-0500"]


def test_a_series_keeps_its_local_hour_over_the_change_of_clocks(tmp_path: Path) -> None:
    series = event(
        "DTSTART;TZID=America/New_York:20261026T090000",
        "DTEND;TZID=America/New_York:20261026T100000",
        "RRULE:FREQ=WEEKLY",
    )
    slots = busy(tmp_path, series, start=datetime(2026, 10, 26, tzinfo=NEW_YORK), length=timedelta(days=14))
    assert [f"{slot.start:%d %H:%M%z} {slot.start.astimezone(UTC):%H}" for slot in slots] == [
        "26 09:00-0400 13",
        "02 09:00-0500 14",
    ]


def test_only_what_overlaps_in_order(tmp_path: Path) -> None:
    start = datetime(2026, 11, 18, 15, tzinfo=UTC)
    slots = busy(
        tmp_path,
        event("DTSTART:20261118T153000Z", "DTEND:20261118T170000Z", "SUMMARY:late", uid="1"),
        event("DTSTART:20261118T140000Z", "DTEND:20261118T151500Z", "SUMMARY:early", uid="2"),
        event("DTSTART:20261118T140000Z", "DTEND:20261118T150000Z", "SUMMARY:just before", uid="3"),
        event("DTSTART:20261118T160000Z", "DTEND:20261118T170000Z", "SUMMARY:just after", uid="4"),
        start=start,
        length=timedelta(hours=1),
    )
    assert [slot.summary for slot in slots] == ["early", "late"]


def test_parsed_once_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []
    real = Calendar.from_ical

    def from_ical(data: bytes, *, multiple: Literal[True]) -> list[Calendar]:
        parsed.append(data)
        return real(data, multiple=multiple)

    monkeypatch.setattr(Calendar, "from_ical", from_ical)
    first = calendar(event("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z"))
    file = write(tmp_path / "maya.ics", first)
    calendars = IcsCalendars(tmp_path)
    for _ in range(3):
        assert len(calendars.busy(MAYA, MONDAY, MONDAY + WEEK)) == 1
    assert len(parsed) == 1
    write(file, calendar())
    assert calendars.busy(MAYA, MONDAY, MONDAY + WEEK) == []
    assert len(parsed) == 2


@pytest.mark.parametrize(
    "lines",
    [
        ("STATUS:TENTATIVE",),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE",),
        ("ATTENDEE;PARTSTAT=TENTATIVE:mailto:Maya@ours.example",),
    ],
)
def test_what_is_not_confirmed(tmp_path: Path, lines: tuple[str, ...]) -> None:
    (slot,) = busy(tmp_path, event("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z", *lines))
    assert (slot.tentative, slot.away) == (True, False)


def test_what_is_confirmed_says_where_and_is_no_absence(tmp_path: Path) -> None:
    (slot,) = busy(
        tmp_path,
        event(
            "DTSTART:20261118T150000Z",
            "DTEND:20261118T160000Z",
            "STATUS:CONFIRMED",
            "LOCATION:Nordwerk plant\\,\\n  Gary",
            "ATTENDEE;PARTSTAT=TENTATIVE:mailto:omar@ours.example",
        ),
    )
    assert (slot.tentative, slot.away, slot.location) == (False, False, "Nordwerk plant, Gary")


DAY = ("DTSTART;VALUE=DATE:20261118", "DTEND;VALUE=DATE:20261119")
HOUR = ("DTSTART:20261118T150000Z", "DTEND:20261118T160000Z")


@pytest.mark.parametrize(
    "lines",
    [
        (*HOUR, "X-MICROSOFT-CDO-BUSYSTATUS:OOF"),
        (*DAY, "X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:TRANSPARENT"),
        (*HOUR, "SUMMARY:Out of office"),
        (*DAY, "SUMMARY:Leave"),
        (*DAY, "SUMMARY:Annual leave"),
        (*DAY, "SUMMARY:Vacation in Spain"),
        (*DAY, "SUMMARY:Maya - PTO"),
        (*DAY, "SUMMARY:Parental leave Maya"),
        (*DAY, "SUMMARY:OOO until Monday"),
        (*DAY, "SUMMARY:Travel: kick-off in Gary"),
        (*DAY, "SUMMARY:Maya's day off"),
        (*DAY, "SUMMARY:Family", "CATEGORIES:Personal,Vacation"),
    ],
)
def test_what_is_an_absence(tmp_path: Path, lines: tuple[str, ...]) -> None:
    (slot,) = busy(tmp_path, event(*lines))
    assert slot.away


@pytest.mark.parametrize(
    "lines",
    [
        (*DAY, "SUMMARY:Omar on vacation"),
        (*DAY, "SUMMARY:Vacation rentals workshop"),
        (*DAY, "SUMMARY:Holiday party"),
        (*DAY, "SUMMARY:Away day"),
        (*DAY, "SUMMARY:Trade fair", "CATEGORIES:Travel industry"),
        (*HOUR, "SUMMARY:Leave planning"),
        (*HOUR, "SUMMARY:Vacation"),
    ],
)
def test_what_is_none(tmp_path: Path, lines: tuple[str, ...]) -> None:
    (slot,) = busy(tmp_path, event(*lines))
    assert not slot.away


def test_working_elsewhere_is_no_engagement(tmp_path: Path) -> None:
    assert busy(tmp_path, event(*HOUR, "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE")) == []


class Expansions:
    """Counts how often repetitions are expanded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        real = recurring_ical_events.CalendarQuery.between

        def between(query: object, *stretch: object) -> object:
            self.count += 1
            return real(query, *stretch)

        monkeypatch.setattr(recurring_ical_events.CalendarQuery, "between", between)


def crowd(count: int) -> tuple[str, ...]:
    """Events over two years, three in ten of them series."""
    rules = ("RRULE:FREQ=WEEKLY", "RRULE:FREQ=MONTHLY", "RRULE:FREQ=DAILY;COUNT=20")
    first = datetime(2025, 6, 2, 9, tzinfo=UTC)
    made = []
    for n in range(count):
        start = first + timedelta(days=n % 700, minutes=30 * (n % 16))
        repeats = (rules[n % 3],) if n % 10 < 3 else ()
        lines = (f"DTSTART:{start:%Y%m%dT%H%M%SZ}", "DURATION:PT30M", f"SUMMARY:Event {n}", *repeats)
        made.append(event(*lines, uid=f"e{n}"))
    return tuple(made)


def test_a_full_calendar_is_expanded_once_for_all_that_drafts_ask_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "maya.ics", calendar(*crowd(500)))
    calendars, expansions = IcsCalendars(tmp_path), Expansions(monkeypatch)
    whole = calendars.busy(MAYA, MONDAY, MONDAY + timedelta(days=60))
    for day in range(60):
        start = MONDAY + timedelta(days=day, hours=9)
        asked = calendars.busy(MAYA, start, start + timedelta(days=1))
        end = min(start + timedelta(days=1), MONDAY + timedelta(days=60))
        assert [s for s in asked if s.start < end] == [s for s in whole if s.start < end and start < s.end]
    assert expansions.count == 1


def test_each_of_several_people_is_expanded_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    omar = Person(id="omar", email="omar@ours.example", name="Omar", timezone="Europe/Berlin")
    for person in (MAYA, omar):
        write(tmp_path / f"{person.id}.ics", calendar(*crowd(20)))
    calendars, expansions = IcsCalendars(tmp_path), Expansions(monkeypatch)
    for _ in range(3):
        for person in (MAYA, omar):
            calendars.busy(person, MONDAY, MONDAY + WEEK)
    assert expansions.count == 2


def test_days_beyond_what_is_remembered_are_expanded_and_kept_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "maya.ics", calendar(event(*HOUR, "RRULE:FREQ=DAILY")))
    calendars, expansions = IcsCalendars(tmp_path), Expansions(monkeypatch)
    later = MONDAY + timedelta(days=365)
    for _ in range(3):
        assert len(calendars.busy(MAYA, MONDAY, MONDAY + timedelta(days=100))) == 98
        assert len(calendars.busy(MAYA, later, later + WEEK)) == 7
    assert expansions.count == 2


def test_what_is_remembered_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "maya.ics", calendar(event(*HOUR, "RRULE:FREQ=DAILY")))
    calendars, expansions = IcsCalendars(tmp_path), Expansions(monkeypatch)
    starts = [MONDAY + timedelta(days=100 * n) for n in range(10)]
    for start in (*starts, starts[-1], starts[0]):
        calendars.busy(MAYA, start, start + WEEK)
    assert expansions.count == 11


def test_no_calendar_or_a_broken_one_is_no_free_time(tmp_path: Path) -> None:
    calendars = IcsCalendars(tmp_path)
    with pytest.raises(FactUnavailable, match=r"maya\.ics: cannot be read"):
        calendars.busy(MAYA, MONDAY, MONDAY + WEEK)
    write(tmp_path / "maya.ics", calendar(event("DTSTART:20261118T150000Z", "DTEND:never")))
    with pytest.raises(FactUnavailable, match="DTEND"):
        calendars.busy(MAYA, MONDAY, MONDAY + WEEK)


def test_an_id_is_no_path(tmp_path: Path) -> None:
    write(tmp_path / "maya.ics", calendar())
    sneaky = Person(id="../maya", email="m@ours.example", name="M")
    with pytest.raises(FactUnavailable, match="no file name"):
        IcsCalendars(tmp_path / "calendars").busy(sneaky, MONDAY, MONDAY + WEEK)
