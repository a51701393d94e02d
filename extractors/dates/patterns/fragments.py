"""Fragments that the date patterns are made of; all are matched on lower-case text. Data only."""

from collections.abc import Iterable

from extractors.dates.words import calendar, numbers, units, zones


def either(words: Iterable[str]) -> str:
    """A regular-expression alternation of words, the longest first."""
    return "|".join(sorted((word.replace(".", r"\.") for word in words), key=lambda word: (-len(word), word)))


# Numbers
_UNIT, _TEEN, _TEN = either(numbers.UNITS), either(numbers.TEENS), either(numbers.TENS)
CARDINAL = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT}))?|{_TEEN}|{_UNIT})"
ORDINAL_WORD = (
    rf"(?:(?:{_TEN})[ -](?:{either(numbers.ORDINAL_UNITS)})|{either(numbers.ORDINAL_TENS)}"
    rf"|{either(numbers.ORDINAL_TEENS)}|{either(numbers.ORDINAL_UNITS)})"
)
LATE_ORDINAL_WORD = (
    rf"(?:(?:{_TEN})[ -](?:{either(numbers.ORDINAL_UNITS)})|{either(numbers.ORDINAL_TENS)}"
    rf"|{either(numbers.ORDINAL_TEENS)})"
)
AMOUNT = (
    rf"(?:\d{{1,4}}(?:\.\d)?|{CARDINAL}(?: hundred)?(?: and a half)?|{either(numbers.LOOSE_AMOUNTS)})(?![a-z]*\d)"
)
NTH = either(numbers.NTH)

# Days
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
DAY_ORDINAL = rf"{DAY}[ ]?(?:st|nd|rd|th)\b"
MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
YEAR = r"(?:19|20)\d\d"
_LONG_NUMBER = rf"(?:(?:{_TEN})(?:[ -](?:{_UNIT}))?|{_TEEN})"
YEAR_WORDS = rf"two thousand(?: (?:and )?{CARDINAL})?|(?:nineteen|twenty)[ -](?:oh[ -](?:{_UNIT})|{_LONG_NUMBER})"
MONTH = rf"(?:(?:{either(calendar.MONTHS)})(?![a-z])(?:\.(?=[ ]?[\d,/-]))?)"
FULL_WEEKDAY = either(calendar.FULL_WEEKDAYS)
# The point of an abbreviation, not that of a sentence.
ABBREVIATED = rf"(?:\.(?=[ ]?[\d,@]|[ ](?:at|the|by|{either(calendar.MONTHS)})\b))?"
WEEKDAY = rf"(?:(?:{either(calendar.WEEKDAYS)})\b{ABBREVIATED})"
WHICH = rf"(?P<which>{either(set(calendar.OFFSETS) - {'the', 'my', 'our', 'same', 'prior'})})"
YEAR_TAIL = rf"(?:(?:[ ]?,[ ]?|[ ]+of[ ]+|[ ]+|[-/.])(?P<year>{YEAR}|'\d\d|{YEAR_WORDS})(?![\w%]|[.,:]\d))?"

# Periods
PORTION = (
    r"(?:(?P<portion>early|mid|late|(?:very )?(?:end|start|beginning|middle|close|back half|tail end))(?:[ ]?-[ ]?"
    r"|[ ]+)(?:(?:of|in|part of)[ ]+)?)?"
)
SPAN_UNIT = rf"(?:{either(units.SPAN_UNITS)})(?:s\b|\b)"

# Times
MINUTES = r"[0-5]\d"
HOUR_WORD = "eleven|twelve|ten|one|two|three|four|five|six|seven|eight|nine"
HOUR = rf"(?:[01]?\d|2[0-4]|{HOUR_WORD})"
MINUTE_WORDS = rf"(?:(?:oh|o)[ -](?:{_UNIT})|(?:twenty|thirty|forty|fifty)(?:[ -](?:{_UNIT}))?|{_TEEN}|five)"
MERIDIEM = r"(?:[ap]\.[ ]?m\b\.?|[ap][ ]?m\b|[ap]\b)"
ZONE_NAME = either(zones.ABBREVIATIONS)
ZONE_PLACE = either({*zones.PLACES, *zones.OWN, *zones.UNKNOWN})
