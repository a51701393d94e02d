"""The pieces of date expressions in a sentence: days, periods, times, zones, durations, each by a pattern of its own."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from extractors.dates import piece_builders as build
from extractors.dates.terms import Term
from extractors.dates.vocabulary import (
    DAY_NUMBER,
    FEASTS,
    FULL_MONTH,
    FULL_WEEKDAY,
    MONTH,
    NUMBER_WORD,
    RELATIVE_DAYS,
    SHORT_WEEKDAY,
    SPAN_UNIT,
    WEEKDAY,
    YEAR,
    ZONE_TIME,
    alternatives,
)


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A stretch of a sentence and what it means."""

    start: int
    end: int
    term: Term


# A sentence without any of these holds no date, and is passed over at little cost.
_WORTH_A_LOOK = re.compile(
    r"\d|\b(?:to(?:day|night|nite|m)|tmr|tmw|yesterday|noon|midnight|morning|afternoon|evening|forenoon"
    r"|eo[dwmqy]\b|cob\b|close of|end|early|mid|late"
    r"|day|week|wk|month|quarter|year|yr|hour|minute|half|fortnight|spring|summer|autumn|fall|winter|night"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    r"|mon|tue|wed|thu|fri|sat|sun|christmas|xmas|easter|thanks|labor|memorial|halloween|boxing|black"
    r"|new year|st patrick|good fri|q[1-4])",
    re.IGNORECASE,
)

_PORTION = (
    r"(?:(?P<portion>early|mid(?:dle)?|late|(?:very )?(?:the )?(?:end|start|beginning|middle|close))(?: of"
    r"|-)?[ ]+(?:(?:in|of|part of)[ ]+)?|(?P<mid>mid)-?)?"
)
_WHICH = r"(?P<which>next|this coming|this|coming|last|past|following)"
_BEFORE_WEEKDAY = (
    r"(?:\b(?:by|on|next|this|last|until|till?|before|after|from|for|since|coming|and|or|every|of|come|to"
    r"|through|thru|between|bye)[ ]+|[,(:;–—/-][ ]?|^[ ]*)"
)
_AFTER_WEEKDAY = (
    r"(?=[ ]*(?:$|[,.;:!?)/–—-]|'s\b|\d|@|at\b|am\b|pm\b|eod\b|cob\b|noon\b|or\b|and\b|to\b|until\b|till\b"
    r"|is\b|works?\b|morn|after|even|next|latest|between\b|from\b|thru\b|first\b|for\b|if\b|with\b|w/"
    r"|in\b))"
)
_MINUTES = r"[0-5]\d"
_MERIDIEM = r"(?:a\.m\.|p\.m\.|am\b|pm\b|a\b|p\b)"

