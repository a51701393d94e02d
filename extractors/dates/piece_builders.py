"""From a match of a date pattern to what it means; None where the match turns out to be no date."""

import re
from typing import Literal

from extractors.dates.terms import (
    CalendarDay,
    Clock,
    ClockRange,
    DayPart,
    Duration,
    Feast,
    Period,
    PeriodUnit,
    Portion,
    RelativeDay,
    SpanUnit,
    Term,
    Weekday,
    ZoneName,
)
from extractors.dates.vocabulary import (
    DAY_PARTS,
    MONTHS,
    NUMBERS,
    ORDINALS,
    RELATIVE_DAYS,
    SEASONS,
    SPAN_UNITS,
    WEEKDAYS,
)

Match = re.Match[str]
_CENTURY = 2000
_OFFSETS = {"next": 1, "following": 1, "coming": 1, "this coming": 1, "this": 0, "last": -1, "past": -1}
_UNITS: dict[str, PeriodUnit] = {
    "week": "week",
    "wk": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
}
_SHORT_ENDS: dict[str, PeriodUnit] = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
# Words that are months only where something says so: "may" the verb, "march" the walk.
_SHY_MONTHS = frozenset({"may", "march"})
_SAYS_MONTH = re.compile(
    r"\b(?:in|by|until|till|through|thru|of|before|after|since|from|to|for|during|this|next|last|early|mid"
    r"|late|and|or|our|the|your|on)[ -]*$|[(–-]$",
    re.IGNORECASE,
)


def _month(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text.lstrip("'"))
    return number if number >= 100 else _CENTURY + number


def _weekday(text: str | None) -> int | None:
    return WEEKDAYS[text.lower().rstrip(".")] if text else None


def _portion(match: Match) -> Portion:
    groups = match.groupdict()
    word = (groups.get("portion") or groups.get("mid") or "").lower().removeprefix("very ").removeprefix("the ")
    known: dict[str, Portion] = {
        "": "whole",
        "early": "early",
        "mid": "mid",
        "middle": "mid",
        "late": "late",
        "end": "end",
        "close": "end",
        "start": "start",
        "beginning": "start",
    }
    return known.get(word, "whole")


def iso_day(match: Match) -> Term | None:
    return CalendarDay(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))


def numeric_day(match: Match) -> Term | None:
    """Kept as written, first number first: the locale decides at resolution. Points are day first everywhere."""
    first, second = int(match["a"]), int(match["b"])
    year = _year(match["year"])
    if match["sep"] == "." or first > 12:
        if match["sep"] == "." and year is None and not match[0].count(".") and second > 12:
            return None
        return CalendarDay(day=first, month=second, year=year) if second <= 12 and _plausible(match) else None
    if match["sep"] == "-" and year is None:
        return None
    if second > 12:
        return CalendarDay(day=second, month=first, year=year)
    return CalendarDay(day=first, month=second, year=year, other=(second, first)) if _plausible(match) else None


def _plausible(match: Match) -> bool:
    """A bare "1/2" or "9.1" is a fraction or a section unless something before it says it is a day."""
    if match["year"]:
        return len(match["year"]) == 4 or match["sep"] != "." or len(match[0]) == 8
    before = match.string[max(0, match.start() - 14) : match.start()]
    if match["sep"] == ".":
        return match.string[match.end() : match.end() + 1] == "." and bool(
            re.search(r"\b(?:on|by|until|till|vom|bis|am|zum)[ ]+$", before, re.I)
        )
    return bool(
        re.search(
            r"\b(?:on|by|until|till|from|to|starting|of|ships|before|after|is|due|w/c|for|through)[ ]+$|[,"
            r"(:–-][ ]?$",
            before,
            re.I,
        )
    )


def named_day(match: Match) -> Term | None:
    groups = match.groupdict()
    if not match["month"][0].isupper() and match["month"].lower() in _SHY_MONTHS and not match["day"]:
        return None
    last = int(match["last"]) if match["last"] else None
    if match["month"].lower() in ("mar", "sep", "may", "sun") and match["month"].islower():
        return None
    return CalendarDay(
        day=int(match["day"]),
        month=_month(match["month"]),
        year=_year(match["year"] or groups.get("short_year")),
        weekday=_weekday(match["weekday"]),
        last_day=last if last and last > int(match["day"]) else None,
    )


def ordinal_day(match: Match) -> Term | None:
    if (
        match.string[match.end() : match.end() + 12]
        .lower()
        .startswith((" and ", " quarter", " half", " floor", " of the"))
    ):
        return None
    return CalendarDay(day=int(match["day"]), weekday=_weekday(match["weekday"]))


