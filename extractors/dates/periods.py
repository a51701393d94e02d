"""From when to when a week, month, quarter, season or year runs, and how "early", "mid" and "late" narrow it."""

from dataclasses import dataclass
from datetime import date, timedelta

from extractors.dates.calendar import BusinessCalendar
from extractors.dates.days import resolve_day, safe_date
from extractors.dates.terms import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """First and last day of a period, and the last day that still keeps a deadline set by it."""

    first: date
    last: date
    due: date


def resolve_period(
    period: Period, today: date, *, past: bool, day_first: bool, calendar: BusinessCalendar
) -> Stretch | None:
    """The stretch of days a period means; None where it names a day that does not exist."""
    whole = _whole(period, today, past=past, day_first=day_first)
    if whole is None:
        return None
    first, last = whole
    match period.portion:
        case "early":
            last = _early_end(period, first)
            return Stretch(first=first, last=last, due=last)
        case "start":
            return Stretch(first=first, last=_early_end(period, first), due=_early_end(period, first))
        case "mid":
            first, last = _middle(period, first, last)
            return Stretch(first=first, last=last, due=last)
        case "late":
            first = _late_start(period, first, last)
        case "end":
            first = calendar.last_working_day(first, last)
            return Stretch(first=first, last=last, due=first)
    due = last if period.unit == "weekend" else calendar.last_working_day(first, last)
    return Stretch(first=first, last=last, due=due)


def _early_end(period: Period, first: date) -> date:
    """Early in a week is Monday and Tuesday, in a month up to the 10th, in a longer period its first third or so."""
    return first + timedelta(
        days={"week": 1, "weekend": 0, "month": 9, "quarter": 30, "season": 30}.get(period.unit, 120)
    )


def _middle(period: Period, first: date, last: date) -> tuple[date, date]:
    if period.unit == "month":
        return first + timedelta(days=10), first + timedelta(days=19)
    third = (last - first).days // 3
    return first + timedelta(days=third), last - timedelta(days=third)


def _late_start(period: Period, first: date, last: date) -> date:
    if period.unit == "week":
        return first + timedelta(days=3)
    if period.unit == "month":
        return first + timedelta(days=20)
    return last - (last - first) // 3


def _whole(period: Period, today: date, *, past: bool, day_first: bool) -> tuple[date, date] | None:
    match period.unit:
        case "week" | "weekend":
            return _week(period, today, past=past, day_first=day_first)
        case "month":
            return _months(period, today, 1, past=past)
        case "quarter":
            return _months(period, today, 3, past=past)
        case "half":
            return _months(period, today, 6, past=past)
        case "season":
            return _season(period, today, past=past)
        case "year":
            first = period.year or today.year + (period.offset or 0)
            start, end = safe_date(first, 1, 1), safe_date(period.last_number or first, 12, 31)
            return (start, end) if start and end else None


def _week(period: Period, today: date, *, past: bool, day_first: bool) -> tuple[date, date] | None:
    monday: date | None
    if period.day is not None:
        day, _ = resolve_day(period.day, today, past=past, day_first=day_first)
        monday = day - timedelta(days=day.weekday()) if day else None
    elif period.number is not None:
        monday = _calendar_week(period.number, period.year, today, past=past)
    else:
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=period.offset or 0)
        if period.unit == "weekend" and past and period.offset == 0 and today.weekday() < 5:
            monday -= timedelta(weeks=1)
    if monday is None:
        return None
    if period.unit == "weekend":
        return monday + timedelta(days=5), monday + timedelta(days=6)
    return monday, monday + timedelta(days=6)


def _calendar_week(number: int, year: int | None, today: date, *, past: bool) -> date | None:
    """The Monday of an ISO week, this year's unless that lies on the wrong side of today."""
    for candidate in (year,) if year else (today.year, today.year - 1 if past else today.year + 1):
        try:
            monday = date.fromisocalendar(candidate, number, 1)
        except ValueError:
            continue
        if year or (monday <= today if past else monday + timedelta(days=6) >= today):
            return monday
    return None


def _months(period: Period, today: date, length: int, *, past: bool) -> tuple[date, date] | None:
    """A month, quarter or half: numbered ones by year or by side of today, others by offset from the present one."""
    present = (today.month - 1) // length
    if period.number is None:
        index = today.year * (12 // length) + present + (period.offset or 0)
    else:
        year = period.year
        if year is None and period.offset is not None:
            year = today.year + period.offset
            if length == 1 and period.offset == -1 and period.number - 1 < present:
                year = today.year
        if year is None:
            year = today.year
            if past and period.number - 1 > present:
                year -= 1
            if not past and period.number - 1 < present:
                year += 1
        index = year * (12 // length) + period.number - 1
    return _month_span(index * length, length)


def _month_span(start_index: int, length: int) -> tuple[date, date] | None:
    first = safe_date(start_index // 12, start_index % 12 + 1, 1)
    after = safe_date((start_index + length) // 12, (start_index + length) % 12 + 1, 1)
    return (first, after - _DAY) if first and after else None


def _season(period: Period, today: date, *, past: bool) -> tuple[date, date] | None:
    """The nearest such season on the side of today that is meant; "this" is the present or coming one."""
    month = period.number or 3
    years = (
        (today.year, today.year - 1) if past or period.offset == -1 else (today.year - 1, today.year, today.year + 1)
    )
    for year in years:
        span = _month_span(year * 12 + month - 1, 3)
        if span and (span[1] < today if period.offset == -1 else span[0] <= today if past else span[1] >= today):
            return span
    return None
