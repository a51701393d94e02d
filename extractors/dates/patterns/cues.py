"""What words around a match make of it; `…_BEFORE` is searched before it, `…_AFTER` matched after it, both in
lower case. Data only.
"""

import re

from extractors.dates.patterns.fragments import MONTH, ZONE_NAME
from extractors.lazily import compiled

_SHORT_DAY = r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
_LONG_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_FRACTION_PAIR = r"(?:on|by|until|before|between|from)[ ]\d\d?/\d\d?[ ](?:and|or)"


def _cue(pattern: str) -> re.Pattern[str]:
    return compiled(pattern)


# Days by number
NUMBERED_DAY_BEFORE = _cue(
    r"(?:\b(?:on|by|until|till|from|to|starting|of|ships?|before|after|date is|deadline is|deadline|due|w/c|w/e"
    r"|for|through|thru|since|commencing|between|dated|back|comes?|arrives?|lands?|out|done|ready|meeting|call"
    rf"|kick-?off|demo|goes|effective|expires?|live|closes?|starts?|ends?|{_LONG_DAY}|{_FRACTION_PAIR})|,|:|\(|–|-"
    rf"|@|\b{_SHORT_DAY}\.?)[ ]*$"
)
WEEKDAY_BEFORE = _cue(rf"\b(?:{_LONG_DAY}|{_SHORT_DAY})\.?,?[ ]+$")
DAY_BEFORE = _cue(
    r"\b(?:on|by|until|till|before|after|from|since|to|thru|through|no later than|latest|between|business|cob|eod"
    r"|dated)[ ]+$"
)
WORDED_DAY_BEFORE = _cue(
    r"\b(?:on|by|until|till|before|after|from|since|for|to|thru|through)[ ]+$|day,?[ ]+$|[(,][ ]?$"
)
BARE_DAY_BEFORE = _cue(
    r"\b(?:back|meet|leave|return|arrives?|due|delivered?|ships?|out|starts?|starting|live|call|done|ready|again"
    r"|went|happened|launch|expires?|scheduled|meeting)[ ]+(?:on|by|until|for|from|at)[ ]+$|(?:\d[ ]?[ap]\.?m\.?"
    r"|:\d\d|o'clock|\b(?:at|by)[ ]\w+)[ ]+on[ ]+$"
)
LISTED_DAY_BEFORE = _cue(
    rf"\b(?P<month>{MONTH})[ ]+(?:\d\d?(?:st|nd|rd|th)?,[ ])*\d\d?(?:st|nd|rd|th)?(?:,[ ](?:and[ ]|or[ ])?"
    r"|[ ](?:and|or|&)[ ])$"
)
FRACTION_AFTER = _cue(
    r"[ ]+(?:of[ ]+(?:the|our|your|all|a|these)\b|the\b|teaspoon|inch|price|full|split|complete|done|cup)"
)
FULL_STOP_AFTER = _cue(r"\.")
HYPHEN_AFTER = _cue(r"[-']")
# "the 20th floor", unlike "the 20th at noon".
NO_DAY_AFTER = _cue(
    r"[ ]+(?![(–—-]|w/|@|(?:and|or|at|if|by|to|for|with|so|is|was|were|would|works?|will|but|we|i|you|then|in|on"
    r"|when|latest|that|as|through|until|till|thru|instead|because|since|has|had|he|she|they|it|please|should|can"
    r"|could|either|too|also|may|might|sounds?|looks?|between|from|after|before|around|next|this|last|am|pm|noon"
    r"|eod|cob|night|morning|evening|afternoon|due|only|again|which|where|via|plus|onwards?|already|just|our|your"
    r"|my|the)\b)"
)