def weekday(match: Match) -> Term | None:
    if match[0].lower().rstrip().endswith("days") or re.search(
        r"\b(?:every|each|second|most)[ ]+$", match.string[: match.start()], re.I
    ):
        return None
    which = _OFFSETS.get((match["which"] or "").lower())
    week = (match["week"] or "").lower()
    if week:
        return Weekday(weekday=WEEKDAYS[match["day"].lower()], weeks=0 if week == "this week" else 1)
    if (match["which"] or "").lower() in ("this coming", "coming"):
        return Weekday(weekday=WEEKDAYS[match["day"].lower()])
    return Weekday(
        weekday=WEEKDAYS[match["day"].lower()],
        which="" if which is None else ("last", "this", "next")[which + 1],  # type: ignore[arg-type]
    )


def weekday_named_short(match: Match) -> Term | None:
    which: Literal["next", "this", "last"] = match["which"].lower()  # type: ignore[assignment]
    return Weekday(weekday=WEEKDAYS[match["day"].lower()], which=which)


def weekday_before_time(match: Match) -> Term | None:
    return Weekday(weekday=WEEKDAYS[match["day"].lower()])


def weekday_short(match: Match) -> Term | None:
    word = match["day"]
    if word.lower() in ("sun", "sat", "mon", "wed") and word.islower():
        before = match.string[: match.start("day")].rstrip().lower()
        if not before.endswith(
            (" by", " on", " next", " till", " til", ",", "by", "on", "until", "this", "last", ":", "-", "(")
        ):
            return None
    after = match.string[match.end("span") :]
    if re.match(r"[ ][A-Z][a-z]", after) and not re.match(
        r"[ ](?:[A-Z][a-z]*day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", after
    ):
        return None
    weeks = 1 if match.groupdict().get("week") else None
    return Weekday(weekday=WEEKDAYS[word.lower()], weeks=weeks)


def relative_day(match: Match) -> Term | None:
    word = match["word"].lower()
    part = DAY_PARTS.get("evening" if word == "last night" else word.split()[-1])
    return RelativeDay(days=RELATIVE_DAYS[word], part=part)


def feast(match: Match) -> Term | None:
    return Feast(name=match["word"].lower())


def relative_period(match: Match) -> Term | None:
    portion = _portion(match)
    unit = _UNITS[match["unit"].lower()]
    offset = _OFFSETS.get((match["which"] or "").lower())
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
    return Period(unit=_UNITS[unit], offset=0)


