"""What the builders share: months, weekdays, and the words that narrow a period."""

from extractors.dates.rule import Found
from extractors.dates.terms import Portion
from extractors.dates.words.calendar import MONTHS, WEEKDAYS
from extractors.lazily import compiled

_PORTIONS: dict[str, Portion] = {
    "": "whole",
    "early": "early",
    "mid": "mid",
    "middle": "mid",
    "late": "late",
    "end": "end",
    "close": "end",
    "tail end": "late",
    "back half": "late",
    "start": "start",
    "beginning": "start",
}
# "June next year"
OWN_YEAR = {"this": 0, "next": 1, "last": -1}
# Words that are months only where something says so: "may" the verb, "march" the walk.
_SHY_MONTHS = frozenset({"may", "march", "mar"})
_CAPITAL_NAME = compiled(r"[ ](?:[A-Z][a-z]+|[A-Z]{2,})\b")
_CALENDAR_NAME = compiled(
    r"[ ](?:(?:Mon|Tues?|Wed|Weds|Wednes|Thu|Thurs?|Fri|Sat|Satur|Sun)(?:day)?|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?"
    r"|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
    r"|AM|PM|EOD|COB|EOB|[ECMP][SD]?T|GMT|UTC|CES?T|BST|IST|FY|Q[1-4]|At|By|Or|And|To|Morning|Afternoon|Evening|Noon)\b"
)


def month_number(text: str) -> int:
    return MONTHS[text.rstrip(".")]


def weekday_number(text: str) -> int:
    return WEEKDAYS[text.rstrip(".")]


def portion_of(found: Found) -> Portion:
    return _PORTIONS[found["portion"].removeprefix("very ")]


def is_shy_month(found: Found, group: str = "month") -> bool:
    """Whether the name of the month is written like another word: "may", "march"."""
    return found[group].rstrip(".") in _SHY_MONTHS and found.is_lower(group)


def is_name(found: Found) -> bool:
    """Whether a capitalised word follows that makes a name of the match: "March Networks", "Mon Ami"."""
    rest = found.sentence[found.match.end() : found.match.end() + 20]
    return bool(_CAPITAL_NAME.match(rest)) and not _CALENDAR_NAME.match(rest)
