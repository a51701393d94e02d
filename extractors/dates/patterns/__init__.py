"""The patterns of date pieces, each with its builder. The longest match at a place wins; among equals the first."""

from extractors.dates.patterns.days import NAMED_DAYS, NUMBERED_DAYS
from extractors.dates.patterns.periods import COUNTED_PERIODS, NAMED_PERIODS
from extractors.dates.patterns.rule import RuleGroup
from extractors.dates.patterns.times import NAMED_TIMES, NUMBERED_TIMES

GROUPS: tuple[RuleGroup, ...] = (
    NUMBERED_DAYS,
    NAMED_DAYS,
    NAMED_PERIODS,
    COUNTED_PERIODS,
    NUMBERED_TIMES,
    NAMED_TIMES,
)

__all__ = ["GROUPS"]
