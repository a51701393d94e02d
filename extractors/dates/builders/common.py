"""What the builders share: numbers of months, weekdays and years, and the words that narrow a period."""

import re

from extractors.dates.terms import PeriodUnit, Portion
from extractors.dates.vocabulary import MONTHS, WEEKDAYS

Match = re.Match[str]
_CENTURY = 2000
OFFSETS = {"next": 1, "following": 1, "coming": 1, "this coming": 1, "this": 0, "last": -1, "past": -1}
UNITS: dict[str, PeriodUnit] = {
    "week": "week",
    "wk": "week",
    "weekend": "weekend",
    "month": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
}
SHORT_ENDS: dict[str, PeriodUnit] = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}
# Words that are months only where something says so: "may" the verb, "march" the walk.
SHY_MONTHS = frozenset({"may", "march"})
SAYS_MONTH = re.compile(
    r"\b(?:in|by|until|till|through|thru|of|before|after|since|from|to|for|during|this|next|last|early|mid"
    r"|late|and|or|our|the|your|on)[ -]*$|[(–-]$",
    re.IGNORECASE,
)


def month_number(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def year_number(text: str | None) -> int | None:
    if not text:
        return None
    number = int(text.lstrip("'"))
    return number if number >= 100 else _CENTURY + number


def weekday_number(text: str | None) -> int | None:
    return WEEKDAYS[text.lower().rstrip(".")] if text else None


def portion_of(match: Match) -> Portion:
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
