"""On which day a holiday falls."""

from datetime import date, timedelta

from extractors.dates.words.feasts import FEASTS, AfterEaster, Fixed, NthWeekday


def feast_in(name: str, year: int) -> date:
    """The day of a holiday of the vocabulary in a year."""
    match FEASTS[name]:
        case Fixed(month=month, day=day):
            return date(year, month, day)
        case AfterEaster(days=days):
            return _easter(year) + timedelta(days=days)
        case NthWeekday(month=month, weekday=weekday, nth=nth, after=after):
            return _nth_weekday(year, month, weekday, nth) + timedelta(days=after)


def nearest_feast(name: str, today: date, *, past: bool) -> date:
    """The holiday on the side of today that is meant; today counts on either."""
    this_year = feast_in(name, today.year)
    if past:
        return this_year if this_year <= today else feast_in(name, today.year - 1)
    return this_year if this_year >= today else feast_in(name, today.year + 1)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


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
