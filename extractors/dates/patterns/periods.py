"""Patterns of weeks, months, quarters, years, seasons and durations. Data only."""

from extractors.dates.builders import durations, months
from extractors.dates.builders import periods as build
from extractors.dates.patterns.fragments import (
    AMOUNT,
    MONTH,
    MONTH_NUMBER,
    PORTION,
    SPAN_UNIT,
    WHICH,
    YEAR,
    YEAR_WORDS,
    either,
)
from extractors.dates.rule import LONG_NUMBER, SHORT_NUMBER, PieceRule, rule
from extractors.dates.words import calendar, numbers, units

_PORTION_STARTS = {
    "the",
    "early",
    "mid",
    "late",
    "very",
    "end",
    "start",
    "beginning",
    "middle",
    "close",
    "back",
    "tail",
}
_WHICH_STARTS = {word.split(" ")[0] for word in calendar.OFFSETS} | {"same"}
_AMOUNT_STARTS = {
    SHORT_NUMBER,
    LONG_NUMBER,
    *numbers.UNITS,
    *numbers.TEENS,
    *numbers.TENS,
    *(word.split(" ")[0] for word in numbers.LOOSE_AMOUNTS),
}
_ITS_YEAR = (
    rf"(?P<year>{YEAR}|'\d\d|(?<=[/-])\d\d|fy[ ']?(?:20)?\d\d)|(?:of[ ]+)?(?P<of>this|next|last)[ ]+"
    r"(?:fiscal[ ]+)?year"
)