# Days by name
RECURRING_BEFORE = _cue(r"\b(?:(?:every|each|per|alternate)[ ]+(?:\w+[ ]+)?|most[ ]+)$")
GREETING_BEFORE = _cue(r"\b(?:happy|merry|wonderful|great|nice|lovely|blessed)[ ]+$")
RECURRING_PART_AFTER = _cue(r"[ ](?:mornings|afternoons|evenings|nights)\b")
FEAST_THING_AFTER = _cue(
    r"[ ]+(?:eggs?|trees?|cards?|part(?:y|ies)|gifts?|presents?|bonus|decorations?|deals?|sales?)\b"
)
INSIDE_AFTER = _cue(r"(?:'s)?[ ]+(?:of|in)\b")
IN_BEFORE = _cue(r"\bin $")
POSSESSIVE_AFTER = _cue(r"'s\b")
# "sun", "sat", "mon" and "wed" are words too.
SHORT_DAY_BEFORE = _cue(
    r"(?:\b(?:by|on|until|till?|before|after|from|for|since|coming|or|and|of|come|to|through|thru|between|late"
    r"|early|bye|eod|cob|is|due|free|call|meet|noon|[ap]m|\d\d?|latest)|[,(:;–—/@-])[ ]*$"
)
LOWER_SHORT_DAY_BEFORE = _cue(r"(?:\b(?:by|on|until|till?|eod|cob|or|before|from|due|[ap]m)|[,:(/-])[ ]*$|^$")
SHORT_DAY_AFTER = _cue(
    rf"[ ]*(?:$|[,.;:!?)/–—]|-(?![a-z])|-(?={_SHORT_DAY})|'s\b|\d|@|w/|(?:at|am|pm|eod|cob|noon|or|and|to|until"
    r"|till|is|isn't|was|will|won't|does|doesn't|sounds|looks|works?|morn\w*|after\w*|even\w*|next|latest|between"
    rf"|from|thru|first|for|if|with|in|night|lunch|mid|the|{MONTH})(?![a-z]))"
)
TIME_AFTER = _cue(r"\.?,?[ ]+(?:at[ ]+)?\d{1,2}(?::\d\d)?(?:[ ]?(?:am|pm|h)\b|st\b|nd\b|rd\b|th\b|:|\b)")
SUN_WORD_AFTER = _cue(r"'re|-")

# Periods
PERIOD_BEFORE = _cue(
    r"\b(?:in|by|until|till?|through|thru|of|before|after|since|from|to|for|during|this|next|last|early|mid|late"
    r"|and|or|our|the|your|on|at|over|around|circa|than|between|per|year|quarter|half)[ -]*$|[(–,/-][ ]?$"
)
NUMBERED_MONTH_BEFORE = _cue(r"\b(?:out|back|due|live|expires?|valid)[ ]$")
TITLE_BEFORE = _cue(r"\b(?:mr|mrs|ms|dr|dear|hi|hello)\.?[ ]$")
WEEK_BEFORE = _cue(r"\b(?:in|by|until|of|from|to|before|after|during|starting)[ ]+(?:the[ ]+)?$|^$|[(:,][ ]?$")
SEASON_BEFORE = _cue(r"\b(?:in|in the|over the|since the|during the|by|by the|until|before|all|through|for)[ ]+$")
PERIOD_END_BEFORE = _cue(r"\b(?:by|before|until|till|at|to|for|after|through|this|next)[ ](?:the[ ])?$")
DECADE_BEFORE = _cue(r"\b(?:in|since|of|during|from|by|until|to|late|early|mid)[ ]+$|^$")
COUNT_BEFORE = _cue(r"\b(?:of|over|than|to|around|circa|between|about)[ ]+$")
NUMBER_NAME_BEFORE = _cue(r"\b(?:room|suite|box|ticket|section|iso|version|no\.?|p\.?o\.?)[ ]$")
RATE_BEFORE = _cue(r"\b(?:per|a|each|every|one|\d)[ ]$")
PLURAL_AFTER = _cue(r"[ ][a-z]+s\b")
FALLING_AFTER = _cue(r"[ ](?:in|of)[ ]")
ITS_END_AFTER = _cue(r"(?:'s|s')[ ]end\b")
LENGTH_AFTER = _cue(r"[- ](?:long|old|over|ahead|end review|review|date)\b|-\w|'s\b(?![ ]+end)")
PRODUCT_AFTER = _cue(
    r"[ ]+(?:labs?|inc\.?|pro|max|plus|mini|ultra|edition|suite|platform|software|e-tron|processor|chip|phone"
    r"|engine|heading|tags?|headline)\b"
)
# On the text as written: a capitalised word inside a sentence.
NAME_BEFORE = _cue(r"(?:^|[^.!?:;,\s][ ])(?P<name>[A-Z][A-Za-z]*[a-z][A-Za-z]*\d*)[ ]$")
NO_NAMES = frozenset(
    [
        "In",
        "By",
        "End",
        "Early",
        "Late",
        "Mid",
        "From",
        "To",
        "Until",
        "Before",
        "After",
        "During",
        "For",
        "Through",
        "And",
        "Or",
        "Of",
        "The",
        "Our",
        "Your",
        "Fiscal",
        "Calendar",
        "Since",
        "Next",
        "Last",
        "This",
        "Start",
        "Beginning",
        "Closing",
        "Around",
        "Is",
        "Was",
        "Thru",
        "Post",
        "Pre",
        "Re",
        "Target",
    ]
)

