"""The patterns of date pieces, each with its builder. The longest match at a place wins; among equals the first."""

from extractors.dates.patterns.days import DAYS
from extractors.dates.patterns.fragments import HOUR_WORD
from extractors.dates.patterns.loose import LOOSE
from extractors.dates.patterns.periods import DURATIONS, PERIODS
from extractors.dates.patterns.times import TIMES
from extractors.dates.rule import PieceRule
from extractors.dates.words import calendar, feasts, numbers, units, zones

RULES: tuple[PieceRule, ...] = (*DAYS, *PERIODS, *DURATIONS, *TIMES)
# Tried where none of the others reads anything, or less than these.
FALLBACKS: tuple[PieceRule, ...] = LOOSE

_COUNTED = {*units.SPAN_UNITS, *units.PERIOD_UNITS, *calendar.FULL_WEEKDAYS, "morning", "afternoon", "evening"}
# One of these, or a digit, is in every sentence with a date.
TRIGGERS: frozenset[str] = frozenset(
    {
        *calendar.MONTHS,
        *calendar.WEEKDAYS,
        *calendar.SEASONS,
        *_COUNTED,
        *(f"{word}s" for word in _COUNTED),
        *(words.rsplit(" ", 1)[-1] for words in (*calendar.RELATIVE_DAYS, *calendar.DAY_PARTS)),
        *(part for words in feasts.FEASTS for part in words.replace("'", " ").replace("-", " ").split() if part[1:]),
        *numbers.ORDINAL_UNITS,
        *numbers.ORDINAL_TEENS,
        *numbers.ORDINAL_TENS,
        *HOUR_WORD.split("|"),
        *("twenty", "thirty"),
        *(
            "noon",
            "midday",
            "midnight",
            "night",
            "thing",
            "play",
            "business",
            "eod",
            "cob",
            "eob",
            "eop",
            "cop",
            "clock",
        ),
        *(
            "eow",
            "eom",
            "eoq",
            "eoy",
            "eofy",
            "fy",
            "fye",
            "financial",
            "fiscal",
            "midweek",
            "thousand",
            "nineteen",
            "am",
            "pm",
            "ish",
        ),
    }
) - {"one", "new", "good", "all", "day's", "canadian", "st", "saint"}
# Words that say little by themselves, and what patterns go on with after them beside what they can begin with.
LINKING: frozenset[str] = frozenset({"the", "in", "for", "over", "within"})
AFTER_LINKING: frozenset[str] = frozenset(
    {
        "approximately",
        "up",
        "only",
        "exactly",
        "just",
        "more",
        "balance",
        "working",
        "business",
        "work",
        "trading",
        "of",
    }
)
# Within such a sentence, one of these is in every piece of it.
NEAR_TRIGGERS: frozenset[str] = TRIGGERS | {
    *zones.ABBREVIATIONS,
    *zones.BARE,
    *numbers.UNITS,
    *numbers.TEENS,
    *numbers.TENS,
    "time",
}
