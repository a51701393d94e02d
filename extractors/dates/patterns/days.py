"""Patterns of days. Data only."""

from extractors.dates.builders import days as build
from extractors.dates.builders import numbered_days as numbered
from extractors.dates.patterns.fragments import (
    ABBREVIATED,
    AMOUNT,
    CARDINAL,
    DAY,
    DAY_ORDINAL,
    FULL_WEEKDAY,
    LATE_ORDINAL_WORD,
    MINUTES,
    MONTH,
    MONTH_NUMBER,
    NTH,
    ORDINAL_WORD,
    WEEKDAY,
    WHICH,
    YEAR,
    YEAR_TAIL,
    YEAR_WORDS,
    either,
)
from extractors.dates.rule import LONG_NUMBER, SHORT_NUMBER, PieceRule, rule
from extractors.dates.words import calendar, feasts, numbers

_ORDINAL_STARTS = {
    SHORT_NUMBER,
    "the",
    *numbers.TENS,
    *numbers.ORDINAL_UNITS,
    *numbers.ORDINAL_TEENS,
    *numbers.ORDINAL_TENS,
}
_AMOUNT_STARTS = {SHORT_NUMBER, *numbers.UNITS, *numbers.TEENS, *numbers.TENS, "a", "couple"}
_WHICH_STARTS = {"next", "following", "coming", "this", "upcoming", "last", "past", "previous", "current"}
_RANGE = r"[ ]?(?:-|–|—|&|and|to|through|thru|until|till?)[ ]?(?:the[ ]+)?"

