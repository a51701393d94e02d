"""A calendar is not asked for every decision who is away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from app.approvals.away import ASKED_AGAIN_AFTER, Diaries
from app.core.facts import BusySlot, Person

TUESDAY = datetime(2026, 11, 17, 10, 0, tzinfo=UTC)
RUTH = Person(id="ruth", email="ruth@ours.example", name="Ruth Adler", timezone="UTC")


class OnLeave:
    """A calendar, as a double: everybody is on leave all day while `away` is true."""

    def __init__(self) -> None:
        self.away = True
        self.asked = 0

    def busy(self, person: Person, start: datetime, end: datetime) -> Sequence[BusySlot]:  # noqa: ARG002 - everybody is
        self.asked += 1
        return [BusySlot(start=start, end=end, summary="Leave", away=True)] if self.away else []

    def as_of(self, person: Person) -> datetime:  # noqa: ARG002 - the port has it
        return TUESDAY


def test_a_calendar_is_asked_once_in_a_few_minutes() -> None:
    calendar = OnLeave()
    diaries = Diaries(calendar)
    assert diaries.absent_all_day(RUTH, now=TUESDAY)
    calendar.away = False
    assert diaries.absent_all_day(RUTH, now=TUESDAY + ASKED_AGAIN_AFTER - timedelta(seconds=1))
    assert calendar.asked == 1
    assert not diaries.absent_all_day(RUTH, now=TUESDAY + ASKED_AGAIN_AFTER)
    assert calendar.asked == 2


def test_another_clock_or_another_zone_is_another_question() -> None:
    calendar = OnLeave()
    diaries = Diaries(calendar)
    diaries.absent_all_day(RUTH, now=TUESDAY)
    diaries.absent_all_day(RUTH, now=TUESDAY - timedelta(days=1))
    elsewhere = Person(id="ruth", email="ruth@ours.example", name="Ruth Adler", timezone="Asia/Tokyo")
    diaries.absent_all_day(elsewhere, now=TUESDAY - timedelta(days=1))
    assert calendar.asked == 3
