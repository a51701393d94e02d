"""What the pieces of a date expression mean, before they are resolved against a moment."""

from dataclasses import dataclass
from typing import Literal

from extractors.findings import Grain

Portion = Literal["whole", "early", "mid", "late", "end", "start"]
PeriodUnit = Literal["week", "weekend", "month", "quarter", "half", "season", "year"]
Direction = Literal["in", "within", "ago", "past"]
SpanUnit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    """A day of a month; `month` and `year` may be left to the moment. `other` is the day-month reading that was
    not taken.
    """

    day: int
    month: int | None = None
    year: int | None = None
    other: tuple[int, int] | None = None
    weekday: int | None = None
    last_day: int | None = None


@dataclass(frozen=True, kw_only=True)
class Weekday:
    """A day of the week (Monday is 0); `which` is the word before it, `weeks` that of a named week ("Tuesday
    next week": 1).
    """

    weekday: int
    which: Literal["", "next", "last", "this"] = ""
    weeks: int | None = None


@dataclass(frozen=True, kw_only=True)
class RelativeDay:
    """Today is 0, tomorrow 1, yesterday -1; "tonight" and "this morning" also name a part of the day, in hours."""

    days: int
    part: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class Feast:
    """A holiday by its key in the vocabulary."""

    name: str


Day = CalendarDay | Weekday | RelativeDay | Feast


@dataclass(frozen=True, kw_only=True)
class Period:
    """A week, month, quarter, … by offset from the present one, or by number, or the week of a day; `portion`
    narrows it.
    """

    unit: PeriodUnit
    offset: int | None = None
    number: int | None = None
    year: int | None = None
    day: Day | None = None
    portion: Portion = "whole"
    last_number: int | None = None


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A time of day; `sure` is False for a bare hour below 12 that may be meant in the afternoon."""

    hour: int
    minute: int = 0
    sure: bool = True
    grain: Grain = "minute"


@dataclass(frozen=True, kw_only=True)
class ClockRange:
    """From one time of day to another."""

    start: Clock
    end: Clock


@dataclass(frozen=True, kw_only=True)
class DayPart:
    """A stretch of a day in hours, or the end of the sender's working day (`end` is None)."""

    start: int
    end: int | None


@dataclass(frozen=True, kw_only=True)
class Duration:
    """So many units: counted from the moment forward (`in`, `later`), as a limit (`within`, `next`), backwards
    (`ago`, `last`).
    """

    low: int
    high: int
    unit: SpanUnit
    business: bool
    direction: Direction


@dataclass(frozen=True, kw_only=True)
class ZoneName:
    """A zone as written."""

    name: str


TimeOfDay = Clock | ClockRange | DayPart
Term = Day | Period | TimeOfDay | Duration | ZoneName
