"""When a scheduled mail may reach those who get it."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from app.core.thresholds import USUAL
from app.core.waking_hours import first_waking_moment, is_quiet

MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zones", "first"),
    [
        (MONDAY_NOON, [], MONDAY_NOON),
        (MONDAY_NOON, ["Europe/Berlin"], MONDAY_NOON),
        (MONDAY_NOON, ["America/Los_Angeles"], datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
        (MONDAY_NOON, ["America/Los_Angeles", "Europe/Berlin"], datetime(2026, 11, 23, 15, 0, tzinfo=UTC)),
        (datetime(2026, 11, 21, 9, 7, tzinfo=UTC), ["Europe/Berlin"], datetime(2026, 11, 23, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), ["Asia/Riyadh"], datetime(2026, 11, 22, 4, 0, tzinfo=UTC)),
    ],
    ids=["nobody knows where", "their day", "their night", "both awake", "a weekend", "a weekend on Friday"],
)
def test_a_mail_waits_for_the_morning_of_those_who_get_it(
    moment: datetime, zones: list[str], first: datetime
) -> None:
    assert first_waking_moment(moment, zones, USUAL) == first


def test_zones_without_a_common_hour_do_not_hold_it_back() -> None:
    zones = ["Asia/Tokyo", "Europe/London", "Pacific/Honolulu"]
    assert first_waking_moment(MONDAY_NOON, zones, USUAL) == MONDAY_NOON


def test_a_night_that_begins_after_midnight() -> None:
    limits = type(USUAL)(quiet_from=time(1, 0), quiet_until=time(5, 0))
    assert is_quiet(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), limits)
    assert not is_quiet(datetime(2026, 11, 23, 23, 0, tzinfo=UTC), limits)
