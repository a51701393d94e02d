"""Which calendar day a word for a day means."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.dates.feasts import feast_in, nearest_feast
from extractors.dates.terms import CalendarDay, Day, Duration, Feast, NthDay, Period, RelativeDay, ShiftedDay, Weekday
from extractors.dates.view import DAY, View, add_months, month_index, safe_date

_MONTHS_AHEAD = 14
_YEARS_AHEAD = 9
_WORKING_WEEK = 5
# A day without a year this long gone, whose next coming is this far off, is the one gone by.
_JUST_GONE = timedelta(days=75)
_FAR_OFF = timedelta(days=240)


@dataclass(frozen=True, kw_only=True)
class DayReading:
    """The day meant, and the other reading where there is a real one."""

    day: date
    other: date | None = None


PeriodSpan = Callable[[Period, View], tuple[date, date] | None]


def resolve_day(day: Day, view: View, span_of: PeriodSpan) -> DayReading | None:
    """The day meant; None for a day that does not exist. `span_of` gives the days of a period."""
    reading: DayReading | None
    match day:
        case RelativeDay(days=days, business=True):
            reading = DayReading(day=view.calendar.add_working_days(view.today, days))
        case RelativeDay(days=days):
            reading = DayReading(day=view.today + timedelta(days=days))
        case Weekday():
            reading = _weekday_by(day, view, span_of) if day.base else _weekday(day, view)
        case CalendarDay(month=None):
            reading = _day_of_month(day, view)
        case CalendarDay():
            reading = _calendar_day(day, view)
        case Feast(name=name, year=year):
            reading = DayReading(
                day=feast_in(name, year) if year else nearest_feast(name, view.today, past=view.past)
            )
        case NthDay():
            reading = _nth_day(day, view, span_of)
        case ShiftedDay():
            reading = _shifted_day(day, view, span_of)
    return reading


def _weekday(day: Weekday, view: View) -> DayReading:
    today = view.today
    monday = today - timedelta(days=today.weekday())
    if day.weeks is not None:
        return DayReading(day=monday + timedelta(days=7 * day.weeks + day.weekday))
    ahead = today + timedelta(days=(day.weekday - today.weekday() - 1) % 7 + 1 + 7 * (day.nth - 1))
    back = today - timedelta(days=(today.weekday() - day.weekday - 1) % 7 + 1)
    if day.which == "next":
        chosen = monday + timedelta(days=7 + day.weekday)
        return DayReading(day=chosen, other=ahead if ahead != chosen else None)
    if day.which == "last" or (view.past and day.which != "this"):
        return DayReading(day=back)
    if day.which == "this":
        named = monday + timedelta(days=day.weekday)
        return DayReading(day=named if view.past or named >= today else ahead)
    return DayReading(day=ahead)


def _weekday_by(day: Weekday, view: View, span_of: PeriodSpan) -> DayReading | None:
    """ "the Monday after Thanksgiving"."""
    base = resolve_day(day.base, view, span_of) if day.base else None
    if base is None:
        return None
    seen_from_base = replace(view, today=base.day, tense="past" if day.before else "future")
    return _weekday(replace(day, base=None), seen_from_base)


def _calendar_day(day: CalendarDay, view: View) -> DayReading | None:
    month, number, other = day.month or 1, day.day, day.other
    if other and not view.day_first:
        month, number, other = other[1], other[0], (day.day, month)
    reading = _in_year(month, number, day, view)
    if other is None or month == number:
        return reading
    second = _in_year(other[1], other[0], replace(day, weekday=None), view)
    if reading is None or second is None:
        return reading or second
    return DayReading(day=reading.day, other=second.day)


def _in_year(month: int, number: int, day: CalendarDay, view: View) -> DayReading | None:
    if day.year is not None:
        exact = safe_date(day.year, month, number)
        return DayReading(day=exact, other=_by_weekday(exact, day.weekday)) if exact else None
    years = range(view.today.year, view.today.year + _YEARS_AHEAD)
    ahead = _first(safe_date(year, month, number) for year in years if _not_before(year, month, number, view.today))
    years = range(view.today.year, view.today.year - _YEARS_AHEAD, -1)
    back = _first(found for year in years if (found := safe_date(year, month, number)) and found <= view.today)
    if ahead is None or back is None:
        return None
    if view.past and not (day.weekday is not None and ahead.weekday() == day.weekday != back.weekday()):
        return DayReading(day=back)
    if view.tense == "open" and view.today - back <= _JUST_GONE and ahead - view.today >= _FAR_OFF and back != ahead:
        return DayReading(day=back, other=ahead)
    if (
        day.weekday is not None
        and ahead.weekday() != day.weekday == back.weekday()
        and view.today - back <= _JUST_GONE
    ):
        return DayReading(day=back, other=ahead)
    return DayReading(day=ahead, other=_by_weekday(ahead, day.weekday))


def _not_before(year: int, month: int, number: int, today: date) -> bool:
    return (year, month, number) >= (today.year, today.month, today.day)


def _first(days: Iterable[date | None]) -> date | None:
    return next((day for day in days if day is not None), None)


def _by_weekday(day: date, weekday: int | None) -> date | None:
    """The day of the same week that has the weekday named, where that is another."""
    if weekday is None or weekday == day.weekday():
        return None
    return day + timedelta(days=weekday - day.weekday())


def _day_of_month(day: CalendarDay, view: View) -> DayReading | None:
    present = month_index(view.today)
    if day.months is not None:
        index = present + day.months
        exact = safe_date(index // 12, index % 12 + 1, day.day)
        return DayReading(day=exact) if exact else None
    step = -1 if view.past else 1
    for months in range(_MONTHS_AHEAD):
        index = present + step * months
        found = safe_date(index // 12, index % 12 + 1, day.day)
        if found is None or (found > view.today if view.past else found < view.today):
            continue
        if day.weekday is None or found.weekday() == day.weekday or months:
            return DayReading(day=found)
    return None


def _nth_day(day: NthDay, view: View, span_of: PeriodSpan) -> DayReading | None:
    for period in _instances(day.period, view):
        span = span_of(period, view)
        found = _nth_in(day, span, view) if span else None
        if found and (found <= view.today if view.past else found >= view.today):
            return DayReading(day=found)
    span = span_of(day.period, view)
    found = _nth_in(day, span, view) if span else None
    return DayReading(day=found) if found else None


def _instances(period: Period, view: View) -> Iterable[Period]:
    """The period, and where nothing ties it to a year or to now, the one after."""
    yield period
    if period.year is None and period.number is not None and period.offset is None:
        yield replace(period, year=view.today.year + (-1 if view.past else 1))
    elif period.offset == 0 and period.bare:
        yield replace(period, offset=-1 if view.past else 1)


def _nth_in(day: NthDay, span: tuple[date, date], view: View) -> date | None:
    first, last = span
    backwards = day.ordinal.nth < 0
    step, found = (-DAY, last) if backwards else (DAY, first)
    left = abs(day.ordinal.nth)
    while first <= found <= last:
        left -= _counts(found, day, view)
        if not left:
            return found
        found += step
    return None


def _counts(found: date, day: NthDay, view: View) -> bool:
    if day.ordinal.weekday is not None:
        return found.weekday() == day.ordinal.weekday
    return not day.ordinal.business or view.calendar.works(found)


def _shifted_day(day: ShiftedDay, view: View, span_of: PeriodSpan) -> DayReading | None:
    base = resolve_day(day.day, view, span_of)
    if base is None:
        return None
    return DayReading(day=shift(base.day, day.span, -1 if day.before else 1, view))


def shift(day: date, span: Duration, sign: int, view: View) -> date:
    """The day so many days, weeks, months or years from another. Raises ValueError beyond the calendar."""
    count = sign * span.high
    if span.business:
        day = view.calendar.add_working_days(day, round(count * (1 if span.unit == "day" else _WORKING_WEEK)))
    elif span.unit in ("second", "minute", "hour", "day", "week"):
        hours = {"second": 0, "minute": 0, "hour": 1, "day": 24, "week": 168}[span.unit]
        day += timedelta(days=round(count * hours / 24))
    else:
        day = add_months(day, round(count * {"month": 1, "quarter": 3, "year": 12}[span.unit]))
    return shift(day, span.more, sign, view) if span.more else day