def week_of(match: Match) -> Term | None:
    month = match["month"] or match["month2"]
    day = CalendarDay(
        day=int(match["day"] or match["day2"]), month=_month(month) if month else None, year=_year(match["year"])
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
    portion = "end" if match["end"] else _portion(match)
    before = match.string[: match.start()]
    if name.lower().rstrip(".") in _SHY_MONTHS or not name[0].isupper():
        says = match["which"] or match["year"] or portion != "whole" or _SAYS_MONTH.search(before[-12:])
        if not says or (name.lower() == "may" and name.islower()):
            return None
    if name.lower() == "march" and name.islower():
        return None
    which = (match["which"] or match["of"] or "").lower()
    return Period(
        unit="month",
        number=_month(name),
        year=_year(match["year"]),
        offset=-1 if which in ("last", "past") else 1 if which == "next" and match["of"] else None,
        portion=portion,
    )


def quarter(match: Match) -> Term | None:
    return Period(unit="quarter", number=int(match["quarter"]), year=_year(match["year"]), portion=_portion(match))


def ordinal_period(match: Match) -> Term | None:
    number = ORDINALS[match["ordinal"].lower()]
    half = match["unit"].lower() == "half"
    which = _OFFSETS.get((match["which"] or "").lower())
    return Period(
        unit="half" if half else "quarter",
        number=min(number, 2) if half else number,
        year=_year(match["year"]),
        offset=which,
        portion=_portion(match),
    )


def half(match: Match) -> Term | None:
    return Period(unit="half", number=int(match["half"]), year=_year(match["year"]), portion=_portion(match))


def year(match: Match) -> Term | None:
    before = match.string[max(0, match.start() - 14) : match.start()].lower()
    said = re.search(
        r"\b(?:in|since|until|till|through|thru|by|for|of|from|before|after|during|to|the|end|early|late|mid"
        r"|than|and|or|their|our|your|until the)[ ]*(?:the )?$|^[ ]*$|[(,][ ]*$",
        before,
    )
    if _portion(match) == "whole" and not said:
        return None
    return Period(unit="year", year=int(match["year"]), portion=_portion(match), last_number=_year(match["last"]))


def period_end(match: Match) -> Term | None:
    if match["short"]:
        return Period(unit=_SHORT_ENDS[match["short"].lower()], offset=0, portion="end")
    unit = (match["end"] or match["of"]).lower().removesuffix("end").rstrip(" -")
    return Period(unit=_UNITS[unit], offset=0, portion="end")


def season(match: Match) -> Term | None:
    name = (match["season"] or match["bare"]).lower()
    which = _OFFSETS.get((match["which"] or "").lower())
    return Period(unit="season", number=SEASONS[name][0], offset=which)


def clock(match: Match) -> Term | None:
    groups = match.groupdict()
    hour, minute = int(match["hour"]), int(groups.get("minute") or 0)
    meridiem = (groups.get("meridiem") or "").lower().replace(".", "")
    if meridiem in ("a", "p") and " " in match[0]:
        return None
    if meridiem:
        if hour > 12:
            return Clock(hour=hour, minute=minute)
        hour = hour % 12 + (12 if meridiem.startswith("p") else 0)
    sure = bool(meridiem) or hour >= 12 or hour == 0 or match["hour"].startswith("0") or "h" in match[0].lower()
    return Clock(hour=hour, minute=minute, sure=sure)


def clock_range(match: Match) -> Term | None:
    """ "2-4pm", "between 9 and 11": the meridiem that only the second time has counts for both."""
    end_meridiem = (match["end_meridiem"] or "").lower().replace(".", "")
    start_meridiem = (match["start_meridiem"] or "").lower().replace(".", "") or end_meridiem
    start_hour = int(match["start_hour"])
    end_hour = {"noon": 12, "midnight": 24}.get(match["end_hour"].lower()) or int(match["end_hour"])
    if max(start_hour, end_hour) > 24:
        return None
    if end_meridiem.startswith("p") and not match["start_meridiem"] and start_hour > end_hour:
        start_meridiem = "am"
    start = _clock_of(start_hour, match["start_minute"], start_meridiem)
    end = _clock_of(end_hour, match["end_minute"], end_meridiem)
    return ClockRange(start=start, end=end)


def _clock_of(hour: int, minute: str | None, meridiem: str) -> Clock:
    if meridiem and hour <= 12:
        hour = hour % 12 + (12 if meridiem.startswith("p") else 0)
    return Clock(hour=hour % 24, minute=int(minute or 0), sure=bool(meridiem) or hour >= 12)


def named_clock(match: Match) -> Term | None:
    return Clock(hour=0 if match["word"].lower() == "midnight" else 12)


def bare_hour(match: Match) -> Term | None:
    return Clock(hour=int(match["hour"]), sure=int(match["hour"]) > 12, grain="hour")


def end_of_day(match: Match) -> Term | None:
    return DayPart(start=0, end=None)


def day_part(match: Match) -> Term | None:
    word = match["word"].lower().removeprefix("at ").removesuffix(" in the morning")
    start, end = DAY_PARTS[word]
    return DayPart(start=start, end=end)


def zone(match: Match) -> Term | None:
    return ZoneName(name=match[0].strip("()"))


def duration(match: Match) -> Term | None:
    low = _count(match["low"])
    high = _count(match["high"]) if match["high"] else low
    unit_word = re.sub(r"(?<=\w)s$", "", match["unit"].lower())
    unit: SpanUnit = SPAN_UNITS[unit_word]  # type: ignore[assignment]
    factor = 2 if unit_word == "fortnight" else 1
    direction = _direction(match)
    if direction is None:
        return None
    return Duration(
        low=low * factor,
        high=max(low, high) * factor,
        unit=unit,
        business=bool(match["business"]),
        direction=direction,
    )  # type: ignore[arg-type]


def _count(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS.get(word.lower(), 1)


def _direction(match: Match) -> str | None:
    prep, frame, suffix = ((match[name] or "").lower() for name in ("prep", "frame", "suffix"))
    if suffix == "ago":
        return "ago"
    if frame in ("the last", "the past", "last", "past", "these past"):
        return "past"
    if suffix in ("from now", "from today", "later", "out") or (suffix == "time" and prep == "in"):
        return "in"
    if prep in ("within", "inside") or frame in ("the next", "the coming", "next", "the following"):
        return "within"
    after = match.string[match.end() : match.end() + 3]
    if prep == "in" and not match[0].lower().startswith("in a day") and not after.startswith(" a "):
        return "in"
    if match["business"] and not prep:
        return "within"
    return None


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
            Period(unit=_UNITS.get(unit_word, "week"), offset=0)
            if unit_word != "day"
            else Duration(low=1, high=1, unit="day", business=False, direction="within")
        )
    unit: SpanUnit = SPAN_UNITS[unit_word]  # type: ignore[assignment]
    count = 2 if unit_word == "fortnight" else 1
    return Duration(low=count, high=count, unit=unit, business=False, direction="within")


def unplaced_day(match: Match) -> Term | None:
    """A day counted from some other event than the sending; found, but not placed."""
    return Duration(low=0, high=0, unit="day", business=False, direction="in")
