"""What may be a day though no pattern of ours reads it: a day's number, a month's name and maybe a year, in any order
and with any mark between. Data only.
"""

from extractors.dates.builders import loose as build
from extractors.dates.patterns.fragments import DAY, MONTH, YEAR
from extractors.dates.rule import LONG_NUMBER, SHORT_NUMBER, PieceRule, rule
from extractors.dates.words import calendar

_NUMBER = rf"{DAY}(?:st|nd|rd|th)?(?!\d)"
_GAP = r"[ ]?[-/.,' ][ ]?(?:of[ ])?(?:the[ ])?"

LOOSE: tuple[PieceRule, ...] = (
    rule(
        {SHORT_NUMBER, LONG_NUMBER, *calendar.MONTHS},
        rf"(?:{YEAR}{_GAP}(?:{_NUMBER}{_GAP}(?P<month>{MONTH})|(?P<month2>{MONTH}){_GAP}{_NUMBER})|{_NUMBER}{_GAP}"
        rf"(?P<month3>{MONTH})(?:{_GAP}{YEAR})?|(?P<month4>{MONTH}){_GAP}{_NUMBER}{_GAP}{YEAR})(?![\w%]|[.,:]\d)",
        build.loose_day,
    ),
)
