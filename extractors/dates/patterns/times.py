"""Times of day, parts of a day and zones. Data only."""

from extractors.dates.builders import times as build
from extractors.dates.patterns.fragments import MERIDIEM, MINUTES
from extractors.dates.patterns.rule import group, rule
from extractors.dates.vocabulary import FULL_WEEKDAY, MONTH, WEEKDAY, ZONE_TIME

NUMBERED_TIMES = group(
    r"\d",
    rule(
        rf"(?P<frame>\b(?:between|from)[ ]|(?<=day )|(?<=(?:mon|tue|wed|thu|fri|sat|sun) ))"
        rf"(?P<start_hour>\d{{1,2}})(?:[:.](?P<start_minute>{MINUTES}))?[ ]?(?P<start_meridiem>{MERIDIEM})?[ ]?"
        rf"(?:-|–|to|and|until|till)[ ]?(?P<end_hour>\d{{1,2}}|noon|midnight)(?:[:.](?P<end_minute>{MINUTES}))?"
        rf"(?:h\b|[ ]?(?P<end_meridiem>{MERIDIEM}))?(?![\w%/])(?![ ](?:{MONTH}|days?|weeks?|months?|years?"
        rf"|business|hours?|minutes?|users?|seats?|%))",
        build.clock_range,
    ),
    rule(
        rf"(?<![\w$€£.,:/-])(?P<start_hour>\d{{1,2}})(?:[:.](?P<start_minute>{MINUTES}))?[ ]?"
        rf"(?P<start_meridiem>{MERIDIEM})?[ ]?(?:-|–|to|until|till)[ ]?(?P<end_hour>\d{{1,2}}|noon)(?:[:.]"
        rf"(?P<end_minute>{MINUTES}))?[ ]?(?P<end_meridiem>{MERIDIEM})(?!\w)",
        build.clock_range,
    ),
    rule(
        rf"(?<![\w$€£.,:/-])(?P<start_hour>[01]?\d|2[0-3]):(?P<start_minute>{MINUTES})(?P<start_meridiem>)[ ]?"
        rf"(?:-|–|to|until|till)[ ]?(?P<end_hour>[01]?\d|2[0-4]):(?P<end_minute>{MINUTES})(?P<end_meridiem>)"
        rf"(?![\w:%])",
        build.clock_range,
        case=True,
    ),
    rule(
        rf"(?<![\w$€£.,:/-])(?P<hour>0?[1-9]|1[0-2])(?:[:.](?P<minute>{MINUTES}))?[ ]?(?P<meridiem>{MERIDIEM})"
        rf"(?!\w)",
        build.clock,
    ),
    rule(
        rf"(?<![\w$€£.,:/-])(?P<hour>[01]?\d|2[0-3]):(?P<minute>{MINUTES})(?::[0-5]\d)?(?:[ ]?"
        rf"(?P<meridiem>{MERIDIEM}))?(?:[ ]?h(?:rs|ours?)?\b)?(?![\w:%])",
        build.clock,
    ),
    rule(
        rf"(?<![\w$€£.,:/-])(?P<hour>[01]?\d|2[0-3])[ ]?h(?:rs)?(?P<minute>{MINUTES})?\b(?=[ ]*(?:$|[,.;!?)–-]"
        rf"|for\b|on\b|and\b|or\b|to\b|cet\b))(?<!24h)(?<!48h)(?<!72h)",
        build.clock,
    ),
    rule(r"\b(?P<hour>[1-9]|1[0-2])[ ]o'?clock\b", build.clock),
    rule(
        rf"(?:\b(?P<cue>at|by|till?|until|before|after|between|from|since|around|about)[ ]|@[ ]?)(?P<span>"
        rf"(?P<hour>[1-9]|1\d|2[0-3]))(?![ ]?(?:to|-|–)[ ]?(?:2[5-9]|[3-9]\d|\d{{3}}))(?=[ ]*(?:$|[.!?;)](?!\d)"
        rf"|,(?!\d)|–|-|(?:today|tomorrow|tmrw|tonight|sharp|this|on|in the|for|with|to|and|or|if|so|when|your"
        rf"|my|our|{WEEKDAY}|E[SD]?T|C[SD]?T|P[SD]?T|CET|CEST|GMT|BST|UTC|IST|JST)\b))",
        build.bare_hour,
    ),
    rule(
        rf"(?<![\w$€£.,:/-])(?P<span>(?P<hour>[1-9]|1\d|2[0-3]))(?=[ ](?:today|tomorrow|tmrw|tonight|this "
        rf"(?:morning|afternoon|evening)|(?:on )?(?:{FULL_WEEKDAY}))\b)",
        build.bare_hour,
    ),
)

NAMED_TIMES = group(
    r"noon|mid|morning|after|evening|lunch|first thing|\b[ap]m\b|eo[dbp]|cob|close|end of|t\b|time|gmt|utc",
    rule(r"\b(?P<word>noon|midday|midnight|12 noon)\b", build.named_clock),
    rule(
        r"\b(?:(?:the[ ]+)?(?:end|close) of (?:the[ ]+|play[ ]*|my[ ]+|your[ ]+|our[ ]+)?(?:business[ ]+"
        r"|working[ ]+|work[ ]+)?(?:day\b|business\b(?:[ ]+day\b)?)|close of play|eod|cob|eob|eop)\b",
        build.end_of_day,
    ),
    rule(
        r"\b(?:in the |(?:early|late|mid)[- ])?(?P<word>morning|afternoon|evening|forenoon|at lunch(?:time)?"
        r"|lunchtime|first thing(?: in the morning)?)\b",
        build.day_part,
    ),
    rule(r"(?<=[a-z0-9] )(?P<word>am|pm)\b(?![ ](?:i|not|a|the)\b)", build.day_part),
    rule(
        rf"(?P<open>\()?\b(?:(?P<name>(?:E[SD]?|C[SD]?|M[SD]|P[SD]?)T|CES?T|EES?T|WES?T|WAT|BST|GMT|UTC|SAST"
        rf"|EAT|GST|IST|SGT|HKT|JST|KST|BRT|AWST|AE[SD]T|NZ[SD]T)\b(?P<shift>[ ]?[+-]\d{{1,2}}(?::\d\d)?)?|"
        rf"(?i:{ZONE_TIME})[ ](?:(?i:standard|daylight)[ ])?(?i:time)\b)(?(open)\))",
        build.zone,
        case=True,
    ),
)
