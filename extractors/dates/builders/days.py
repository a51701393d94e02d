"""Days by name: weekdays, "tomorrow", holidays, "the first Friday"."""

from extractors.dates.builders.common import is_name, weekday_number
from extractors.dates.numbers import amount, year_number
from extractors.dates.patterns import cues
from extractors.dates.rule import Found
from extractors.dates.terms import Feast, Ordinal, Period, RelativeDay, Term, Weekday, Which
from extractors.dates.words.calendar import DAY_PARTS, OFFSETS, PLAIN_SHORT_WEEKDAYS, RELATIVE_DAYS, WEEKDAYS
from extractors.dates.words.feasts import NEED_DAY
from extractors.dates.words.numbers import NTH
from extractors.dates.words.units import PERIOD_UNITS

_WHICH: dict[int, Which] = {-1: "last", 0: "this", 1: "next"}
_COMING = ("", "this coming", "coming", "upcoming")
# "Friday next week": in which week, counted from the present one.
_WEEKS = {
    "next week": 1,
    "next wk": 1,
    "the following week": 1,
    "this week": 0,
    "this wk": 0,
    "last week": -1,
    "the week after next": 2,
    "week after next": 2,
    "after next": 2,
}


def weekday(found: Found) -> Term | None:
    """ "Friday", "next Friday", "Friday week"; not "Fridays", "every Friday" or "Happy Friday!"."""
    recurs = (
        found["plural"] or found.comes_after(cues.RECURRING_BEFORE) or found.comes_before(cues.RECURRING_PART_AFTER)
    )
    return None if recurs or found.comes_after(cues.GREETING_BEFORE) else _weekday(found)


def _weekday(found: Found) -> Term:
    number, week, which = weekday_number(found["day"]), found["week"], found["which"]
    if week == "week":
        return Weekday(weekday=number, nth=2)
    if week:
        return Weekday(weekday=number, weeks=_WEEKS[week])
    return Weekday(weekday=number, which="" if which in _COMING else _WHICH[OFFSETS[which]])


def short_weekday(found: Found) -> Term | None:
    """ "Tue", "by fri", "next wed"; not "the sun" or "Mon Ami"."""
    day, lower = found["day"], found.is_lower("day")
    plain = day in PLAIN_SHORT_WEEKDAYS
    if is_name(found) or found.comes_after(cues.RECURRING_BEFORE):
        return None
    if day in ("sun", "sat") and found.comes_before(cues.SUN_WORD_AFTER):
        return None
    followed = bool(found.comes_before(cues.SHORT_DAY_AFTER))
    if found["which"]:
        fits = not (lower and day == "sun")
    elif lower and not plain:
        timed = found.comes_before(cues.TIME_AFTER) and found.comes_after(cues.SHORT_DAY_BEFORE)
        fits = bool(timed or (followed and found.comes_after(cues.LOWER_SHORT_DAY_BEFORE)))
    else:
        told = lower or followed or found.comes_before(cues.TIME_AFTER)
        fits = bool(told or found.comes_after(cues.SHORT_DAY_BEFORE))
    return _weekday(found) if fits else None


def counted_weekday(found: Found) -> Term | None:
    """ "two Mondays from now"."""
    return Weekday(weekday=weekday_number(found["day"]), nth=max(1, int(amount(found["count"]))))


def ordinal(found: Found) -> Term | None:
    """ "the first Friday", "last day", "second half": part of a period that follows."""
    nth, what = NTH[found["nth"]], found["what"]
    count = int(amount(found["count"])) if found["count"] else 1
    if found.comes_after(cues.RECURRING_BEFORE):
        return None
    if (
        found["nth"] == "last"
        and count == 1
        and "days" not in f"{what}s"
        and not found.comes_before(cues.INSIDE_AFTER)
    ):
        return None  # "last week" is the one before this
    if what in WEEKDAYS:
        inside = nth > 0 or found.comes_before(cues.INSIDE_AFTER)
        return Ordinal(nth=nth, weekday=WEEKDAYS[what]) if inside else None
    if what == "quarter":
        return Period(unit="quarter", number=nth if nth > 0 else 4)
    return Ordinal(nth=nth, unit=PERIOD_UNITS[what.removesuffix("s")], business=bool(found["business"]), count=count)


def relative_day(found: Found) -> Term | None:
    word = found["word"]
    if word == "today" and found.comes_after(cues.IN_BEFORE) and found.comes_before(cues.POSSESSIVE_AFTER):
        return None  # "in today's market"
    part = DAY_PARTS.get("evening" if word == "last night" else word.rsplit(" ", 1)[-1])
    return RelativeDay(days=RELATIVE_DAYS[word], part=part)


def next_day(found: Found) -> Term | None:
    """ "the next business day" is counted from sending; "the next day" may be from something told before."""
    business = bool(found["business"])
    return RelativeDay(days=1, business=business, told=not business or "following" in found.text)


def feast(found: Found) -> Term | None:
    name, year = found["word"], found["year"]
    if name in NEED_DAY and not found["day"]:
        return None
    if found.comes_after(cues.GREETING_BEFORE) or found.comes_before(cues.FEAST_THING_AFTER):
        return None
    if name == "easter" and is_name(found):
        return None
    return Feast(name=name, year=None if year.endswith(" year") else year_number(year))