PERIODS: tuple[PieceRule, ...] = (
    rule(
        {"the", "week", "weekend", "wk", "w"},
        r"(?:the[ ]+)?(?:(?:week(?P<weekend>end)?|wk)(?:[ ]+|-)(?:of|commencing|beginning|starting|from|"
        r"(?P<ending>ending)|(?P<side>before|after|following))(?:[ ]+on)?|w[/.]?(?:c|b|(?P<ending2>e))\b\.?)"
        r"(?=[ :]+(?:the[ ]+)?(?:\w))",
        build.week_prefix,
    ),
    rule(
        {*_PORTION_STARTS, *_WHICH_STARTS, *calendar.MONTHS, "month"},
        rf"(?:the[ ]+)?{PORTION}(?:(?:the[ ]+)?month of[ ]+)?(?:{WHICH}[ ]+)?(?P<month>{MONTH})"
        rf"(?P<end>[ ]?[- ]end\b)?(?:(?:,?[ ]*|[ ]+of[ ]+)(?P<year>{YEAR}|'\d\d|{YEAR_WORDS})|,?[ ]+(?:of[ ]+)?"
        r"(?P<of>this|next|last)[ ]+year)?(?![\w])",
        months.month,
    ),
    rule(
        {SHORT_NUMBER, LONG_NUMBER},
        rf"(?:(?P<year>{YEAR})[ ]?[-/.][ ]?(?P<number>{MONTH_NUMBER})|(?P<number2>{MONTH_NUMBER})[ ]?[-/][ ]?"
        rf"(?P<year2>{YEAR}))(?![\w/%-]|[.,]\d)|(?P<year3>{YEAR})[ ,-]+(?P<name>{MONTH})(?![\w-])(?![ ]+\d)",
        months.numbered_month,
    ),
    rule(
        {*_PORTION_STARTS, "q", "fiscal", "fy", *_WHICH_STARTS},
        rf"(?:the[ ]+)?{PORTION}(?:the[ ]+)?(?:{WHICH}[ ]+)?(?P<fiscal>fy[ ']?(?P<fy>(?:20)?\d\d)?[ ]?"
        rf"|fiscal[ ]+)?q(?P<quarter>[1-4])(?P<end>[- ]end\b)?(?:[ /,-]*(?:of[ ]+)?(?:{_ITS_YEAR}))?\b(?![\w])",
        months.quarter,
    ),
    rule(
        {SHORT_NUMBER},
        rf"(?P<quarter>[1-4])q(?:[ ]?(?P<year>{YEAR}|'?\d\d))?\b(?!-?\w)",
        months.quarter,
    ),
    rule(
        {*_PORTION_STARTS, "fy", "fye", "fyend", "fiscal", "financial", "this", "next", "last", "current"},
        rf"(?:the[ ]+)?{PORTION}(?:the[ ]+)?(?:{WHICH}[ ]+)?(?:fy(?:[ ']?(?P<year>(?:20)?\d\d)|(?P<end>[- ]?end|e\b"
        rf"|\b))|(?:fiscal|financial)[ -]+(?P<unit>year|quarter)(?:[ -](?P<end2>end)|[ ]+(?P<year2>{YEAR}))?)\b",
        months.fiscal_period,
    ),
    rule(
        {*_PORTION_STARTS, "h"},
        rf"(?:the[ ]+)?{PORTION}h(?P<half>[12])(?:[ /-]*(?P<year>{YEAR}|fy\d\d|'\d\d))?\b(?!\w)",
        months.half,
    ),
    rule({SHORT_NUMBER}, rf"(?P<half>[12])h[ ]?(?P<year>{YEAR}|'?\d\d)\b(?!-?\w)", months.half),
    rule(
        {*_PORTION_STARTS, LONG_NUMBER, "year", "calendar"},
        rf"(?:the[ ]+)?{PORTION}(?P<said>(?:the[ ]+)?(?:calendar[ ]+)?year[ ]+)?(?P<year>{YEAR})(?:[ ]?(?:-|–|or"
        rf"|and|to|until|through)[ ]?(?P<last>{YEAR}))?(?![\w/%-]|[.,:]\d|'|[ ]?(?:%|(?:euros?|eur|usd|units?|pcs"
        r"|users?|seats?|hours?|kg|lbs?|mb|gb|people|licen[cs]es?|records?|rows?|emails?|nodes?|miles|km)\b))",
        months.year,
    ),
    rule(
        {"year", "two", "nineteen", "twenty"},
        rf"(?:year[ ]+)?(?P<year>{YEAR_WORDS})\b(?![ ]+(?:{SPAN_UNIT}|\w+s\b))",
        months.year_in_words,
    ),
    rule(
        {"the", LONG_NUMBER},
        r"(?:the[ ]+)(?P<decade>(?:19|20)?[1-9]0)'?s\b|(?P<decade2>(?:19|20)\d0)'?s\b",
        months.decade,
    ),
    rule(
        {*_PORTION_STARTS, *calendar.SEASONS, "last", "this", "next", "past", "coming"},
        rf"(?:the[ ]+)?{PORTION}(?:the[ ]+)?(?:{WHICH}[ ]+)?(?P<season>{either(calendar.SEASONS)})"
        rf"(?P<end>[- ]end\b)?(?:,?[ ]+(?:of[ ]+)?(?P<year>{YEAR})|[ ]+(?:of[ ]+)?(?P<of>this|next"
        r"|last)[ ]+year)?\b(?!-)",
        months.season,
    ),
    rule(
        {*_PORTION_STARTS, *_WHICH_STARTS, *units.PERIOD_UNITS, "rest", "remainder", "later", "earlier", "midweek"}
        | {"all", "over"},
        rf"(?:the[ ]+)?(?:{PORTION}|(?P<rest>(?:rest|remainder|balance)(?:[ ]+of)?[ ]+|later[ ]+(?:in[ ]+)?)|"
        rf"(?:earlier|sometime)[ ]+(?:in[ ]+)?|all[ ]+)(?:{WHICH}|the|my|our|same|(?P<rate>each|per)"
        r"|the same)?[ ]*\b(?:(?:calendar|business|working|work|coming)[ -]+)?(?P<unit>weekend|week|wk|month|mth"
        r"|quarter|half|year|yr|day)\b(?P<end>-?[ ]?end\b)?(?P<skip>[ ]+after(?:[ ]+the)?[ ]+next\b)?",
        build.relative_period,
    ),
    rule({"midweek"}, r"midweek\b", build.midweek),
    rule(
        {"calendar", "week", "kw", "cw", "wk"},
        r"(?:calendar[ ]+week|week|kw|cw|wk)[ ]?(?:no\.?[ ]?|#)?(?P<number>[1-9]|[1-4]\d|5[0-3])\b(?![ ]?[%:/]"
        rf"|\.\d)(?:,?[ ]+(?:of[ ]+)?(?P<year>{YEAR})\b|[ ]+(?:of[ ]+)?(?P<of>next|this)[ ]+year\b)?",
        build.calendar_week,
    ),
    rule(
        {"year", "month", "quarter", "eow", "eom", "eoq", "eoy", "eofy", "week"},
        r"(?P<unit>year|month|quarter|week)(?:'s)?[- ]?end\b|(?P<short>eofy|eo[wmqy])\b",
        build.period_end,
    ),
)

