"""Parts of a period: "the first week of June", "the second half of next week", "the last three days of the month"."""

from collections.abc import Iterator
from datetime import date, timedelta

from extractors.dates.terms import Period
from extractors.dates.view import DAY, month_index, month_span

Span = tuple[date, date]
_SATURDAY, _THURSDAY = 5, 3
_WEEK_DAYS, _WEEKS_FIRST_HALF, _MONTHS_FIRST_HALF = 7, 3, 15


def part_of(outer: Span, part: Period) -> Span | None:
    """The n-th unit, or first or last few units, of a period; None where it has not so many."""
    if part.unit == "half":
        return _half(outer, part)
    units = list(_units(outer, part))
    start = part.nth - 1 if part.nth > 0 else len(units) - part.count
    if not start >= 0 or start + part.count > len(units):
        return None
    return units[start][0], units[start + part.count - 1][1]


def _half(outer: Span, part: Period) -> Span:
    first, last = outer
    days = (last - first).days + 1
    middle = _WEEKS_FIRST_HALF if days == _WEEK_DAYS else _MONTHS_FIRST_HALF if days <= 31 else days // 2
    return (first, first + (middle - 1) * DAY) if part.nth == 1 else (first + middle * DAY, last)


def _units(outer: Span, part: Period) -> Iterator[Span]:
    first, last = outer
    match part.unit:
        case "day":
            for number in range((last - first).days + 1):
                yield first + number * DAY, first + number * DAY
        case "week":  # a week belongs to the period that most of it lies in
            monday = first - first.weekday() * DAY
            while monday + _THURSDAY * DAY <= last:
                if monday + _THURSDAY * DAY >= first:
                    yield monday, monday + 6 * DAY
                monday += timedelta(weeks=1)
        case "weekend":
            saturday = first + (_SATURDAY - first.weekday()) % 7 * DAY
            while saturday <= last:
                yield saturday, saturday + DAY
                saturday += timedelta(weeks=1)
        case unit:
            length = {"month": 1, "quarter": 3}.get(unit, 12)
            for index in range(month_index(first), month_index(last) + 1, length):
                span = month_span(index, length)
                if span:
                    yield span
