"""From a match of a period or duration pattern to what it means; None where the match turns out to be none."""

import re

from extractors.dates.builders.common import (
    OFFSETS,
    SAYS_MONTH,
    SHORT_ENDS,
    SHY_MONTHS,
    UNITS,
    Match,
    month_number,
    portion_of,
    year_number,
)
from extractors.dates.terms import CalendarDay, Direction, Duration, Period, Term
from extractors.dates.vocabulary import NUMBERS, ORDINALS, SEASONS, SPAN_UNITS


def relative_period(match: Match) -> Term | None:
    portion = portion_of(match)
    unit = UNITS[match["unit"].lower()]
    offset = OFFSETS.get((match["which"] or "").lower())
    before = match.string[max(0, match.start() - 12) : match.start()].lower()
    if offset is None:
        if unit == "weekend" and re.match(r"the\b", match[0], re.I):
            return Period(unit=unit, offset=0)
        if portion == "whole" or re.search(r"\b(?:per|each|every)\b", match[0], re.I):
            return None
    if before.endswith(("per ", "a ", "each ")) or match["end"]:
        return None
    if (
        re.match(r"[- ]?(?:long|old|over)|'s\b", match.string[match.end() :])
        and portion == "whole"
        and offset is None
    ):
        return None
    return Period(unit=unit, offset=offset or 0, portion=portion)


def all_period(match: Match) -> Term | None:
    unit = match["unit"].lower()
    if unit in SEASONS:
        return Period(unit="season", number=SEASONS[unit][0], offset=0)
    return Period(unit=UNITS[unit], offset=0)


def week_of(match: Match) -> Term | None:
    month = match["month"] or match["month2"]
    day = CalendarDay(
        day=int(match["day"] or match["day2"]),
        month=month_number(month) if month else None,
        year=year_number(match["year"]),
    )
    return Period(unit="week", day=day)


def calendar_week(match: Match) -> Term | None:
    lower = match[0].lower()
    before = match.string[max(0, match.start() - 10) : match.start()].lower()
    if lower.startswith("week") and not re.search(r"\b(?:in|by|until|of|from|to|before|after) (?:the )?$", before):
        return None
    return Period(unit="week", number=int(match["number"]))


def month(match: Match) -> Term | None:
    name = match["month"]
    portion = "end" if match["end"] else portion_of(match)
    before = match.string[: match.start()]
    if name.lower().rstrip(".") in SHY_MONTHS or not name[0].isupper():
        says = match["which"] or match["year"] or portion != "whole" or SAYS_MONTH.search(before[-12:])
        if not says or (name.lower() == "may" and name.islower()):
            return None
    if name.lower() == "march" and name.islower():
        return None
    which = (match["which"] or match["of"] or "").lower()
    return Period(
        unit="month",
        number=month_number(name),
        year=year_number(match["year"]),
        offset=-1 if which in ("last", "past") else 1 if which == "next" and match["of"] else None,
        portion=portion,
    )


def quarter(match: Match) -> Term | None:
    return Period(
        unit="quarter", number=int(match["quarter"]), year=year_number(match["year"]), portion=portion_of(match)
    )


def ordinal_period(match: Match) -> Term | None:
    number = ORDINALS[match["ordinal"].lower()]
    half = match["unit"].lower() == "half"
    which = OFFSETS.get((match["which"] or "").lower())
    return Period(
        unit="half" if half else "quarter",
        number=min(number, 2) if half else number,
        year=year_number(match["year"]),
        offset=which,
        portion=portion_of(match),
    )


def half(match: Match) -> Term | None:
    return Period(unit="half", number=int(match["half"]), year=year_number(match["year"]), portion=portion_of(match))


def year(match: Match) -> Term | None:
    before = match.string[max(0, match.start() - 14) : match.start()].lower()
    said = re.search(
        r"\b(?:in|since|until|till|through|thru|by|for|of|from|before|after|during|to|the|end|early|late|mid"
        r"|than|and|or|their|our|your|until the)[ ]*(?:the )?$|^[ ]*$|[(,][ ]*$",
        before,
    )
    if portion_of(match) == "whole" and not said:
        return None
    return Period(
        unit="year", year=int(match["year"]), portion=portion_of(match), last_number=year_number(match["last"])
    )


def period_end(match: Match) -> Term | None:
    if match["short"]:
        return Period(unit=SHORT_ENDS[match["short"].lower()], offset=0, portion="end")
    unit = (match["end"] or match["of"]).lower().removesuffix("end").rstrip(" -")
    return Period(unit=UNITS[unit], offset=0, portion="end")


def season(match: Match) -> Term | None:
    name = (match["season"] or match["bare"]).lower()
    which = OFFSETS.get((match["which"] or "").lower())
    return Period(unit="season", number=SEASONS[name][0], offset=which)


def duration(match: Match) -> Term | None:
    direction = _direction(match)
    if direction is None:
        return None
    unit_word = re.sub(r"(?<=\w)s$", "", match["unit"].lower())
    factor = 2 if unit_word == "fortnight" else 1
    low = _count(match["low"])
    high = _count(match["high"]) if match["high"] else low
    return Duration(
        low=low * factor,
        high=max(low, high) * factor,
        unit=SPAN_UNITS[unit_word],
        business=bool(match["business"]),
        direction=direction,
    )


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower(), 1)


def _direction(match: Match) -> Direction | None:
    prep, frame, suffix = ((match[name] or "").lower() for name in ("prep", "frame", "suffix"))
    ahead = suffix in ("from now", "from today", "later", "out") or (suffix == "time" and prep == "in")
    limit = prep in ("within", "inside") or frame in ("the next", "the coming", "next", "the following")
    plain_in = prep == "in" and not match[0].lower().startswith("in a day")
    if suffix == "ago":
        return "ago"
    if frame in ("the last", "the past", "last", "past", "these past"):
        return "past"
    if ahead or (plain_in and not limit):
        return "in"
    return "within" if limit or (match["business"] and not prep) else None


def framed_period(match: Match) -> Term | None:
    unit_word = next(match[name] for name in ("unit", "unit2", "unit3", "unit4") if match[name]).lower()
    if unit_word in ("few days", "couple of days", "few weeks"):
        return Duration(
            low=2 if "couple" in unit_word else 3,
            high=3,
            unit="week" if "week" in unit_word else "day",
            business=False,
            direction="within",
        )
    if match["unit4"] and unit_word != "hour":
        return (
            Period(unit=UNITS.get(unit_word, "week"), offset=0)
            if unit_word != "day"
            else Duration(low=1, high=1, unit="day", business=False, direction="within")
        )
    unit = SPAN_UNITS[unit_word]
    count = 2 if unit_word == "fortnight" else 1
    return Duration(low=count, high=count, unit=unit, business=False, direction="within")


def unplaced_day(_match: Match) -> Term | None:
    """A day counted from some other event than the sending; found, but not placed."""
    return Duration(low=0, high=0, unit="day", business=False, direction="in")
