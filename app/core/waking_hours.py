"""When somebody far away is awake and at work, as far as their time zone tells."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.core.thresholds import Thresholds

_WEEKEND = frozenset({5, 6})
_FRIDAY_AND_SATURDAY = frozenset({4, 5})
_FRIDAY_ZONES = frozenset(
    {
        "Africa/Algiers",
        "Africa/Cairo",
        "Africa/Khartoum",
        "Africa/Tripoli",
        "Asia/Amman",
        "Asia/Baghdad",
        "Asia/Bahrain",
        "Asia/Dhaka",
        "Asia/Jerusalem",
        "Asia/Kuwait",
        "Asia/Muscat",
        "Asia/Qatar",
        "Asia/Riyadh",
    }
)
"""Where the weekend is Friday and Saturday."""
_STEP = timedelta(minutes=15)
_LOOK_AHEAD = timedelta(days=7)


def is_quiet(there: datetime, limits: Thresholds) -> bool:
    """Whether this local moment is in the night or at the weekend of its time zone."""
    weekend = _FRIDAY_AND_SATURDAY if str(there.tzinfo) in _FRIDAY_ZONES else _WEEKEND
    return there.weekday() in weekend or _in_night(there.time(), limits.quiet_from, limits.quiet_until)


def first_waking_moment(moment: datetime, zones: Collection[str], limits: Thresholds) -> datetime:
    """The first moment from this one on, in UTC and to the quarter of an hour, that is quiet in none of the zones.

    The moment itself where a week holds no such one: zones that lie too far apart have no hour in common.
    """
    places = [ZoneInfo(zone) for zone in zones]
    first = moment.astimezone(UTC)
    found = first
    while any(is_quiet(found.astimezone(place), limits) for place in places):
        found = _next_quarter(found)
        if found - first > _LOOK_AHEAD:
            return first
    return found


def _next_quarter(moment: datetime) -> datetime:
    since_hour = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    return moment + _STEP - since_hour % _STEP


def _in_night(clock: time, start: time, end: time) -> bool:
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end
