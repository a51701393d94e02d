"""Which calendar day a word for a day means."""

from datetime import date, timedelta

from extractors.dates.terms import CalendarDay, Day, Feast, RelativeDay, Weekday
from extractors.dates.vocabulary import FEASTS

_MONTHS_AHEAD = 14


def resolve_day(day: Day, today: date, *, past: bool, day_first: bool) -> tuple[date | None, date | None]:
    """The day meant, and the other reading where there is a real one; (None, None) for a day that does not exist."""
    match day:
        case RelativeDay():
            return today + timedelta(days=day.days), None
        case Weekday():
            return _weekday(day, today, past=past)
        case CalendarDay():
            return _calendar_day(day, today, past=past, day_first=day_first)
        case Feast():
            return _nearest_feast(day.name, today, past=past), None


def _weekday(day: Weekday, today: date, *, past: bool) -> tuple[date, date | None]:
    monday = today - timedelta(days=today.weekday())
    if day.weeks is not None:
        return monday + timedelta(days=7 * day.weeks + day.weekday), None
    ahead = timedelta(days=(day.weekday - today.weekday() - 1) % 7 + 1)
    back = timedelta(days=(today.weekday() - day.weekday - 1) % 7 + 1)
    if day.which == "next":
        chosen = monday + timedelta(days=7 + day.weekday)
        nearest = today + ahead
        return chosen, nearest if nearest != chosen else None
    if day.which == "last" or (past and day.which != "this"):
        return today - back, None
    if day.which == "this":
        named = monday + timedelta(days=day.weekday)
        return (named, None) if past or named >= today else (today + ahead, None)
    return today + ahead, None


def _calendar_day(day: CalendarDay, today: date, *, past: bool, day_first: bool) -> tuple[date | None, date | None]:
    if day.month is None:
        return _day_of_month(day.day, today, past=past), None
    month, number, other = day.month, day.day, day.other
    if other and not day_first:
        month, number, other = other[1], other[0], (day.day, day.month)
    chosen = _in_year(month, number, day.year, today, past=past)
    if other is None or other == (number, month) or month == number:
        return chosen, None
    return chosen, _in_year(other[1], other[0], day.year, today, past=past)


def _in_year(month: int, day: int, year: int | None, today: date, *, past: bool) -> date | None:
    if year is not None:
        return safe_date(year, month, day)
    years = range(today.year, today.year - 9, -1) if past else range(today.year, today.year + 9)
    found = (safe_date(candidate, month, day) for candidate in years)
    return next((date_ for date_ in found if date_ and (date_ <= today if past else date_ >= today)), None)


def _day_of_month(day: int, today: date, *, past: bool) -> date | None:
    step = -1 if past else 1
    for months in range(_MONTHS_AHEAD):
        index = today.year * 12 + today.month - 1 + step * months
        found = safe_date(index // 12, index % 12 + 1, day)
        if found and (found <= today if past else found >= today):
            return found
    return None


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest_feast(name: str, today: date, *, past: bool) -> date | None:
    years = (today.year, today.year - 1) if past else (today.year, today.year + 1)
    for year in years:
        day = feast_in(name, year)
        if day <= today if past else day >= today:
            return day
    return None


def feast_in(name: str, year: int) -> date:
    """The day of a holiday of the vocabulary in a year."""
    rule = FEASTS[name]
    if isinstance(rule, int):
        return _easter(year) + timedelta(days=rule)
    if len(rule) == 2:
        return date(year, rule[0], rule[1])
    month, weekday, which, shift = rule
    if which < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7 - shift)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1) + shift)


def _easter(year: int) -> date:
    """Western Easter by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, chapter 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    quarter, odd = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * quarter - epact - odd) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
