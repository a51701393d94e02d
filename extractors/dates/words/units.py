"""Units that time is counted and divided in. Data only."""

from extractors.dates.terms import PeriodUnit, SpanUnit

# A counted unit and how many of the resolver's unit it is.
SPAN_UNITS: dict[str, tuple[SpanUnit, int]] = {
    "second": ("second", 1),
    "sec": ("second", 1),
    "minute": ("minute", 1),
    "min": ("minute", 1),
    "hour": ("hour", 1),
    "hr": ("hour", 1),
    "h": ("hour", 1),
    "day": ("day", 1),
    "night": ("day", 1),
    "weekday": ("day", 1),
    "week": ("week", 1),
    "wk": ("week", 1),
    "fortnight": ("week", 2),
    "weekend": ("week", 1),
    "month": ("month", 1),
    "mth": ("month", 1),
    "quarter": ("quarter", 1),
    "year": ("year", 1),
    "yr": ("year", 1),
    "decade": ("year", 10),
}
PERIOD_UNITS: dict[str, PeriodUnit] = {
    "day": "day",
    "week": "week",
    "wk": "week",
    "weekend": "weekend",
    "month": "month",
    "mth": "month",
    "quarter": "quarter",
    "half": "half",
    "year": "year",
    "yr": "year",
}
SHORT_ENDS: dict[str, PeriodUnit] = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year", "eofy": "year"}
