"""Days by number: "2026-11-18", "11/18", "Nov 18", "the 18th of November", "the 18th"."""

from extractors.dates.builders.common import is_name, is_shy_month, month_number
from extractors.dates.numbers import whole_number, year_number
from extractors.dates.patterns import cues
from extractors.dates.rule import Found
from extractors.dates.terms import CalendarDay, Clock, Instant, Term

_LAST_DAY, _LAST_MONTH = 31, 12
# Two digits from here on are years of the last century.
_PIVOT = 70
_SHORTEST_DOTTED = len("03.11.12")
_ROUND_THE_CLOCK = (24, 7)


def iso_day(found: Found) -> Term | None:
    month = found["month"]
    day = CalendarDay(
        year=int(found["year"]),
        month=int(month) if month.isdigit() else month_number(month),
        day=int(found["day"]),
    )
    if not found["hour"]:
        return day
    clock = Clock(hour=int(found["hour"]), minute=int(found["minute"]))
    return Instant(day=day, clock=clock, zone=found["zone"] or None)


def numeric_day(found: Found) -> Term | None:
    """Kept as written, first number first: the locale decides at resolution. Points are day first everywhere."""
    if not found["b"]:
        return None
    first, second = int(found["a"]), int(found["b"])
    year = year_number(found["year"] or found["long_year"], pivot=_PIVOT)
    dotted = found["sep"] == "."
    if year is None and not _is_a_day(found, first, second):
        return None
    if year is not None and dotted and len(found.text) < _SHORTEST_DOTTED:
        return None  # "3.11.12" is a version
    if dotted or first > _LAST_MONTH:
        return CalendarDay(day=first, month=second, year=year) if second <= _LAST_MONTH else None
    if second > _LAST_MONTH:
        return CalendarDay(day=second, month=first, year=year)
    return CalendarDay(day=first, month=second, year=year, other=(second, first))


def _is_a_day(found: Found, first: int, second: int) -> bool:
    """A bare "1/2" or "9.1" is a fraction or a section unless something before it says it is a day."""
    if min(first, second) > _LAST_MONTH or (first, second) == _ROUND_THE_CLOCK:
        return False
    weekday = found.comes_after(cues.WEEKDAY_BEFORE)
    two_digits = len(found["a"]) == len(found["b"]) == len("31")
    match found["sep"]:
        case "/" if not found.comes_before(cues.FRACTION_AFTER):
            padded = "0" in (found["a"][0], found["b"][0])
            clear = padded or (two_digits and max(first, second) > _LAST_MONTH)
            return bool(clear or weekday or found.opens_sentence or found.comes_after(cues.NUMBERED_DAY_BEFORE))
        case ".":
            ended = found.comes_before(cues.FULL_STOP_AFTER) and found.comes_after(cues.DAY_BEFORE)
            return bool(weekday or (ended and two_digits))
    return False


def _last(found: Found, first: int) -> int | None:
    last = whole_number(found["last"]) if found["last"] else 0
    return last if first < last <= _LAST_DAY else None


def month_day(found: Found) -> Term | None:
    """ "Nov 18", "November the 18th", "nov eighteenth", "April22"."""
    day = found["day"]
    in_words = not day[0].isdigit()
    if in_words and not found["gap"]:
        return None
    if is_shy_month(found) and not (found["the"] or day[-1].isalpha()):
        return None
    if day == "second" and is_name(found):
        return None
    return _named_day(found, found["year"])


def day_month(found: Found) -> Term | None:
    """ "18 November", "the 18th of Nov", "second of August", "30NOV26"."""
    day = found["day"]
    in_words = not day[0].isdigit()
    if is_shy_month(found) and not found["of"]:
        return None
    if in_words and not (found["of"] or found.text.startswith("the ")):
        return None
    if not found["gap"] and not day[-1].isdigit():
        return None
    year = found["year"] or found["short_year"]
    if not (year or found["of"]) and is_name(found):
        return None
    return _named_day(found, year)


def _named_day(found: Found, year: str) -> Term | None:
    number = whole_number(found["day"])
    if not 1 <= number <= _LAST_DAY:
        return None
    return CalendarDay(
        day=number, month=month_number(found["month"]), year=year_number(year), last_day=_last(found, number)
    )


def days_of_month(found: Found) -> Term | None:
    """ "from 4 to 22 of next month"."""
    first = whole_number(found["day"])
    return CalendarDay(day=first, months=_months(found["tail"]), last_day=_last(found, first))


def _months(tail: str) -> int:
    return 1 if "next" in tail else -1 if "last" in tail else 0


def ordinal_day(found: Found) -> Term | None:
    """ "the 20th", "Friday the 20th", "by 20th"; not "the 20th floor"."""
    number = whole_number(found["day"])
    if not 1 <= number <= _LAST_DAY:
        return None
    tail = found["tail"]
    if tail:
        return CalendarDay(day=number, months=None if "the month" in tail else _months(tail))
    said = found["the"] or found.comes_after(cues.WEEKDAY_BEFORE) or found.comes_after(cues.DAY_BEFORE)
    if not said or found.comes_before(cues.NO_DAY_AFTER) or found.comes_before(cues.HYPHEN_AFTER):
        return None
    if not found["day"][0].isdigit() and not found.comes_after(cues.WORDED_DAY_BEFORE):
        return None
    return CalendarDay(day=number, last_day=_last(found, number))


def listed_day(found: Found) -> Term | None:
    """The second of "Dec 1 or 8", the others of "March 3, 5 and 9"."""
    first = found.comes_after(cues.LISTED_DAY_BEFORE)
    if not first or is_name(found):
        return None
    return CalendarDay(day=int(found["day"]), month=month_number(first["month"]), listed=True)


def bare_day(found: Found) -> Term | None:
    """ "back on 15", "for the 27": a number that only the words before it make a day."""
    number = whole_number(found["day"])
    if not 1 <= number <= _LAST_DAY:
        return None
    the = found.text.startswith("the")
    sure = the and number > _LAST_MONTH and found.comes_after(cues.WORDED_DAY_BEFORE)
    weekday = the and found.comes_after(cues.WEEKDAY_BEFORE)
    return CalendarDay(day=number) if sure or weekday or found.comes_after(cues.BARE_DAY_BEFORE) else None
