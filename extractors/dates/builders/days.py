"""From a match of a day pattern to the day meant; None where the match turns out to be none."""

import re
from typing import Literal

from extractors.dates.builders.common import OFFSETS, SHY_MONTHS, Match, month_number, weekday_number, year_number
from extractors.dates.terms import CalendarDay, Feast, RelativeDay, Term, Weekday
from extractors.dates.vocabulary import DAY_PARTS, RELATIVE_DAYS, WEEKDAYS


def iso_day(match: Match) -> Term | None:
    return CalendarDay(year=int(match["year"]), month=int(match["month"]), day=int(match["day"]))


def numeric_day(match: Match) -> Term | None:
    """Kept as written, first number first: the locale decides at resolution. Points are day first everywhere."""
    first, second = int(match["a"]), int(match["b"])
    year = year_number(match["year"])
    if match[0] == "24/7":
        return None
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
    if not match["month"][0].isupper() and match["month"].lower() in SHY_MONTHS and not match["day"]:
        return None
    last = int(match["last"]) if match["last"] else None
    if match["month"].lower() in ("mar", "sep", "may", "sun") and match["month"].islower():
        return None
    return CalendarDay(
        day=int(match["day"]),
        month=month_number(match["month"]),
        year=year_number(match["year"] or groups.get("short_year")),
        weekday=weekday_number(match["weekday"]),
        last_day=last if last and last > int(match["day"]) else None,
    )


def ordinal_day(match: Match) -> Term | None:
    if (
        match.string[match.end() : match.end() + 12]
        .lower()
        .startswith((" and ", " quarter", " half", " floor", " of the"))
    ):
        return None
    return CalendarDay(day=int(match["day"]), weekday=weekday_number(match["weekday"]))


def weekday(match: Match) -> Term | None:
    if match[0].lower().rstrip().endswith("days") or re.search(
        r"\b(?:every|each|second|most)[ ]+$", match.string[: match.start()], re.I
    ):
        return None
    which = OFFSETS.get((match["which"] or "").lower())
    week = (match["week"] or "").lower()
    if week:
        return Weekday(weekday=WEEKDAYS[match["day"].lower()], weeks=0 if week == "this week" else 1)
    if (match["which"] or "").lower() in ("this coming", "coming"):
        return Weekday(weekday=WEEKDAYS[match["day"].lower()])
    return Weekday(
        weekday=WEEKDAYS[match["day"].lower()],
        which="" if which is None else ("last", "this", "next")[which + 1],
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