# Durations
LENGTH_OF_DURATION_AFTER = _cue(r"[ -](?:long|half|and a half)\b")
TOTAL_AFTER = _cue(r"[ ](?:total|all|a row|duration|length|advance)\b")

# Times
TIME_BEFORE = _cue(r"(?:\b(?:at|by|till?|until|before|after|between|from|since|around|about)[ ]+|@[ ]?)$")
MOVED_TO_BEFORE = _cue(
    r"\b(?:change|move|push|shift|reschedule|bring|bump|switch|moved|pushed|shifted)\b.{0,40}[ ]to[ ]$"
)
FOR_BEFORE = _cue(r"\bfor $")
OPEN_RANGE_BEFORE = _cue(r"\b(?:from|between)[ ]+$")
RANGE_GOES_ON_AFTER = _cue(r"[ ](?:to|and)[ ]")
DAY_AFTER = _cue(
    r"[ ](?:today|tomorrow|tmrw|tonight|(?:this|in the)[ ](?:morning|afternoon|evening)|(?:on )?" + _LONG_DAY + r")\b"
)
DAY_OF_RANGE_BEFORE = _cue(rf"(?:day|morning|afternoon|\b(?:{_SHORT_DAY}|today|tomorrow|tmrw|\d))[ ,]+$")
TIME_ENDS_AFTER = _cue(
    r"[ ]*(?:$|[.!?;,)(]|(?:on|in the|today|tomorrow|this|tonight|sharp|hrs|[a-z]+day|works?|or|and|if|for|of|next"
    rf"|your|my|our|is|free|{ZONE_NAME})\b)"
)
COUNTED_AFTER = _cue(r"[ ]+(?:of|users?|seats?|units?|people|usd|eur|gbp|per|to|for)\b")
MILITARY_BEFORE = _cue(r"(?:day|\b(?:at|by|from|until|till|around)),?[ ]+$")
MILITARY_RANGE_BEFORE = _cue(rf"(?:day|\b(?:at|by|around|from|until|till|{_SHORT_DAY}|\d\d?|[a-z]{{3}})),?[ ]+$")
LENGTH_BEFORE = _cue(r"\b(?:in|within|for|over|next|last|under|than)[ ]$")
AFTER_ALL_BEFORE = _cue(r"\bat (?:the )?$")
COMMA_AFTER = _cue(r",")
OF_AFTER = _cue(r"[ ]of[ ]|'s\b")
ZONE_BEFORE = _cue(r"(?:[ap]m|\d)[ ]?\(?$")
NUMBER_BY_BEFORE = _cue(r"\b(?:one|two|three|four|five|six|\d+)[ ]by[ ]$")