# (pattern, builder). The longest match at a place wins; among equals the first.
_I = re.IGNORECASE
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Term | None]], ...] = (
    (
        re.compile(
            rf"(?<![\w/.-])(?P<year>{YEAR})[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>{DAY_NUMBER})(?![\w/-])", _I
        ),
        build.iso_day,
    ),
    (
        re.compile(
            r"(?<![\w/.,$€£-])(?P<a>0?[1-9]|[12]\d|3[01])(?P<sep>[/.-])(?P<b>0?[1-9]|[12]\d|3[01])(?:(?P=sep)(?P<year>"
            r"(?:20|19)?\d\d)|(?=\.(?:\s|$))|(?<=/\d)|(?<=/\d\d))(?![\w/%-])"
        ),
        build.numeric_day,
    ),
    (
        re.compile(
            rf"(?:\b(?P<weekday>{WEEKDAY}),?[ ]+(?:the[ ]+)?)?\b(?P<month>{MONTH})[ ]+(?:the[ ]+)?"
            rf"(?P<day>{DAY_NUMBER})(?:st|nd|rd|th)?\b(?!:\d|[ ]?%|[ ]?[ap]m\b|,\d{{3}}|\.\d)"
            rf"(?:[ ]?(?:-|–|and|&|to)[ ]?(?P<last>{DAY_NUMBER})(?:st|nd|rd|th)?\b(?!:\d))?(?:,?[ ]+"
            rf"(?P<year>{YEAR})\b)?",
            _I,
        ),
        build.named_day,
    ),
    (
        re.compile(
            rf"(?:\b(?P<weekday>{WEEKDAY}),?[ ]+)?(?:\bthe[ ]+)?(?<![\w$€£.,:/-])(?P<day>{DAY_NUMBER})(?:st|nd|rd"
            rf"|th)?(?:[ ]?(?:-|–|and|&|to)[ ]?(?P<last>{DAY_NUMBER})(?:st|nd|rd|th)?)?(?:[ ]+of)?[ -]+"
            rf"(?P<month>{MONTH})(?![a-z])(?:[, ]+(?P<year>{YEAR})\b|-(?P<short_year>\d\d)\b)?",
            _I,
        ),
        build.named_day,
    ),
    (
        re.compile(
            rf"(?:\b(?P<weekday>{WEEKDAY}),?[ ]+(?:the[ ]+)?|\bthe[ ]+)(?P<day>{DAY_NUMBER})(?:st|nd|rd|th)\b"
            rf"(?=[ ]*(?:$|[^\w ]|(?:and|or|at|if|by|to|for|with|so|is|was|were|would|works?|will|but|we|i|you|then"
            rf"|in|on|when|latest|that|as|through|until|instead|because|since|has|had|he|she|they|it)\b))",
            _I,
        ),
        build.ordinal_day,
    ),
    (
        re.compile(
            rf"\b(?:{_WHICH}[ ]+)?(?P<day>{FULL_WEEKDAY})s?\b(?![ ](?:mornings|afternoons|evenings|nights))(?:[ ]+"
            rf"(?P<week>next week|this week|week))?",
            _I,
        ),
        build.weekday,
    ),
    (re.compile(rf"\b(?P<which>next|this|last)[ ]+(?P<day>{SHORT_WEEKDAY})\b", _I), build.weekday_named_short),
    (
        re.compile(rf"\b(?P<span>(?P<day>{SHORT_WEEKDAY})\b)(?=[ ]+\d{{1,2}}(?::\d\d)?[ ]?(?:am|pm|h)?\b)", _I),
        build.weekday_before_time,
    ),
    (
        re.compile(
            rf"{_BEFORE_WEEKDAY}(?P<span>(?P<day>{SHORT_WEEKDAY})\b\.?(?:[ ]+(?P<week>next week|next wk))?)", _I
        ),
        build.weekday_short,
    ),
    (
        re.compile(rf"(?<![\w'])(?P<span>(?P<day>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b){_AFTER_WEEKDAY}"),
        build.weekday_short,
    ),
    (
        re.compile(rf"\b(?:later |early |first thing )?(?P<word>{alternatives(RELATIVE_DAYS)})\b", _I),
        build.relative_day,
    ),
    (re.compile(rf"\b(?P<word>{alternatives(FEASTS)})\b(?!-)", _I), build.feast),
    (
        re.compile(
            rf"\b(?:the )?{_PORTION}(?:{_WHICH}|the|each|per)?[ ]*\b(?P<unit>week|wk|month|quarter|year|weekend)\b"
            rf"(?P<end>-?[ ]?end\b)?",
            _I,
        ),
        build.relative_period,
    ),
    (
        re.compile(
            r"\b(?:the )?(?:whole of )?(?P<which>in the course of|over the|all|the whole|the entire)[ ]+"
            r"(?P<unit>weekend|week|summer|spring|autumn|winter)\b",
            _I,
        ),
        build.all_period,
    ),
    (
        re.compile(
            rf"\b(?:the[ ]+)?week[ ]+(?:of|commencing|beginning|starting)[ ]+(?:the[ ]+)?(?P<of>"
            rf"(?P<month>{MONTH})[ ]+(?P<day>{DAY_NUMBER})(?:st|nd|rd|th)?|(?P<day2>{DAY_NUMBER})(?:st|nd|rd|th)?"
            rf"(?:[ ]+(?:of[ ]+)?(?P<month2>{MONTH}))?)(?:,?[ ]+(?P<year>{YEAR}))?\b",
            _I,
        ),
        build.week_of,
    ),
    (
        re.compile(
            r"\b(?:calendar[ ]+week|week|kw|cw|wk)[ ]?(?P<number>[1-9]|[1-4]\d|5[0-3])\b(?![ ]?[%:/]|\.\d)", _I
        ),
        build.calendar_week,
    ),
    (
        re.compile(
            rf"\b(?:the )?{_PORTION}(?:{_WHICH}[ ]+)?(?P<month>{FULL_MONTH}|(?:Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct"
            rf"|Nov|Dec)\b\.?)(?P<end>[ ]?[- ]end)?(?:,?[ ]+(?P<year>{YEAR})|[ ]+of[ ]+(?P<of>this|next"
            rf"|last)[ ]+year)?\b",
            _I,
        ),
        build.month,
    ),
    (
        re.compile(
            rf"\b(?:the )?{_PORTION}(?:the[ ]+)?Q(?P<quarter>[1-4])(?:[ /-]*(?P<year>(?:20|')?\d\d))?\b(?!\w)", _I
        ),
        build.quarter,
    ),
    (
        re.compile(
            rf"\b(?:the )?{_PORTION}(?:the[ ]+)?(?P<ordinal>first|second|third|fourth|last|1st|2nd|3rd|4th)[ ]+"
            rf"(?P<unit>quarter|half)\b(?![ ](?:an?\b|hour))(?:[ ]+of[ ]+(?:the[ ]+year|(?P<which>this|next"
            rf"|last) year|(?P<year>{YEAR})))?",
            _I,
        ),
        build.ordinal_period,
    ),
    (re.compile(rf"\b{_PORTION}H(?P<half>[12])(?:[ /-]*(?P<year>20\d\d))?\b"), build.half),
    (
        re.compile(
            rf"(?<![\w.,$€£#/-])(?:(?:the )?{_PORTION})(?P<year>{YEAR})(?:[ ](?:or|and|-|–)[ ](?P<last>{YEAR}))?"
            rf"(?![\w/%-]|[.,]\d|[ ]?(?:%|euros?\b|eur\b|usd\b|units?\b|pcs\b|users?\b|seats?\b|hours?\b|kg\b))",
            _I,
        ),
        build.year,
    ),
    (
        re.compile(
            r"\b(?:(?<=by )|(?<=by the )|(?<=before )|(?<=until )|(?<=till )|(?<=at )|(?<=to )|(?<=for ))(?P<end>"
            r"(?:year|month|quarter)[- ]?end|week[- ]end)\b|\b(?:the[ ]+)?end of (?:the )?(?P<of>year|month|week"
            r"|quarter)\b|\b(?P<short>eo[wmqy])\b",
            _I,
        ),
        build.period_end,
    ),
    (
        re.compile(
            r"\b(?P<which>last|this|next|past)[ ]+(?P<season>spring|summer|autumn|fall|winter)\b|\b(?:in|in the"
            r"|over the|since the|during the|this)[ ]+(?P<bare>spring|summer|autumn|winter)\b",
            _I,
        ),
        build.season,
    ),
    (
        re.compile(
            rf"(?P<frame>\b(?:between|from)[ ]|(?<=day )|(?<=(?:mon|tue|wed|thu|fri|sat|sun) ))"
            rf"(?P<start_hour>\d{{1,2}})(?:[:.](?P<start_minute>{_MINUTES}))?[ ]?"
            rf"(?P<start_meridiem>{_MERIDIEM})?[ ]?(?:-|–|to|and|until|till)[ ]?(?P<end_hour>\d{{1,2}}|noon"
            rf"|midnight)(?:[:.](?P<end_minute>{_MINUTES}))?(?:h\b|[ ]?(?P<end_meridiem>{_MERIDIEM}))?(?![\w%/])"
            rf"(?![ ](?:{MONTH}|days?|weeks?|months?|years?|business|hours?|minutes?|users?|seats?|%))",
            _I,
        ),
        build.clock_range,
    ),
    (
        re.compile(
            rf"(?<![\w$€£.,:/-])(?P<start_hour>\d{{1,2}})(?:[:.](?P<start_minute>{_MINUTES}))?[ ]?"
            rf"(?P<start_meridiem>{_MERIDIEM})?[ ]?(?:-|–|to|until|till)[ ]?(?P<end_hour>\d{{1,2}}|noon)(?:[:.]"
            rf"(?P<end_minute>{_MINUTES}))?[ ]?(?P<end_meridiem>{_MERIDIEM})(?!\w)",
            _I,
        ),
        build.clock_range,
    ),
    (
        re.compile(
            rf"(?<![\w$€£.,:/-])(?P<start_hour>[01]?\d|2[0-3]):(?P<start_minute>{_MINUTES})(?P<start_meridiem>)[ ]?"
            rf"(?:-|–|to|until|till)[ ]?(?P<end_hour>[01]?\d|2[0-4]):(?P<end_minute>{_MINUTES})(?P<end_meridiem>)"
            rf"(?![\w:%])"
        ),
        build.clock_range,
    ),
    (
        re.compile(
            rf"(?<![\w$€£.,:/-])(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>{_MINUTES}))?[ ]?"
            rf"(?P<meridiem>{_MERIDIEM})(?!\w)",
            _I,
        ),
        build.clock,
    ),
    (
        re.compile(
            rf"(?<![\w$€£.,:/-])(?P<hour>[01]?\d|2[0-3]):(?P<minute>{_MINUTES})(?::[0-5]\d)?(?:[ ]?"
            rf"(?P<meridiem>{_MERIDIEM}))?(?:[ ]?h(?:rs|ours?)?\b)?(?![\w:%])",
            _I,
        ),
        build.clock,
    ),
    (
        re.compile(
            rf"(?<![\w$€£.,:/-])(?P<hour>[01]?\d|2[0-3])[ ]?h(?:rs)?(?P<minute>{_MINUTES})?\b(?=[ ]*(?:$|[,.;!?)–-]"
            rf"|for\b|on\b|and\b|or\b|to\b|cet\b))(?<!24h)(?<!48h)(?<!72h)",
            _I,
        ),
        build.clock,
    ),
    (re.compile(r"\b(?P<hour>[1-9]|1[0-2])[ ]o'?clock\b", _I), build.clock),
    (re.compile(r"\b(?P<word>noon|midday|midnight|12 noon)\b", _I), build.named_clock),
    (
        re.compile(
            rf"(?:\b(?P<cue>at|by|till?|until|before|after|between|from|since|around|about)[ ]|@[ ]?)(?P<span>"
            rf"(?P<hour>[1-9]|1\d|2[0-3]))(?![ ]?(?:to|-|–)[ ]?(?:2[5-9]|[3-9]\d|\d{{3}}))(?=[ ]*(?:$|[.!?;)](?!\d)"
            rf"|,(?!\d)|–|-|(?:today|tomorrow|tmrw|tonight|sharp|this|on|in the|for|with|to|and|or|if|so|when|your"
            rf"|my|our|{WEEKDAY}|E[SD]?T|C[SD]?T|P[SD]?T|CET|CEST|GMT|BST|UTC|IST|JST)\b))",
            _I,
        ),
        build.bare_hour,
    ),
    (
        re.compile(
            rf"(?<![\w$€£.,:/-])(?P<span>(?P<hour>[1-9]|1\d|2[0-3]))(?=[ ](?:today|tomorrow|tmrw|tonight|this "
            rf"(?:morning|afternoon|evening)|(?:on )?(?:{FULL_WEEKDAY}))\b)",
            _I,
        ),
        build.bare_hour,
    ),
    (
        re.compile(
            r"\b(?:(?:the[ ]+)?(?:end|close) of (?:the[ ]+|play[ ]*|my[ ]+|your[ ]+|our[ ]+)?(?:business[ ]+"
            r"|working[ ]+|work[ ]+)?(?:day\b|business\b(?:[ ]+day\b)?)|close of play|eod|cob|eob|eop)\b",
            _I,
        ),
        build.end_of_day,
    ),
    (
        re.compile(
            r"\b(?:in the |(?:early|late|mid)[- ])?(?P<word>morning|afternoon|evening|forenoon|at lunch(?:time)?"
            r"|lunchtime|first thing(?: in the morning)?)\b",
            _I,
        ),
        build.day_part,
    ),
    (re.compile(r"(?<=[a-z0-9] )(?P<word>am|pm)\b(?![ ](?:i|not|a|the)\b)", _I), build.day_part),
    (
        re.compile(
            rf"(?P<open>\()?\b(?:(?P<name>(?:E[SD]?|C[SD]?|M[SD]|P[SD]?)T|CES?T|EES?T|WES?T|WAT|BST|GMT|UTC|SAST"
            rf"|EAT|GST|IST|SGT|HKT|JST|KST|BRT|AWST|AE[SD]T|NZ[SD]T)\b(?P<shift>[ ]?[+-]\d{{1,2}}(?::\d\d)?)?|"
            rf"(?i:{ZONE_TIME})[ ](?:(?i:standard|daylight)[ ])?(?i:time)\b)(?(open)\))"
        ),
        build.zone,
    ),
    (
        re.compile(
            r"\b(?:the (?:same|next|following) (?:business |working )?day|(?:one|1) (?:business"
            r"|working) day later)\b",
            _I,
        ),
        build.unplaced_day,
    ),
    (
        re.compile(
            rf"\b(?:(?P<prep>in|within|inside|over|for|during)[ ]+)?(?:(?:about|around|roughly|max\.?|at most"
            rf"|less than|under|no more than)[ ]+)?(?:(?P<frame>the next|the coming|the following|the last|the past"
            rf"|next|last|past|these past)[ ]+)?(?P<low>{NUMBER_WORD})(?:[ ]?(?:-|–|to|or)[ ]?"
            rf"(?P<high>{NUMBER_WORD}))?(?:[ ]+|-)?(?P<business>(?:business|working|work|banking)[ ]+)?"
            rf"(?P<unit>{SPAN_UNIT})\b'?(?:[ ]+(?P<suffix>ago|from now|from today|later|out|time))?",
            _I,
        ),
        build.duration,
    ),
    (
        re.compile(
            r"\b(?:in|within|over)[ ]+the[ ]+(?P<frame>next|coming)[ ]+(?P<unit>fortnight|hour|week|month)"
            r"(?P<loose>[ ]or[ ](?:so|two))?\b|\bover (?P<frame2>the next) (?P<unit2>few days|couple of days"
            r"|few weeks)\b|\bthe next (?P<unit3>fortnight)\b|\bwithin the (?P<unit4>hour|day|week|month|year)\b",
            _I,
        ),
        build.framed_period,
    ),
)


def pieces(sentence: str) -> list[Piece]:
    """The pieces of a sentence in order, without overlap."""
    if not _WORTH_A_LOOK.search(sentence):
        return []
    found = sorted(_all_pieces(sentence), key=lambda piece: (piece.start, -piece.end))
    kept: list[Piece] = []
    for piece in found:
        if not kept or piece.start >= kept[-1].end:
            kept.append(piece)
    return kept


def _all_pieces(sentence: str) -> Iterator[Piece]:
    for pattern, builder in _RULES:
        for match in pattern.finditer(sentence):
            term = builder(match)
            if term is not None:
                start, end = match.span("span") if "span" in pattern.groupindex else match.span()
                end -= len(sentence[start:end]) - len(sentence[start:end].rstrip(" ,-"))
                yield Piece(start=start, end=end, term=term)