DURATIONS: tuple[PieceRule, ...] = (
    rule(
        {"the", "day"},
        r"(?:the[ ]+)?(?P<unit>day)(?=[ ]+(?:before|after|following)[ ]+(?!that|this|next|the[ ]+next|we|you|i"
        r"|it)\w)",
        durations.definite_day,
    ),
    rule(
        {"the", "one"},
        r"the same (?:business |working )?day\b|(?:one|1) (?:business|working) day later\b",
        durations.unplaced_day,
    ),
    rule(
        {"in", "within", "inside", "over", "for", "during", "max", "under", "the", "next", "last", "past", "these"}
        | {"coming", "following", "previous", "another", "after", "about", "around", "roughly", "at", "less", "no"}
        | _AMOUNT_STARTS,
        r"(?:(?P<prep>in|within|inside(?: of)?|over|for|during|after)[ ]+)?(?:(?:about|around|roughly"
        r"|approximately|max\.?|at most|less than|more than|under|no more than|up to|only|exactly|just)[ ]+)?(?:"
        rf"(?P<frame>(?:the[ ]+)?(?:next|coming|following|last|past|previous)|these past)[ ]+)?(?P<low>{AMOUNT})"
        rf"(?:[ ]?(?:-|–|to|or)[ ]?(?P<high>{AMOUNT}))?(?P<dash>[ ]+|-)?(?P<business>(?:business|working|work"
        r"|banking|trading)[ ]+)?(?:(?:full|calendar|clear|short|consecutive|more|whole)[ ]+)?"
        rf"(?P<unit>{SPAN_UNIT})(?P<own>'s?)?(?P<rest>(?:(?:[ ]+and[ ]+|,[ ]*|[ ]+){AMOUNT}[ ]*{SPAN_UNIT}){{0,4}})"
        r"(?P<loose>[ ]or[ ](?:so|two)\b)?(?:[ ]+(?P<suffix>ago|from now|from today|later|out|hence|in the future"
        r"|time)\b)?",
        durations.duration,
    ),
    rule(
        {"in", "within", "over", "during", "the"},
        r"(?:(?:in|within|over|during)[ ]+)?the[ ]+(?:next|coming|following)[ ]+(?P<unit>fortnight|hour|week|month"
        r"|quarter|year)(?P<loose>[ ]or[ ](?:so|two))?\b",
        durations.framed_period,
    ),
    rule(
        {"within", "inside"},
        r"(?:within|inside)(?: of)?[ ]+the[ ]+(?P<unit>hour|day|week|month|quarter|year)\b",
        durations.within_period,
    ),
    rule(
        {"last", "next", "past", "previous", "the", "in"},
        r"(?:(?:in[ ]+)?the[ ]+)?(?P<frame>last|next|past|previous)[ ]+(?P<unit>hour|minute|decade)\b",
        durations.framed_unit,
    ),
)
