"""Patterns of times of day, parts of a day and zones. Data only."""

from extractors.dates.builders import times as build
from extractors.dates.patterns.fragments import (
    HOUR,
    HOUR_WORD,
    MERIDIEM,
    MINUTE_WORDS,
    MINUTES,
    MONTH,
    SPAN_UNIT,
    ZONE_NAME,
    ZONE_PLACE,
    either,
)
from extractors.dates.rule import LONG_NUMBER, SHORT_NUMBER, PieceRule, rule
from extractors.dates.words import calendar, zones

_HOUR_STARTS = {SHORT_NUMBER, *HOUR_WORD.split("|")}
_TO = r"[ ]?(?:-|–|—|to|and|until|till?|through)[ ]?"
_NAMED_HOUR = r"noon|midday|midnight"
_PARTS = r"morning|afternoon|evening|forenoon|night"
_BARE_ENDS = (
    r"(?=[ ]*(?:$|[.!?;)](?!\d)|,(?!\d)|–|-(?!\w)|(?:today|tomorrow|tmrw|tonight|sharp|this|on|in the|for|with|to"
    rf"|and|or|if|so|when|your|my|our|latest|at the latest|{either(calendar.WEEKDAYS)}|{ZONE_NAME})\b))"
)

TIMES: tuple[PieceRule, ...] = (
    rule(
        {"from", "between", *_HOUR_STARTS},
        rf"(?P<frame>(?:between|from)[ ]+)?(?P<start_hour>{HOUR})(?:[:.](?P<start_minute>{MINUTES}))?[ ]?"
        rf"(?P<start_meridiem>{MERIDIEM})?(?P<to>{_TO})(?P<end_hour>{HOUR}|{_NAMED_HOUR})(?:[:.]"
        rf"(?P<end_minute>{MINUTES}))?(?:h\b|[ ]?(?P<end_meridiem>{MERIDIEM}))?(?![\w%/]|[.:,]\d|-\d)(?![ ]"
        rf"(?:of[ ])?(?:{MONTH}|{SPAN_UNIT}|business|users?|seats?|%)|[ ](?:(?:of|in)[ ])?(?:this|next|the"
        r"|last)[ ]month)",
        build.clock_range,
    ),
    rule(
        {LONG_NUMBER},
        rf"(?P<start>[01]\d{MINUTES}|2[0-3]{MINUTES})[ ]?[-–][ ]?(?P<end>[01]\d{MINUTES}|2[0-3]{MINUTES})(?![\w%/-])",
        build.military_range,
    ),
    rule(
        {LONG_NUMBER},
        rf"(?P<start>[01]\d{MINUTES}|2[0-3]{MINUTES})(?:[ ]?(?P<said>hrs|hours?)\b)?(?![\w%/-]|[.,]\d)",
        build.military,
    ),
    rule(
        {*_HOUR_STARTS, LONG_NUMBER},
        rf"(?P<hour>{HOUR})(?:[ ]?[:.](?P<minute>{MINUTES})(?::[0-5]\d(?:\.\d+)?)?|(?P<glued>[0-5]\d)|[ ]"
        rf"(?P<words>{MINUTE_WORDS}))?(?:[ ]?-?(?P<meridiem>{MERIDIEM})|[ ]?(?P<clock>o'?[ ]?clock)\b(?:[ ]?"
        rf"(?P<meridiem2>{MERIDIEM}))?)(?![\w]|[.][\w])",
        build.clock,
    ),
    rule(
        {SHORT_NUMBER, "t"},
        rf"t?(?P<hour>[01]?\d|2[0-4]):(?P<minute>{MINUTES})(?::[0-5]\d)?(?:[ ]?h(?:rs|ours?)?\b)?(?![\w%]|[:.]\d)",
        build.clock,
    ),
    rule(
        {SHORT_NUMBER},
        rf"(?P<hour>[01]?\d|2[0-3])[ ]?h(?:rs)?(?P<minute>{MINUTES})?\b(?:(?<=\d\d)(?<=h\d\d)|(?=[ ]*(?:$"
        r"|[,.;!?)–-]|for\b|on\b|and\b|or\b|to\b|cet\b)))",
        build.hour_h,
    ),
    rule(
        {*_HOUR_STARTS, "half", "quarter", "a", "twenty", "fifteen"},
        rf"(?:a[ ]+)?(?P<minutes>half|quarter|twenty[ -]five|twenty|fifteen|ten|five|\d\d?|{HOUR_WORD})"
        rf"(?P<unit>[ ]+(?:minutes?|mins?))?[ ]+(?P<side>past|after|to|till?|before|of)[ ]+(?P<hour>{HOUR_WORD}"
        rf"|1?\d|{_NAMED_HOUR})\b(?!:\d|[ ]?%)(?:[ ]?(?P<meridiem>{MERIDIEM})|(?P<clock>[ ]?o'?clock))?",
        build.relative_clock,
    ),
    rule(
        _HOUR_STARTS,
        rf"(?P<hour>[1-9]|1\d|2[0-3]|{HOUR_WORD})(?:[ ](?P<words>{MINUTE_WORDS})|-?(?P<ish>ish))?\b(?![ ]?(?:to|-"
        rf"|–)[ ]?(?:2[5-9]|[3-9]\d|\d{{3}})){_BARE_ENDS}",
        build.bare_hour,
    ),
    rule({SHORT_NUMBER}, rf"(?P<hour>1[3-9]|2[0-3])\.(?P<minute>{MINUTES})(?![\w%]|[.,]\d)", build.pointed_clock),
    rule(
        {SHORT_NUMBER, "noon", "midday", "midnight", "mid"},
        r"(?:12[ ])?(?P<word>noon|midday|mid-?[ ]?night|mid-day)\b",
        build.named_clock,
    ),
    rule(
        {"the", "very", "end", "close", "eod", "cob", "eob", "eop", "cop"},
        r"(?:(?:the[ ]+)?(?:very[ ]+)?(?:end|close)[ -]of[ -](?:(?:the|my|your|our)[ ]+)?(?:(?:business|working"
        r"|work)[ ]+day|business|day|play)|eod|cob|eob|eop|cop(?![ ]?\d))\b",
        build.end_of_day,
    ),
    rule(
        {"in", "early", "late", "mid", "at", "lunchtime", "lunch", "first", "over", "midmorning", "midafternoon"}
        | set(_PARTS.split("|")),
        r"(?:(?P<in>in the|in(?=[ ](?:early|late|mid)))[ ]+)?(?:(?P<shade>early|late|mid)(?:[- ]|(?<=mid)))?"
        rf"(?P<word>{_PARTS}|at lunch(?:[- ]?time)?|over lunch|lunch[- ]?time|first thing(?: in the morning)?"
        r"|midmorning|midafternoon)(?P<plural>s)?\b",
        build.day_part,
    ),
    rule({"am", "pm", "a", "p"}, r"(?P<word>am\b|pm\b|[ap]\.m\b\.?)(?![ ](?:i|not|a|the)\b)", build.half_day),
    rule(
        {name.split(" ")[0] for name in (*zones.ABBREVIATIONS, *zones.PLACES, *zones.OWN, *zones.UNKNOWN)}
        | {"s", "z", "bogot", "bras"},
        rf"(?:(?P<name>{ZONE_NAME})\b(?P<shift>[ ]?[+-][ ]?\d{{1,2}}(?::?\d\d)?)?|(?P<place>{ZONE_PLACE})(?:'s)?[ ]"
        r"(?:(?:standard|daylight|summer)[ ])?time\b"
        rf"|(?P<bare>{'|'.join(zones.BARE)})\b)",
        build.zone,
    ),
)
