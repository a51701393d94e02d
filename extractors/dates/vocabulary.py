"""Words and numbers of date expressions, and regular-expression fragments made of them. Data only."""

from collections.abc import Iterable

from extractors.dates.terms import SpanUnit

MONTHS = {
    "january": 1,
    "jan": 1,
    "february": 2,
    "feb": 2,
    "march": 3,
    "mar": 3,
    "april": 4,
    "apr": 4,
    "may": 5,
    "june": 6,
    "jun": 6,
    "july": 7,
    "jul": 7,
    "august": 8,
    "aug": 8,
    "september": 9,
    "sept": 9,
    "sep": 9,
    "october": 10,
    "oct": 10,
    "november": 11,
    "nov": 11,
    "december": 12,
    "dec": 12,
}

WEEKDAYS = {
    "monday": 0,
    "mon": 0,
    "tuesday": 1,
    "tues": 1,
    "tue": 1,
    "wednesday": 2,
    "weds": 2,
    "wed": 2,
    "thursday": 3,
    "thurs": 3,
    "thur": 3,
    "thu": 3,
    "friday": 4,
    "fri": 4,
    "saturday": 5,
    "sat": 5,
    "sunday": 6,
    "sun": 6,
}

NUMBERS = {
    "a": 1,
    "an": 1,
    "the": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fourteen": 14,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
    "a couple of": 2,
    "a couple": 2,
    "couple of": 2,
    "a few": 3,
    "the next few": 3,
    "several": 3,
    "half an": 1,
}

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4}

SPAN_UNITS: dict[str, SpanUnit] = {
    "minute": "minute",
    "min": "minute",
    "hour": "hour",
    "hr": "hour",
    "h": "hour",
    "day": "day",
    "week": "week",
    "wk": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "yr": "year",
    "fortnight": "week",
    "night": "day",
}

# First and last month of a season, northern and southern half of the year swapped by the zone.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}

RELATIVE_DAYS = {
    "today": 0,
    "tonight": 0,
    "tonite": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "this forenoon": 0,
    "tomorrow": 1,
    "tommorow": 1,
    "tomorow": 1,
    "tmrw": 1,
    "tmr": 1,
    "tmw": 1,
    "tomoz": 1,
    "yesterday": -1,
    "last night": -1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "the day before yesterday": -2,
}

# Hours of a day's parts, half open.
DAY_PARTS = {
    "morning": (6, 12),
    "forenoon": (6, 12),
    "am": (6, 12),
    "lunch": (12, 13),
    "lunchtime": (12, 13),
    "afternoon": (12, 18),
    "pm": (12, 18),
    "evening": (18, 24),
    "night": (18, 24),
    "tonight": (18, 24),
    "tonite": (18, 24),
    "first thing": (6, 9),
}

# Feasts by (month, day), or by (month, weekday, which: 1 first … -1 last, days after that),
# or by days after Easter.
FEASTS: dict[str, tuple[int, int] | tuple[int, int, int, int] | int] = {
    "christmas": (12, 25),
    "xmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's": (1, 1),
    "new years": (1, 1),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "halloween": (10, 31),
    "independence day": (7, 4),
    "veterans day": (11, 11),
    "thanksgiving": (11, 3, 4, 0),
    "black friday": (11, 3, 4, 1),
    "labor day": (9, 0, 1, 0),
    "memorial day": (5, 0, -1, 0),
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
    "good friday": -2,
    "pentecost": 49,
}


def alternatives(words: Iterable[str]) -> str:
    """A regular-expression alternation of words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


FULL_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
MONTH = f"(?:{FULL_MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?)"
FULL_WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
SHORT_WEEKDAY = "mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun"
WEEKDAY = f"(?:(?:{FULL_WEEKDAY})|(?:{SHORT_WEEKDAY})\\b\\.?)"
DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:(?:19|20)\d\d)"
NUMBER_WORD = (
    r"(?:\d{1,3}|a couple of|a couple|couple of|a few|several|an?|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve|"
    r"fourteen|fifteen|twenty|thirty|sixty|ninety)"
)
SPAN_UNIT = r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|quarters?|years?|yrs?|fortnights?)"
ZONE_TIME = (
    r"(?:new york|chicago|denver|san francisco|london|dublin|berlin|paris|stockholm|vienna|zurich|madrid"
    r"|amsterdam|helsinki|"
    r"lagos|dubai|india|singapore|hong kong|tokyo|seoul|sydney|auckland|eastern|central|mountain|pacific"
    r"|uk|your|our|my|local)"
)
