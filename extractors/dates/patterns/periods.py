"""Weeks, months, quarters, years, seasons and durations. Data only."""

from extractors.dates.builders import periods as build
from extractors.dates.patterns.fragments import PORTION, WHICH
from extractors.dates.patterns.rule import group, rule
from extractors.dates.vocabulary import DAY_NUMBER, FULL_MONTH, MONTH, NUMBER_WORD, SPAN_UNIT, YEAR

NAMED_PERIODS = group(
    r"q[1-4]|h[12]|(?:19|20)\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|week",
    rule(
        rf"\b(?:the[ ]+)?week[ ]+(?:of|commencing|beginning|starting)[ ]+(?:the[ ]+)?(?P<of>"
        rf"(?P<month>{MONTH})[ ]+(?P<day>{DAY_NUMBER})(?:st|nd|rd|th)?|(?P<day2>{DAY_NUMBER})(?:st|nd|rd|th)?"
        rf"(?:[ ]+(?:of[ ]+)?(?P<month2>{MONTH}))?)(?:,?[ ]+(?P<year>{YEAR}))?\b",
        build.week_of,
    ),
    rule(
        rf"\b(?:the )?{PORTION}(?:{WHICH}[ ]+)?(?P<month>{FULL_MONTH}|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov"
        rf"|Dec)\b\.?)(?P<end>[ ]?[- ]end)?(?:,?[ ]+(?P<year>{YEAR})|[ ]+of[ ]+(?P<of>this|next"
        rf"|last)[ ]+year)?\b",
        build.month,
    ),
    rule(
        rf"\b(?:the )?{PORTION}(?:the[ ]+)?Q(?P<quarter>[1-4])(?:[ /-]*(?P<year>(?:20|')?\d\d))?\b(?!\w)",
        build.quarter,
    ),
    rule(rf"\b{PORTION}H(?P<half>[12])(?:[ /-]*(?P<year>20\d\d))?\b", build.half, case=True),
    rule(
        rf"(?<![\w.,$€£#/-])(?:(?:the )?{PORTION})(?P<year>{YEAR})(?:[ ](?:or|and|-|–)[ ](?P<last>{YEAR}))?"
        rf"(?![\w/%-]|[.,]\d|[ ]?(?:%|euros?\b|eur\b|usd\b|units?\b|pcs\b|users?\b|seats?\b|hours?\b|kg\b))",
        build.year,
    ),
    rule(
        r"\b(?P<which>last|this|next|past)[ ]+(?P<season>spring|summer|autumn|fall|winter)\b|\b(?:in|in the"
        r"|over the|since the|during the|this)[ ]+(?P<bare>spring|summer|autumn|winter)\b",
        build.season,
    ),
)

COUNTED_PERIODS = group(
    r"week|wk|month|quarter|year|yr|half|day|hour|hr|min|fortnight|eo[wmqy]|kw|cw|night|summer|spring|autumn|winter",
    rule(
        rf"\b(?:the )?{PORTION}(?:{WHICH}|the|each|per)?[ ]*\b(?P<unit>week|wk|month|quarter|year|weekend)\b"
        rf"(?P<end>-?[ ]?end\b)?",
        build.relative_period,
    ),
    rule(
        r"\b(?:the )?(?:whole of )?(?P<which>in the course of|over the|all|the whole|the entire)[ ]+"
        r"(?P<unit>weekend|week|summer|spring|autumn|winter)\b",
        build.all_period,
    ),
    rule(
        r"\b(?:calendar[ ]+week|week|kw|cw|wk)[ ]?(?P<number>[1-9]|[1-4]\d|5[0-3])\b(?![ ]?[%:/]|\.\d)",
        build.calendar_week,
    ),
    rule(
        rf"\b(?:the )?{PORTION}(?:the[ ]+)?(?P<ordinal>first|second|third|fourth|last|1st|2nd|3rd|4th)[ ]+"
        rf"(?P<unit>quarter|half)\b(?![ ](?:an?\b|hour))(?:[ ]+of[ ]+(?:the[ ]+year|(?P<which>this|next"
        rf"|last) year|(?P<year>{YEAR})))?",
        build.ordinal_period,
    ),
    rule(
        r"\b(?:(?<=by )|(?<=by the )|(?<=before )|(?<=until )|(?<=till )|(?<=at )|(?<=to )|(?<=for ))(?P<end>"
        r"(?:year|month|quarter)[- ]?end|week[- ]end)\b|\b(?:the[ ]+)?end of (?:the )?(?P<of>year|month|week"
        r"|quarter)\b|\b(?P<short>eo[wmqy])\b",
        build.period_end,
    ),
    rule(
        r"\b(?:the (?:same|next|following) (?:business |working )?day|(?:one|1) (?:business"
        r"|working) day later)\b",
        build.unplaced_day,
    ),
    rule(
        rf"\b(?:(?P<prep>in|within|inside|over|for|during)[ ]+)?(?:(?:about|around|roughly|max\.?|at most"
        rf"|less than|under|no more than)[ ]+)?(?:(?P<frame>the next|the coming|the following|the last|the past"
        rf"|next|last|past|these past)[ ]+)?(?P<low>{NUMBER_WORD})(?:[ ]?(?:-|–|to|or)[ ]?"
        rf"(?P<high>{NUMBER_WORD}))?(?:[ ]+|-)?(?P<business>(?:business|working|work|banking)[ ]+)?"
        rf"(?P<unit>{SPAN_UNIT})\b'?(?:[ ]+(?P<suffix>ago|from now|from today|later|out|time))?",
        build.duration,
    ),
    rule(
        r"\b(?:in|within|over)[ ]+the[ ]+(?P<frame>next|coming)[ ]+(?P<unit>fortnight|hour|week|month)"
        r"(?P<loose>[ ]or[ ](?:so|two))?\b|\bover (?P<frame2>the next) (?P<unit2>few days|couple of days"
        r"|few weeks)\b|\bthe next (?P<unit3>fortnight)\b|\bwithin the (?P<unit4>hour|day|week|month|year)\b",
        build.framed_period,
    ),
)
