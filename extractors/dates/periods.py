"""From when to when a week, month, quarter, season or year runs, and how "early", "mid" and "late" narrow it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.dates.days import resolve_day
from extractors.dates.parts import part_of
from extractors.dates.terms import Period
from extractors.dates.view import DAY, View, add_months, month_index, month_span, safe_date

Span = tuple[date, date]
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12}
_WEEK = timedelta(weeks=1)
_SATURDAY = 5
_JUST_GONE = timedelta(days=62)
_HALF_YEAR = 6


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """First and last day of a period, and the last day that still keeps a deadline set by it."""

    first: date
    last: date
    due: date


def resolve_period(period: Period, view: View) -> Stretch | None:
    """The stretch of days a period means; None where it names a day that does not exist."""
    span = span_of(period, view)
    if span is None:
        return None
    if period.unit == "week" and period.portion == "end" and period.offset == 0 and not view.past:
        due = view.calendar.last_working_day(*span)
        if due < view.today:  # said at a weekend
            span = span[0] + _WEEK, span[1] + _WEEK
    if period.unit == "week" and period.offset == 0 and period.portion in ("early", "start", "mid") and not view.past:
        gone = _middle(period, span) if period.portion == "mid" else (span[0], _early_end(period, span))
        if gone[1] < view.today:
            span = span[0] + _WEEK, span[1] + _WEEK
    first, last = span
    match period.portion:
        case "early" | "start":
            last = _early_end(period, span)
        case "mid":
            first, last = _middle(period, span)
        case "late":
            first = _late_start(period, span)
        case "rest":
            first = max(first, view.today)
        case "end":
            first = view.calendar.last_working_day(first, last)
            if period.unit == "week" and period.day is not None:
                first = span[0]
            return Stretch(first=first, last=last, due=max(view.calendar.last_working_day(*span), _floor(span, view)))
    return Stretch(first=first, last=last, due=_due(period, first, last, view))


def _floor(span: Span, view: View) -> date:
    """Today, where the period's last working day has gone by but the period has not."""
    return (
        span[1]
        if span[0] <= view.today <= span[1] and view.calendar.last_working_day(*span) < view.today
        else span[0]
    )


def _due(period: Period, first: date, last: date, view: View) -> date:
    exact = period.unit in ("weekend", "day") or (
        period.portion in ("early", "start", "mid") and period.unit == "month"
    )
    if exact:
        return last
    return max(view.calendar.last_working_day(first, last), _floor((first, last), view))


def _months_of(period: Period) -> int:
    return _LENGTHS.get(period.unit, 1)


