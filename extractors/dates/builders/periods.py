"""Weeks, weekends and what is said by its distance from now: "next month", "the rest of the year", "EOQ"."""

from extractors.dates.builders.common import OWN_YEAR, portion_of
from extractors.dates.numbers import year_number
from extractors.dates.patterns import cues
from extractors.dates.rule import Found
from extractors.dates.terms import Period, PeriodUnit, Term, WeekPrefix
from extractors.dates.words.calendar import OFFSETS
from extractors.dates.words.units import PERIOD_UNITS, SHORT_ENDS

_SIDES = {"before": -1, "after": 1, "following": 1}
_DETERMINERS = ("the", "my", "our", "sometime", "earlier")


def week_prefix(found: Found) -> Term | None:
    """ "the week of", "w/c", "week ending", "the weekend before"."""
    unit: PeriodUnit = "weekend" if found["weekend"] else "week"
    ending = bool(found["ending"] or found["ending2"])
    return WeekPrefix(unit=unit, ending=ending, shift=_SIDES.get(found["side"], 0))


def relative_period(found: Found) -> Term | None:
    """ "next week", "early next month", "the end of the quarter", "the weekend"; "the month" is kept as bare."""
    unit, offset = PERIOD_UNITS[found["unit"]], OFFSETS.get(found["which"])
    portion = "rest" if found["rest"] else "end" if found["end"] else portion_of(found)
    whole = portion == "whole" and offset is None
    if _is_no_period(found, plain=portion == "whole") or (unit == "day" and not found["rest"]):
        return None
    if found["skip"]:
        return Period(unit=unit, offset=2, portion=portion)
    first = found.text.split(" ", 1)[0]
    if unit == "weekend" and first in ("the", "all", "over"):
        whole = False
    elif whole and unit != "weekend" and first not in _DETERMINERS:
        return None
    return Period(unit=unit, offset=offset or 0, portion=portion, bare=whole)


def _is_no_period(found: Found, *, plain: bool) -> bool:
    """ "a month", "a year-long plan", "the quarter's end", "around month-end"."""
    if found["rate"] or found.comes_before(cues.ITS_END_AFTER):
        return True
    if found["which"]:
        return False
    if found.comes_after(cues.RATE_BEFORE):
        return True
    if plain and found.comes_before(cues.LENGTH_AFTER):
        return True
    return bool(found["end"]) and not found.comes_after(cues.PERIOD_END_BEFORE)


def midweek(_found: Found) -> Term | None:
    return Period(unit="week", offset=0, portion="mid")


def calendar_week(found: Found) -> Term | None:
    """ "KW 47", "in week 47"."""
    if found.text.startswith("week") and not (found["year"] or found.comes_after(cues.WEEK_BEFORE)):
        return None
    offset = OWN_YEAR[found["of"]] if found["of"] else None
    return Period(unit="week", number=int(found["number"]), year=year_number(found["year"]), offset=offset)


def period_end(found: Found) -> Term | None:
    """ "EOM", "by year-end", "by the quarter's end"."""
    short = found["short"]
    if short:
        return Period(unit=SHORT_ENDS[short], offset=0, portion="end", fiscal=short == "eofy")
    if not found.comes_after(cues.PERIOD_END_BEFORE):
        return None
    return Period(unit=PERIOD_UNITS[found["unit"]], offset=0, portion="end")
