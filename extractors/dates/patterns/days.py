"""Words and numbers for days. Data only."""

from extractors.dates.builders import days as build
from extractors.dates.patterns.fragments import AFTER_WEEKDAY, BEFORE_WEEKDAY, WHICH
from extractors.dates.patterns.rule import group, rule
from extractors.dates.vocabulary import (
    DAY_NUMBER,
    FEASTS,
    FULL_WEEKDAY,
    MONTH,
    RELATIVE_DAYS,
    SHORT_WEEKDAY,
    WEEKDAY,
    YEAR,
    alternatives,
)

NUMBERED_DAYS = group(
    r"\d",
    rule(
        rf"(?<![\w/.-])(?P<year>{YEAR})[-/.](?P<month>0?[1-9]|1[0-2])[-/.](?P<day>{DAY_NUMBER})(?![\w/-])",
        build.iso_day,
    ),
    rule(
        r"(?<![\w/.,$€£-])(?P<a>0?[1-9]|[12]\d|3[01])(?P<sep>[/.-])(?P<b>0?[1-9]|[12]\d|3[01])(?:(?P=sep)(?P<year>"
        r"(?:20|19)?\d\d)|(?=\.(?:\s|$))|(?<=/\d)|(?<=/\d\d))(?![\w/%-])",
        build.numeric_day,
        case=True,
    ),
    rule(
        rf"(?:\b(?P<weekday>{WEEKDAY}),?[ ]+(?:the[ ]+)?)?\b(?P<month>{MONTH})[ ]+(?:the[ ]+)?"
        rf"(?P<day>{DAY_NUMBER})(?:st|nd|rd|th)?\b(?!:\d|[ ]?%|[ ]?[ap]m\b|,\d{{3}}|\.\d)"
        rf"(?:[ ]?(?:-|–|and|&|to)[ ]?(?P<last>{DAY_NUMBER})(?:st|nd|rd|th)?\b(?!:\d))?(?:,?[ ]+"
        rf"(?P<year>{YEAR})\b)?",
        build.named_day,
    ),
    rule(
        rf"(?:\b(?P<weekday>{WEEKDAY}),?[ ]+)?(?:\bthe[ ]+)?(?<![\w$€£.,:/-])(?P<day>{DAY_NUMBER})(?:st|nd|rd"
        rf"|th)?(?:[ ]?(?:-|–|and|&|to)[ ]?(?P<last>{DAY_NUMBER})(?:st|nd|rd|th)?)?(?:[ ]+of)?[ -]+"
        rf"(?P<month>{MONTH})(?![a-z])(?:[, ]+(?P<year>{YEAR})\b|-(?P<short_year>\d\d)\b)?",
        build.named_day,
    ),
    rule(
        rf"(?:\b(?P<weekday>{WEEKDAY}),?[ ]+(?:the[ ]+)?|\bthe[ ]+)(?P<day>{DAY_NUMBER})(?:st|nd|rd|th)\b"
        rf"(?=[ ]*(?:$|[^\w ]|(?:and|or|at|if|by|to|for|with|so|is|was|were|would|works?|will|but|we|i|you|then"
        rf"|in|on|when|latest|that|as|through|until|instead|because|since|has|had|he|she|they|it)\b))",
        build.ordinal_day,
    ),
)

NAMED_DAYS = group(
    r"(?:mon|tue|wed|thu|fri|sat|sun|tom|tmr|tmw|toda|tonig|tonit|yester|this |last |day after|day before"
    r"|christ|xmas|easter|pente|thanks|labor|memorial|halloween|boxing|black|new year|st pat|valent"
    r"|veterans|independ)",
    rule(
        rf"\b(?:{WHICH}[ ]+)?(?P<day>{FULL_WEEKDAY})s?\b(?![ ](?:mornings|afternoons|evenings|nights))(?:[ ]+"
        rf"(?P<week>next week|this week|week))?",
        build.weekday,
    ),
    rule(rf"\b(?P<which>next|this|last)[ ]+(?P<day>{SHORT_WEEKDAY})\b", build.weekday_named_short),
    rule(
        rf"\b(?P<span>(?P<day>{SHORT_WEEKDAY})\b)(?=[ ]+\d{{1,2}}(?::\d\d)?[ ]?(?:am|pm|h)?\b)",
        build.weekday_before_time,
    ),
    rule(
        rf"{BEFORE_WEEKDAY}(?P<span>(?P<day>{SHORT_WEEKDAY})\b\.?(?:[ ]+(?P<week>next week|next wk))?)",
        build.weekday_short,
    ),
    rule(
        rf"(?<![\w'])(?P<span>(?P<day>Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)\b){AFTER_WEEKDAY}",
        build.weekday_short,
        case=True,
    ),
    rule(rf"\b(?:later |early |first thing )?(?P<word>{alternatives(RELATIVE_DAYS)})\b", build.relative_day),
    rule(rf"\b(?P<word>{alternatives(FEASTS)})\b(?!-)", build.feast),
)