def _early_end(period: Period, span: Span) -> date:
    """Early in a week is Monday and Tuesday, in a month up to the 10th, in a longer period its first third."""
    first, last = span
    match period.unit:
        case "week" | "weekend" | "day":
            return min(first + DAY, last)
        case "month":
            return first + 9 * DAY
        case unit:
            return add_months(first, _LENGTHS[unit] // 3) - DAY


def _middle(period: Period, span: Span) -> Span:
    first, last = span
    match period.unit:
        case "week" | "weekend" | "day":
            return min(first + 2 * DAY, last), min(first + 2 * DAY, last)
        case "month":
            return first + 10 * DAY, first + 19 * DAY
        case unit:
            third = _LENGTHS[unit] // 3
            return add_months(first, third), add_months(first, _LENGTHS[unit] - third) - DAY


def _late_start(period: Period, span: Span) -> date:
    first, last = span
    match period.unit:
        case "week" | "weekend" | "day":
            return min(first + 3 * DAY, last)
        case "month":
            return first + 20 * DAY
        case unit:
            return add_months(first, _LENGTHS[unit] - _LENGTHS[unit] // 3)


def span_of(period: Period, view: View) -> Span | None:
    """First and last day of a whole period."""
    if period.inside is not None:
        outer = span_of(period.inside, view)
        return part_of(outer, period) if outer else None
    match period.unit:
        case "day":
            return view.today, view.today
        case "week" | "weekend":
            return _week(period, view)
        case "year" if not period.fiscal:
            return _years(period, view)
        case "season":
            return _season(period, view)
        case _:
            return _months(period, view)


def _years(period: Period, view: View) -> Span | None:
    first = period.year or view.today.year + (period.offset or 0)
    start, end = safe_date(first, 1, 1), safe_date(period.last_number or first, 12, 31)
    return (start, end) if start and end else None


def _week(period: Period, view: View) -> Span | None:
    monday: date | None
    if period.day is not None:
        reading = resolve_day(period.day, view, span_of)
        if reading is None:
            return None
        if period.portion == "end":
            return reading.day - reading.day.weekday() * DAY, reading.day
        monday = reading.day - reading.day.weekday() * DAY + (period.offset or 0) * _WEEK
    elif period.number is not None:
        monday = _calendar_week(period, view)
    else:
        monday = view.today - view.today.weekday() * DAY + (period.offset or 0) * _WEEK
        if period.unit == "weekend" and view.past and period.offset == 0 and view.today.weekday() < _SATURDAY:
            monday -= _WEEK
    if monday is None:
        return None
    return monday + (_SATURDAY * DAY if period.unit == "weekend" else timedelta()), monday + 6 * DAY


def _calendar_week(period: Period, view: View) -> date | None:
    """The Monday of an ISO week, this year's unless that lies on the wrong side of today."""
    year = period.year or (None if period.offset is None else view.today.year + period.offset)
    for candidate in (
        (year,) if year else (view.today.year, view.today.year - 1 if view.past else view.today.year + 1)
    ):
        try:
            monday = date.fromisocalendar(candidate, period.number or 1, 1)
        except ValueError:
            continue
        if year or (monday <= view.today if view.past else monday + 6 * DAY >= view.today):
            return monday
    return None


def _months(period: Period, view: View) -> Span | None:
    """A month, quarter, half or fiscal year: numbered ones by year or by side of today, others by offset."""
    length = _months_of(period)
    to_fiscal = 0 if period.unit == "month" else (1 - view.fiscal_year_start) % 12
    now = month_index(view.today) + to_fiscal
    per_year = 12 // length
    if period.number is None:
        year = period.year
        index = now // length + (period.offset or 0) if year is None else year * per_year
    else:
        present = now % 12 // length
        index = _year_of(period, now // 12, present, view) * per_year + period.number - 1
    return month_span(index * length - to_fiscal, length)


def _year_of(period: Period, this_year: int, present: int, view: View) -> int:
    """The year, or fiscal year, of a numbered month, quarter or half."""
    number = (period.number or 1) - 1
    if period.year is not None:
        return period.year
    if period.offset is not None:
        gone = period.unit == "month" and period.offset == -1 and period.nth == 1 and number < present
        return this_year if gone else this_year + period.offset
    if view.past:
        return this_year - (number > present)
    if view.tense == "open" and period.unit == "month" and _just_gone(replace(period, year=this_year), view):
        return this_year
    return this_year + (number < present)


def _just_gone(month: Period, view: View) -> bool:
    span = span_of(month, view)
    return bool(span) and span is not None and timedelta() < view.today - span[1] <= _JUST_GONE


def _season(period: Period, view: View) -> Span | None:
    """The nearest such season on the side of today that is meant; "this" is the present or coming one."""
    month = (period.number or 3) - 1
    if view.southern:
        month = (month + _HALF_YEAR) % 12
    today = view.today
    if period.year is not None or period.nth > 1:
        return month_span((period.year or today.year + (period.offset or 0)) * 12 + month, 3)
    back = view.past or period.offset == -1
    for year in (today.year, today.year - 1) if back else (today.year - 1, today.year, today.year + 1):
        span = month_span(year * 12 + month, 3)
        if span and (span[1] < today if period.offset == -1 else span[0] <= today if back else span[1] >= today):
            return span
    return None