DAYS: tuple[PieceRule, ...] = (
    rule(
        {LONG_NUMBER},
        rf"(?P<year>{YEAR})(?P<sep>[ ]?[-/.][ ]?)(?P<month>{MONTH_NUMBER}|{MONTH})(?P=sep)(?P<day>{DAY})(?![\d%])"
        rf"(?:[ ]?t?(?P<hour>[01]\d|2[0-3]):(?P<minute>{MINUTES})(?::[0-5]\d(?:\.\d+)?)?(?P<zone>z\b"
        r"|[+-]\d\d:?\d\d)?)?(?!-?\w)",
        numbered.iso_day,
    ),
    rule(
        {SHORT_NUMBER},
        rf"(?P<a>{DAY})(?:(?P<sep>[/.-])(?P<b>{DAY})(?:(?P=sep)(?P<year>(?:20|19)?\d\d)|(?P=sep)?,[ ]?"
        rf"(?P<long_year>{YEAR}))?)(?![\w/%-]|\.\w)",
        numbered.numeric_day,
    ),
    rule(
        calendar.MONTHS,
        rf"(?P<month>{MONTH})(?P<gap>[ ]*[-/.,]?[ ]*)(?P<the>the[ ]+)?(?P<day>{DAY}(?:[ ]?(?:st|nd|rd|th))?(?!\d"
        rf"|[ ]?[ap]\.?[ ]?m\b)|{ORDINAL_WORD}|{CARDINAL})(?![a-z%]|:\d|,\d{{3}}(?!\d)|\.\d|[ ]%)(?:{_RANGE}"
        rf"(?P<last>{DAY})(?:[ ]?(?:st|nd|rd|th))?(?![\w%]|:\d|\.\d|[ ]?[ap]m\b))?{YEAR_TAIL}(?![a-z])",
        numbered.month_day,
    ),
    rule(
        _ORDINAL_STARTS,
        rf"(?:the[ ]+)?(?P<day>{DAY}(?:[ ]?(?:st|nd|rd|th))?(?!\d)|{ORDINAL_WORD})(?:{_RANGE}(?P<last>{DAY})(?:[ ]?"
        rf"(?:st|nd|rd|th))?|)(?P<gap>[ ]*[-/.,]?[ ]*)(?:day[ ]+)?(?P<of>of[ ]+)?(?P<month>{MONTH}){YEAR_TAIL}(?:"
        r"(?:[-/]|(?<=[a-z]))(?P<short_year>\d\d)\b)?(?![a-z]|/\d)",
        numbered.day_month,
    ),
    rule(
        {*_ORDINAL_STARTS, "twenty", "thirty"},
        rf"(?P<the>the[ ]+)?(?P<day>{DAY_ORDINAL}|{LATE_ORDINAL_WORD})(?:(?:{_RANGE})(?P<last>{DAY_ORDINAL}))?"
        r"(?P<tail>[ ]+of[ ]+(?:the|this|next|last)[ ]+month|[ ]+(?:this|next|last)[ ]+month)?(?![\w-])",
        numbered.ordinal_day,
    ),
    rule(
        {SHORT_NUMBER},
        rf"(?P<day>{DAY})(?:st|nd|rd|th)?\b(?![.:/-]\d|[ ]?(?:[ap]m|%)\b|[ ]+[a-z]+s\b)",
        numbered.listed_day,
    ),
    rule(
        {"from", "between", "the", SHORT_NUMBER},
        rf"(?:(?:from|between)[ ]+)?(?:the[ ]+)?(?P<day>{DAY}(?:st|nd|rd|th)?){_RANGE}(?P<last>{DAY}(?:st|nd|rd"
        r"|th)?)(?P<tail>[ ]+(?:(?:of|in)[ ]+)?(?:the|this|next|last)[ ]+month)\b",
        numbered.days_of_month,
    ),
    rule(
        {"the", SHORT_NUMBER},
        rf"(?P<the>the[ ]+)?(?P<day>{DAY})(?=[ ]*(?:$|[.!?;)](?![\d-])|,|[ ]at[ ]|[ ]@|[ ]{WEEKDAY}))(?!\.\d|,\d)",
        numbered.bare_day,
    ),
    rule(
        {"the"},
        rf"the[ ]+(?P<day>{CARDINAL}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?=[ ]*(?:$"
        r"|[.!?;,)]))",
        numbered.bare_day,
    ),
    rule(
        {"the", "last", "final", SHORT_NUMBER, "first", "second", "third", "fourth", "fifth"},
        rf"(?:the[ ]+)?(?P<nth>{NTH})[ ]+(?:(?P<count>\d|two|three|four)[ ]+)?(?:full[ ]+)?(?P<business>(?:business"
        rf"|working|work|trading)[ ]+)?(?P<what>{either(calendar.WEEKDAYS)}|days?|weekends?|weeks?|months?"
        r"|quarters?|half|year)\b",
        build.ordinal,
    ),
    rule(
        {*calendar.FULL_WEEKDAYS, *_WHICH_STARTS},
        rf"(?:{WHICH}[ ]+)?(?P<day>{FULL_WEEKDAY})(?P<plural>s)?\b(?:(?:'s)?[ ]*(?:,[ ]*|\()?(?:in[ ]+|of[ ]+)?"
        r"(?P<week>next week|next wk|this week|this wk|last week|the following week|the week after next"
        r"|week after next|after next|week)\b)?",
        build.weekday,
    ),
    rule(
        {*calendar.SHORT_WEEKDAYS, *_WHICH_STARTS},
        rf"(?:{WHICH}[ ]+)?(?P<day>{either(calendar.SHORT_WEEKDAYS)})\b{ABBREVIATED}(?:[ ]+(?:of[ ]+)?"
        r"(?P<week>next week|next wk|this week|this wk|last week|after next|week)\b)?",
        build.short_weekday,
    ),
    rule(
        _AMOUNT_STARTS,
        rf"(?P<count>{AMOUNT})[ ]+(?P<day>{FULL_WEEKDAY})s?[ ]+(?:later|from now|from today|hence)\b",
        build.counted_weekday,
    ),
    rule(
        {word.split(" ")[0].lstrip("2") for word in calendar.RELATIVE_DAYS} | {"later", "earlier", SHORT_NUMBER},
        rf"(?:(?:later|earlier|early|late)[ ]+)?(?P<word>{either(calendar.RELATIVE_DAYS)})\b",
        build.relative_day,
    ),
    rule(
        {"next", "the", "following"},
        r"(?:the[ ]+)?(?:next|following)[ ]+(?P<business>(?:business|working|work)[ ]+)?day\b",
        build.next_day,
    ),
    rule(
        {word.replace(".", " ").replace("'", " ").replace("-", " ").split(" ")[0] for word in feasts.FEASTS},
        rf"(?P<word>{either(feasts.FEASTS)})(?P<day>[ ]+day)?\b(?!-\w)(?:,?[ ]+(?:(?:of|in)[ ]+)?(?P<year>{YEAR}"
        rf"|{YEAR_WORDS}|(?:this|next|last)[ ]+year)\b)?",
        build.feast,
    ),
)
